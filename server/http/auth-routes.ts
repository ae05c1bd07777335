import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { addressHeader } from '../members/auth.ts'
import { acceptGuess, countGuess, isLast, uncountGuess } from '../members/limit-guesses.ts'
import type { CountedGuess, Guess } from '../members/limit-guesses.ts'
import { recordPasswordChange } from '../members/record-password-change.ts'
import { recordLimitedPerson, recordRefusedSignIn } from '../members/record-refusal.ts'
import type { Services } from '../services.ts'
import type { AppEnv } from './app.ts'

const password = z.string().max(200)
const signInPath = '/api/auth/sign-in/email'
const changePath = '/api/auth/change-password'

/**
 * What of the sign-in library is reachable, and what may be sent there: everything else that it brings is not mounted, and none of its
 * other inputs arrive (among them one that names where to go on after signing in).
 */
const open: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  [signInPath, z.strictObject({ email: z.string().max(254), password, rememberMe: z.boolean().optional() })],
  ['/api/auth/sign-out', z.strictObject({}).optional()],
  [
    changePath,
    z.strictObject({
      currentPassword: password,
      newPassword: password,
      revokeOtherSessions: z.boolean().optional(),
    }),
  ],
])

/** Mounts signing in and out. The library limits attempts by address, so it is told the true one; by account they are limited here. */
export function serveAuth(app: Hono<AppEnv>, services: Services): void {
  app.post('/api/auth/*', async (c) => {
    const schema = open.get(c.req.path)
    if (schema === undefined) return c.json({ message: 'There is nothing here.' }, 404)
    const input = schema.safeParse(parseJson(await c.req.text()))
    if (!input.success) return c.json({ message: 'Something in the request cannot be.' }, 400)
    const guess = await guessOf(c, services, input.data)
    const counted = guess && (await countGuess(services, guess))
    if (counted && !counted.allowed) return refuse(c, counted.endsAt - services.clock.now(), ofAccount)
    const answer = await passOn(c, services, input.data)
    if (guess && counted) await settle(c, services, { guess, counted, answer })
    if (answer.ok) return withoutToken(answer)
    if (answer.status !== 429) return answer
    return refuse(c, Number(answer.headers.get('x-retry-after') ?? 60) * 1000, ofAddress)
  })
}

async function passOn(c: Context<AppEnv>, { auth }: Services, input: unknown): Promise<Response> {
  const headers = new Headers(c.req.raw.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  headers.set(addressHeader, c.var.request.ip ?? '0.0.0.0')
  const body = JSON.stringify(input ?? {})
  return await auth.handler(new Request(c.req.url, { method: 'POST', headers, body }))
}

/** The library also writes the session's token into its answer. It belongs into the cookie alone, where no script of a page reads it. */
function withoutToken({ headers }: Response): Response {
  const kept = new Headers(headers)
  kept.delete('content-length')
  kept.set('content-type', 'application/json')
  return new Response('null', { headers: kept })
}

/** Whose password is tried with a request. Undefined: nobody's. */
async function guessOf(c: Context<AppEnv>, { auth }: Services, input: unknown): Promise<Guess | undefined> {
  const { ip, headers } = c.var.request
  if (c.req.path === signInPath) {
    const { email } = z.object({ email: z.string() }).parse(input)
    return { email, ip, for: 'signIn' }
  }
  const found = c.req.path === changePath ? await auth.api.getSession({ headers }) : null
  return found ? { email: found.user.email, ip, for: 'change' } : undefined
}

async function settle(
  c: Context<AppEnv>,
  services: Services,
  tried: { readonly guess: Guess; readonly counted: CountedGuess; readonly answer: Response },
): Promise<void> {
  const { guess, counted, answer } = tried
  if (answer.ok) {
    await acceptGuess(services, guess)
    if (guess.for === 'change') await recordPasswordChange(services, guess.email, c.var.request)
    return
  }
  if (!(await isWrong(answer, guess))) return await uncountGuess(services, counted)
  // Nobody waits for these: how long an answer takes must not tell whether an address is somebody's.
  if (guess.for === 'signIn') void recordRefusedSignIn(services, guess.email, c.var.request)
  if (isLast(counted)) void recordLimitedPerson(services, guess.email, c.var.request)
}

/** Whether the library looked at the password and it was another; to a change it answers 400 then, as to a new password that cannot be. */
async function isWrong(answer: Response, guess: Guess): Promise<boolean> {
  if (guess.for === 'signIn') return answer.status === 401
  if (answer.status !== 400) return false
  const body: unknown = await answer.clone().json()
  return z.object({ code: z.literal('INVALID_PASSWORD') }).safeParse(body).success
}

const ofAccount = 'Too many wrong passwords for this account.'
const ofAddress = 'Too many attempts from your address.'

function refuse(c: Context<AppEnv>, leftMs: number, sentence: string): Response {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000))
  const minutes = Math.ceil(seconds / 60)
  const wait = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
  return c.json({ message: `${sentence} Try again ${wait}.` }, 429, { 'Retry-After': String(seconds) })
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
