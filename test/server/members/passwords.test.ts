import { buildApp } from '@penstock/server/http/app.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMailBox } from '../alerts/receive-notices.ts'
import type { MailBox } from '../alerts/receive-notices.ts'
import { newClient } from '../http/test-client.ts'
import type { TestClient } from '../http/test-client.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { digestPassword } from '@penstock/server/members/digest-password.ts'

const password = 'walnut harbour quilt 9'
const better = 'lantern orbit meadow 4'

let box: MailBox
let server: TestServices
let app: ReturnType<typeof buildApp>
let email: string
beforeAll(async () => {
  box = await openMailBox()
  server = await startServices({ SMTP_URL: box.url, SMTP_FROM: 'penstock@example.com' })
  app = buildApp(server.services)
  ;({ email } = server.here.editor.identity)
  const { userId } = server.here.editor.identity
  await server.database.sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
    values (${userId}, ${userId}, 'credential', ${userId}, ${await digestPassword(password)}, now())`
})
afterAll(async () => {
  await server.close()
  await box.close()
})

const client = (): TestClient => newClient(server.services, app)

/** Asks for a link, and takes the token out of the mail. */
async function ask(): Promise<string> {
  const before = box.mails.length
  expect((await client().call('/api/passwords/request', { email: email.toUpperCase() })).status).toBe(200)
  await expect.poll(() => box.mails.length).toBe(before + 1)
  const mail = box.mails.at(-1)
  expect(mail?.to).toBe(email)
  const text = mail?.text.replaceAll(/=\r?\n/g, '') ?? ''
  return /\/new-password#([\w-]{43})/.exec(text)?.[1] ?? ''
}

test('a link by mail sets a new password, once, ends every session, and is written down', async () => {
  const here = client()
  expect((await here.signIn(email, password)).status).toBe(200)
  expect((await here.call('/api/session/me')).body).toMatchObject({ mailOffered: true })
  const [other, token] = [await ask(), await ask()]
  const stored = await server.database.sql`select * from verification`
  expect(JSON.stringify(stored)).not.toContain(token)
  const stranger = client()
  expect((await stranger.signIn(email, 'a wrong guess')).status).toBe(401)
  await server.database.sql`update rate_limit set count = 10 where key like 'penstock:guess:%'`
  expect((await stranger.signIn(email, password)).status).toBe(429)
  const reset = (given: string, chosen = better) =>
    stranger.call('/api/passwords/reset', { token: given, password: chosen })
  expect((await reset(token, 'too short')).status).toBe(400)
  expect((await stranger.call('/api/passwords/checkToken', { token })).body).toEqual({ valid: true })
  const both = await Promise.all([reset(token), reset(token)])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 404]))
  for (const used of [token, other]) expect((await reset(used)).status).toBe(404)
  expect((await here.call('/api/members/list')).status).toBe(401)
  expect((await here.signIn(email, password)).status).toBe(401)
  expect((await here.signIn(email, better)).status).toBe(200)
  const audit = await server.here.admin.api.audit.list({ action: 'password', limit: 10 })
  expect(audit.items.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
    `password.reset ${email}`,
    `password.request ${email}`,
    `password.request ${email}`,
  ])
  await expect.poll(() => box.mails.at(-1)?.text).toContain('is a new one')
})

test('a link sets nothing any more once its person has changed the password themselves', async () => {
  await server.database.sql`delete from rate_limit`
  const token = await ask()
  const here = client()
  expect((await here.signIn(email, better)).status).toBe(200)
  const change = { currentPassword: better, newPassword: `${better}0` }
  expect((await here.call('/api/auth/change-password', change)).status).toBe(200)
  expect((await client().call('/api/passwords/checkToken', { token })).body).toEqual({ valid: false })
})

test('a link that is half an hour old sets nothing', async () => {
  const token = await ask()
  await server.database.sql`update verification set expires_at = expires_at - interval '31 minutes'`
  expect((await client().call('/api/passwords/checkToken', { token })).body).toEqual({ valid: false })
  expect((await client().call('/api/passwords/reset', { token, password })).status).toBe(404)
})

test('nobody learns whose address it is, fills a mailbox, or asks without end', async () => {
  await server.database.sql`delete from rate_limit`
  await server.database.sql`delete from verification`
  const mails = box.mails.length
  const known = await client().call('/api/passwords/request', { email })
  const unknown = await client().call('/api/passwords/request', { email: 'nobody@example.com' })
  const told = ({ status, text }: typeof known) => ({ status, text })
  expect(told(known)).toEqual(told(unknown))
  const statuses: number[] = []
  for (let times = 0; times < 10; times++)
    statuses.push((await client().call('/api/passwords/request', { email })).status)
  expect(statuses.at(0)).toBe(200)
  expect(statuses.at(-1)).toBe(429)
  await expect.poll(() => box.mails.length).toBe(mails + 3)
  const links = await server.database.sql`select count(*)::int as open from verification`
  expect(Number(links[0]?.['open'])).toBe(3)
})
