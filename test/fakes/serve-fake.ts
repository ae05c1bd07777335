import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** A request that a fake answered, and with what. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
}

/** A fake that listens on a port of its own of 127.0.0.1. */
export interface ServedFake {
  readonly url: string
  /** Its host and port, as an operator would list it. */
  readonly host: string
  close(): Promise<void>
}

/** Serves a fake API over real HTTP. */
export async function serveFake(app: Hono): Promise<ServedFake> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => resolve(port))
  const host = `127.0.0.1:${await promise}`
  return {
    url: `http://${host}`,
    host,
    close: async () => {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed.promise
    },
  }
}

/** Notes each request and its answer's status in `log`, then tells `answered`. Mount it first. */
export function logRequests(
  app: Hono,
  log: LoggedRequest[],
  answered?: (request: LoggedRequest) => void,
): void {
  app.use(async (c, next) => {
    await next()
    const request = {
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      headers: c.req.header(),
      status: c.res.status,
    }
    log.push(request)
    answered?.(request)
  })
}
