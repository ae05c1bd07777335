import type { Hono } from 'hono'
import { addressHeader } from '../members/auth.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from './app.ts'

/** What of the sign-in library is reachable; everything else it brings is not mounted. */
const open = new Set(['/api/auth/sign-in/email', '/api/auth/sign-out', '/api/auth/change-password'])

/** Mounts signing in and out. The library limits attempts by address, so it is told the true one. */
export function serveAuth(app: Hono<AppEnv>, services: Services): void {
  app.post('/api/auth/*', async (c) => {
    if (!open.has(c.req.path)) return c.json({ message: 'There is nothing here.' }, 404)
    const headers = new Headers(c.req.raw.headers)
    headers.delete(addressHeader)
    headers.set(addressHeader, c.var.request.ip ?? '0.0.0.0')
    return await services.auth.handler(new Request(c.req.raw, { headers }))
  })
}
