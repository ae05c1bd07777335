import type { MiddlewareHandler } from 'hono'
import type { Log } from '../log.ts'
import type { Metrics } from '../operation/measure.ts'
import type { AppEnv } from './app.ts'
import { routeName } from './route-name.ts'

/** Asked for all the time, and of no interest when it went well. */
const quiet = new Set(['livez', 'readyz', 'metrics', 'assets', 'web'])

/** Measures every request, and logs it: what was asked for, how it was answered, how long it took, never what it held. */
export function logRequests(log: Log, metrics: Metrics): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now()
    await next()
    const ms = performance.now() - started
    const route = routeName(c.req.path)
    const { status } = c.res
    metrics.observe({ route, method: c.req.method, status, seconds: ms / 1000 })
    if (quiet.has(route) && status < 500) return
    const { requestId } = c.var.request
    log.info('request.done', { requestId, route, method: c.req.method, status, ms: Math.round(ms) })
  }
}
