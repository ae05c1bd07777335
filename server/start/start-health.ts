import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { AppEnv } from '../http/app.ts'
import { serveHealth } from '../http/health.ts'
import { openMetrics } from '../operation/measure.ts'
import type { Services } from '../services.ts'

/** What a worker tells whoever watches over it. */
export interface HealthServer {
  readonly port: number
  /** From now on `/readyz` says that the process is leaving. */
  leave(): void
  stop(): Promise<void>
}

/** Answers `/livez`, `/readyz` and `/metrics` on PENSTOCK_HEALTH_PORT, and nothing else. Undefined where that is not set. Rejects when the port is taken. */
export async function startHealth(services: Services): Promise<HealthServer | undefined> {
  const { healthPort, host: hostname } = services.env
  if (healthPort === undefined) return undefined
  let leaving = false
  const app = new Hono<AppEnv>()
  app.use('/readyz', async (c, next) => {
    if (leaving) return c.text('This process is leaving.\n', 503)
    return await next()
  })
  serveHealth(app, services, openMetrics(services))
  const { promise: listening, resolve, reject } = Promise.withResolvers<number>()
  const server = serve({ fetch: app.fetch, hostname, port: healthPort }, ({ port }) => resolve(port))
  server.once('error', reject)
  return {
    port: await listening,
    leave: () => {
      leaving = true
    },
    stop: async () => {
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}
