import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refusal } from './plain-api.ts'

const largestBody = 4 * 1024 * 1024
const tooLarge = refusal('PAYLOAD_TOO_LARGE', 'A request may hold 4 MiB at most.')

const limitUntold = bodyLimit({ maxSize: largestBody, onError: (c) => c.json(tooLarge, 413) })

/**
 * Refuses a body that is too large with 413. Hono's own limit looks at every body, for which the Node adapter must make a web request with
 * streams of what it would otherwise read in one piece. So it is asked only where a body does not tell its length.
 */
export const limitBody: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return await next()
  const length = c.req.header('content-length')
  if (length === undefined || c.req.header('transfer-encoding') !== undefined)
    return await limitUntold(c, next)
  return Number(length) > largestBody ? c.json(tooLarge, 413) : await next()
}
