import type { MiddlewareHandler } from 'hono'
import { refusal } from './plain-api.ts'

/**
 * Refuses what another site makes a browser send. A browser names the page's origin with every request that changes something; a request
 * without one comes from no page. Looking is free: no GET changes anything here. A page of the same host without encryption is another site where
 * people reach Penstock with it: whoever sits on the wire can write such a page.
 */
export function refuseForeignOrigins(publicUrl: string): MiddlewareHandler {
  const own = new URL(publicUrl).origin
  return async (c, next) => {
    const origin = c.req.header('origin')
    const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
    const sameHost = origin !== undefined && isOfHost(origin, c.req.header('host'), own.startsWith('https:'))
    const foreign =
      (origin !== undefined && origin !== own && !sameHost) || c.req.header('sec-fetch-site') === 'cross-site'
    if (!safe && foreign) return c.json(refusal('FORBIDDEN', 'This request comes from another site.'), 403)
    return await next()
  }
}

function isOfHost(origin: string, host: string | undefined, encrypted: boolean): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.host === host && (url.protocol === 'https:' || !encrypted)
}
