import type { Hono } from 'hono'
import { z } from 'zod'
import { addressHeader } from '../members/auth.ts'
import { recordRefusedSignIn } from '../members/record-refusal.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from './app.ts'

const password = z.string().max(200)

/**
 * What of the sign-in library is reachable, and what may be sent there: everything else that it brings is not mounted, and none of its
 * other inputs arrive (among them one that names where to go on after signing in).
 */
const open: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  [
    '/api/auth/sign-in/email',
    z.strictObject({ email: z.string().max(254), password, rememberMe: z.boolean().optional() }),
  ],
  ['/api/auth/sign-out', z.strictObject({}).optional()],
  [
    '/api/auth/change-password',
    z.strictObject({
      currentPassword: password,
      newPassword: password,
      revokeOtherSessions: z.boolean().optional(),
    }),
  ],
])

/** Mounts signing in and out. The library limits attempts by address, so it is told the true one. */
export function serveAuth(app: Hono<AppEnv>, services: Services): void {
  app.post('/api/auth/*', async (c) => {
    const schema = open.get(c.req.path)
    if (schema === undefined) return c.json({ message: 'There is nothing here.' }, 404)
    const input = schema.safeParse(parseJson(await c.req.text()))
    if (!input.success) return c.json({ message: 'Something in the request cannot be.' }, 400)
    const headers = new Headers(c.req.raw.headers)
    headers.delete('content-length')
    headers.set('content-type', 'application/json')
    headers.set(addressHeader, c.var.request.ip ?? '0.0.0.0')
    const body = JSON.stringify(input.data ?? {})
    const answer = await services.auth.handler(new Request(c.req.url, { method: 'POST', headers, body }))
    const email = z.object({ email: z.string() }).safeParse(input.data).data?.email
    // Nobody waits for it: how long an answer takes must not tell whether an address is somebody's.
    if (answer.status === 401 && email !== undefined) void recordRefusedSignIn(services, email, c.var.request)
    return answer
  })
}

/** Undefined for no text at all; null for what is not JSON, which no input is. */
function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
