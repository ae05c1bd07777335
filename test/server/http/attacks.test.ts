import { serve } from '@hono/node-server'
import { buildApp } from '@penstock/server/http/app.ts'
import { digestPassword } from '@penstock/server/members/digest-password.ts'
import { openServices } from '@penstock/server/open-services.ts'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listProcedures } from '../api/list-procedures.ts'
import { watchWrites } from '../api/watch-writes.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { newClient } from './test-client.ts'
import type { TestClient } from './test-client.ts'

const password = 'walnut harbour quilt 9'
let server: TestServices
let app: ReturnType<typeof buildApp>
let admin: TestClient

beforeAll(async () => {
  server = await startServices()
  app = buildApp(server.services)
  const { email, userId } = server.here.admin.identity
  await server.database.sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
    values ('a', ${userId}, 'credential', ${userId}, ${await digestPassword(password)}, now())`
  admin = newClient(server.services, app)
  const { status } = await admin.signIn(email, password)
  if (status !== 200) throw new Error(`The admin could not sign in: ${status}`)
})
afterAll(() => server.close())

test('nothing is reachable beside what is meant to be', () => {
  const routes = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  const meant = [
    'GET /livez',
    'GET /readyz',
    'GET /metrics',
    'GET /api/openapi.json',
    'GET /oauth/callback',
    'GET /oauth/done',
    'GET /oauth/done.js',
    'POST /api/auth/*',
    'POST /api/:area/:procedure',
    // The built web app, and its page for every other path.
    'GET *',
    'GET /*',
  ]
  expect(routes.filter((route) => !meant.includes(route))).toEqual([])
})

test('a page of another site makes a signed-in browser change nothing, whatever it sends', async () => {
  const { sql } = server.database
  const writes = await watchWrites(sql)
  const mutations = listProcedures().filter(({ type }) => type === 'mutation')
  const sites: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]
  for (const { path } of mutations)
    for (const site of sites) {
      const type = { 'content-type': types[path.length % types.length] ?? '' }
      const answers = [
        await admin.call(`/api/${path.replace('.', '/')}`, { name: 'Taken' }, { ...site, ...type }),
        await admin.call(`/trpc/${path}`, { name: 'Taken' }, { ...site, ...type }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([403, 403])
    }
  for (const { path } of mutations) {
    expect((await admin.get(`/trpc/${path}?input=%7B%22name%22%3A%22Taken%22%7D`)).status).toBe(405)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await admin.call(`/trpc/${path}`, { name: 'Taken' }, form)).status).toBeGreaterThanOrEqual(400)
  }
  expect(await writes.take()).toEqual([])
})

test('a page without encryption, of the host that people reach with it, is another site', async () => {
  const { services } = server
  const secure = buildApp({
    ...services,
    env: { ...services.env, publicUrl: 'https://penstock.example.com' },
  })
  const ask = async (origin: string) => {
    const headers = { origin, host: 'penstock.example.com', 'content-type': 'application/json' }
    return await secure.request('/api/session/me', { method: 'POST', headers })
  }
  expect((await ask('http://penstock.example.com')).status).toBe(403)
  const own = await ask('https://penstock.example.com')
  expect(own.status).toBe(200)
  expect(own.headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect((await admin.call('/api/session/me')).headers.get('strict-transport-security')).toBeNull()
})

test('a text that cannot be kept, and a document that nobody could work with, are refused as such', async () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`field_${at}`, 'hash']))
  for (const [path, body] of [
    ['audit/list', JSON.stringify({ q: 'a\u0000' })],
    ['connections/createDestination', JSON.stringify({ type: 'duckdb', name: 'a\u0000', settings: {} })],
    ['session/switchWorkspace', JSON.stringify({ workspaceId: 'a\u0000' })],
    ['pipelines/create', `{"name":"Deep","document":${deep}}`],
    ['pipelines/validate', JSON.stringify({ document: { objects: { contacts: { fields: many } } } })],
  ] as const) {
    const headers = { 'content-type': 'application/json', cookie: admin.cookie() }
    const answer = await app.request(`/api/${path}`, { method: 'POST', headers, body })
    expect([path, answer.status]).toEqual([path, 400])
  }
})

test('a document with thousands of unknown fields is judged, and its first problems are told', async () => {
  const fields = Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`emial_${at}`, 'hash']))
  const source = { connector: 'intercom', connection: 'none' }
  const { body } = await admin.call('/api/pipelines/validate', {
    document: { name: 'x', source, objects: { contacts: { fields } } },
  })
  expect((body as { problems: readonly unknown[] }).problems).toHaveLength(500)
})

test('whoever guesses passwords is slowed down, whatever address they claim to have', async () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const http = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port))
  const url = `http://127.0.0.1:${await promise}/api/auth/sign-in/email`
  const statuses: number[] = []
  for (let attempt = 0; attempt < 24; attempt++) {
    const email = attempt < 8 ? server.here.admin.identity.email : `nobody-${attempt}@example.com`
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `203.0.113.${attempt}`,
        'x-penstock-address': `198.51.100.${attempt}`,
        forwarded: `for=203.0.113.${attempt}`,
      },
      body: JSON.stringify({ email, password: `a wrong guess ${attempt}` }),
    })
    await body.dump()
    statuses.push(statusCode)
  }
  expect(statuses.slice(-3)).toEqual([429, 429, 429])
  http.close()
  // An admin sees that somebody tried, and from where; not what they tried, and not once for each try.
  const { id, email } = { ...server.here.admin.identity, id: server.here.admin.identity.userId }
  const rows = async () => await server.database.sql`select * from audit_log where action = 'session.refused'`
  await expect.poll(async () => (await rows()).length).toBe(5)
  expect((await rows())[0]).toMatchObject({
    workspace_id: server.here.id,
    outcome: 'denied',
    user_id: null,
    subject_id: id,
    subject_name: email,
    ip: '127.0.0.1',
  })
  expect(JSON.stringify(await rows())).not.toContain('wrong guess')
})

