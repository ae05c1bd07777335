import { serve } from '@hono/node-server'
import { buildApp } from '../http/app.ts'
import type { Services } from '../services.ts'

/** The HTTP half of a process. */
export interface HttpServer {
  readonly port: number
  /** Takes no more calls, lets those under way end for a moment, then ends what stays open: live streams never end by themselves. */
  stop(): Promise<void>
}

const patienceMs = 3000

/** Listens on the environment's address. Rejects when the port is taken. */
export async function startHttp(services: Services): Promise<HttpServer> {
  const app = buildApp(services)
  const { promise: listening, resolve, reject } = Promise.withResolvers<number>()
  const { host: hostname, port } = services.env
  const server = serve({ fetch: app.fetch, hostname, port }, (address) => resolve(address.port))
  server.once('error', reject)
  return {
    port: await listening,
    stop: async () => {
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      const timer = setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections()
      }, patienceMs)
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await closed
      clearTimeout(timer)
    },
  }
}