test('whoever guesses at one account from many addresses is stopped, and the owner is not', async () => {
  const { services, database, here } = server
  const { sql } = database
  const { email, userId } = here.editor.identity
  await sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
    values (${userId}, ${userId}, 'credential', ${userId}, ${await digestPassword(password)}, now())`
  const env = { ...services.env, trustedProxy: true }
  const second = await openServices(env, database.url)
  const apps = [buildApp({ ...services, env }), buildApp({ ...second, env })]
  const call = (at: number, path: string, input: unknown, client = newClient(services, apps[at % 2])) =>
    client.call(`/api/auth/${path}`, input, { 'x-forwarded-for': `203.0.113.${at}`, origin: env.publicUrl })
  const signIn = async (at: number, guess: string, whose = email) =>
    await call(at, 'sign-in/email', { email: whose, password: guess })
  const count = async (to: number) =>
    await sql`update rate_limit set count = ${to} where key like 'penstock:guess:%'`
  const home = 200
  expect((await signIn(home, password)).status).toBe(200)
  for (const whose of ['nobody@example.com', email.toUpperCase()]) {
    expect((await signIn(0, 'a wrong guess', whose)).status).toBe(401)
    await count(7)
    const attempts = Array.from({ length: 5 }, (_, at) => signIn(at, `a wrong guess ${at}`, whose))
    const answers = await Promise.all(attempts)
    const refused = answers.filter(({ status }) => status === 429)
    expect([refused.length, answers.filter(({ status }) => status === 401).length]).toEqual([2, 3])
    for (const { body, headers } of refused) {
      expect(body).toEqual({
        message: expect.stringMatching(
          /^Too many wrong passwords for this account. Try again in 1\d minutes.$/,
        ),
      })
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(600)
    }
  }
  const rows = async () => await sql`select * from audit_log where action = 'session.limited'`
  await expect.poll(async () => (await rows()).length).toBe(1)
  expect((await rows())[0]).toMatchObject({ workspace_id: here.id, outcome: 'denied', subject_id: userId })
  // Not even the right password is looked at, but where the owner was before.
  expect((await signIn(20, password)).status).toBe(429)
  expect((await signIn(home, 'mistyped, alas, once')).status).toBe(401)
  expect((await signIn(home, password)).status).toBe(200)
  expect((await signIn(21, 'and all over again')).status).toBe(401)
  await count(10)
  expect((await signIn(22, password)).status).toBe(429)
  await sql`update rate_limit set last_request = 1 where key like 'penstock:guess:%'`
  const owner = newClient(services, apps[0])
  const credentials = { email, password }
  expect((await call(23, 'sign-in/email', credentials, owner)).status).toBe(200)
  // Whoever holds a session that is not theirs finds out no more.
  const change = async (currentPassword: string, newPassword: string) =>
    (await call(24, 'change-password', { currentPassword, newPassword }, owner)).status
  expect(await change(password, 'short')).toBe(400)
  expect(await change('another wrong guess', password)).toBe(400)
  expect(await sql`select count from rate_limit where key like 'penstock:%/change'`).toEqual([{ count: 1 }])
  const better = `${password}!`
  expect(await change(password, better)).toBe(200)
  const changes = await sql`select * from audit_log where action = 'password.change'`
  expect(changes).toMatchObject([{ workspace_id: here.id, user_id: userId, outcome: 'done' }])
  expect(await change(password, better)).toBe(400)
  await count(10)
  expect(await change(better, password)).toBe(429)
  await second.close()
})

test('a key that is too old is refused, and its workspace sees that somebody sent it, at most five times', async () => {
  const { key } = await server.here.admin.api.apiKeys.create({ name: 'Old', role: 'viewer' })
  await server.database.sql`update apikey set expires_at = now() - interval '1 day'`
  const stranger = newClient(server.services, app)
  for (let call = 0; call < 7; call++)
    expect((await stranger.call('/api/pipelines/list', {}, { 'x-api-key': key })).status).toBe(401)
  await stranger.call('/api/pipelines/list', {}, { 'x-api-key': 'pnk_unknown' })
  const rows = await server.database.sql`select * from audit_log where action = 'apiKey.refused'`
  expect(rows).toHaveLength(5)
  expect(rows[0]).toMatchObject({ workspace_id: server.here.id, outcome: 'denied', subject_name: 'Old' })
  expect(JSON.stringify(rows)).not.toContain(key)
})

test('signing in leads nowhere else', async () => {
  await server.database.sql`delete from rate_limit`
  const { email } = server.here.admin.identity
  for (const callbackURL of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
  ]) {
    const headers = { origin: server.services.env.publicUrl }
    const answer = await newClient(server.services, app).call(
      '/api/auth/sign-in/email',
      { email, password, callbackURL },
      headers,
    )
    expect({ callbackURL, status: answer.status, to: answer.headers.get('location') }).toEqual({
      callbackURL,
      status: 400,
      to: null,
    })
  }
})

test('a body that is too large is not read, however it is sent', async () => {
  const large = 'x'.repeat(5 * 1024 * 1024)
  expect((await admin.call('/api/workspaces/rename', { name: large })).status).toBe(413)
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('x'.repeat(1024 * 1024)))
    },
  })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
  const answer = await app.request('/api/workspaces/rename', init as RequestInit)
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE' } })
})

test('an answer may be framed by nobody, runs no script of others, and cookies are out of reach of scripts', async () => {
  const { headers } = await admin.call('/api/session/me')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  const signedIn = await newClient(server.services, app).signIn(server.here.admin.identity.email, password)
  const cookies = signedIn.headers.getSetCookie()
  expect(cookies.length).toBeGreaterThan(0)
  expect(signedIn.text).toBe('null')
  for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i)
})
