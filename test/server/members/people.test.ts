import { prepareSetup } from '@penstock/server/members/prepare-setup.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newClient } from '../http/test-client.ts'
import type { TestClient } from '../http/test-client.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

const password = 'walnut harbour quilt 9'
const ana = { name: 'Ana', email: 'Ana@Example.com', password, workspaceName: 'Acme' }

let server: TestServices
let admin: TestClient

beforeAll(async () => {
  server = await startServices()
  await server.database.sql`delete from organization`
  await server.database.sql`delete from "user"`
  admin = newClient(server.services)
})
afterAll(() => server.close())

describe('a new installation', () => {
  test('opens with the token of its last start only, once, and for one of two who try at once', async () => {
    const stale = await prepareSetup(server.services)
    const token = await prepareSetup(server.services)
    expect(token).toMatch(/^[\w-]{43}$/)
    const [row] = await server.database.sql`select setup_token_hash from installation`
    expect(row?.['setup_token_hash']).toMatch(/^[0-9a-f]{64}$/)
    expect(await admin.call('/api/setup/checkToken', { token: stale })).toMatchObject({
      body: { valid: false },
    })
    expect(await admin.call('/api/setup/checkToken', { token })).toMatchObject({ body: { valid: true } })
    expect(await admin.call('/api/setup/createAdmin', { ...ana, token: stale })).toMatchObject({
      status: 403,
    })
    const both = await Promise.all(
      ['Ana@Example.com', 'eve@example.com'].map((email) =>
        admin.call('/api/setup/createAdmin', { ...ana, email, token }),
      ),
    )
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 403]))
    expect(await prepareSetup(server.services)).toBeUndefined()
    expect(await admin.call('/api/setup/createAdmin', { ...ana, token })).toMatchObject({ status: 403 })
    await server.database.sql`update "user" set email = 'ana@example.com'`
  })

  test('lets the first admin in, into their workspace, with a hash key of its own', async () => {
    expect((await admin.signIn('ANA@example.com', password)).status).toBe(200)
    const me = await admin.call('/api/session/me')
    expect(me.body).toMatchObject({ role: 'admin', workspace: { name: 'Acme' }, setupNeeded: false })
    const audit = await admin.call('/api/audit/list', { action: 'session' })
    expect(audit.body).toMatchObject({
      items: [{ action: 'session.signIn', actor: 'Ana <ana@example.com>', outcome: 'done' }],
    })
    const key = await admin.call('/api/settings/hashKey')
    expect(key.body).toMatchObject({ version: 1, fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) })
  })

  test('signs nobody up by itself, and mounts nothing of the sign-in library but sign-in and sign-out', async () => {
    const stranger = newClient(server.services)
    for (const path of [
      'sign-up/email',
      'organization/create',
      'api-key/create',
      'get-session',
      'update-user',
      'delete-user',
      'list-sessions',
      'sign-in/social',
    ])
      expect(
        await stranger.call(`/api/auth/${path}`, { email: 'x@example.com', password, name: 'X' }),
      ).toMatchObject({
        status: 404,
      })
    expect((await stranger.get('/api/auth/get-session')).status).toBe(404)
  })

  test('says so where it sends no mail to who forgot their password', async () => {
    expect((await newClient(server.services).call('/api/session/me')).body).toMatchObject({
      mailOffered: false,
    })
    const asked = await admin.call('/api/passwords/request', { email: 'ana@example.com' })
    expect(asked).toMatchObject({ status: 503 })
    expect(asked.text).toContain('Ask whoever runs it')
  })

  test('refuses a wrong password, and slows down whoever tries many', async () => {
    const stranger = newClient(server.services)
    const tries: number[] = []
    for (let attempt = 0; attempt < 22; attempt++)
      tries.push((await stranger.signIn('ana@example.com', `wrong ${attempt} and long`)).status)
    expect(tries[0]).toBe(401)
    expect(tries.at(-1)).toBe(429)
    await server.database.sql`delete from rate_limit`
  })
})

describe('members', () => {
  const invite = async (email: string, role: string) => {
    const answer = await admin.call('/api/invitations/create', { email, role })
    expect(answer.status).toBe(200)
    const { link } = answer.body as { link: string }
    return new URL(link).searchParams.get('token') ?? ''
  }
  const join = async (email: string, role: string) => {
    const token = await invite(email, role)
    const client = newClient(server.services)
    expect(await client.call('/api/invitations/accept', { token, name: email, password })).toMatchObject({
      status: 200,
    })
    expect((await client.signIn(email, password)).status).toBe(200)
    return client
  }
  const idOf = async (email: string) => {
    const { items } = (await admin.call('/api/members/list')).body as {
      items: { email: string; userId: string }[]
    }
    return items.find((item) => item.email === email)?.userId ?? ''
  }

  test('join by a link that works once, is stored as a digest, and cannot be replaced by another address', async () => {
    const token = await invite('bo@example.com', 'editor')
    const stored = await server.database.sql`select id from invitation`
    expect(JSON.stringify(stored)).not.toContain(token)
    const bo = newClient(server.services)
    expect((await bo.call('/api/invitations/look', { token })).body).toEqual({
      workspaceName: 'Acme',
      email: 'bo@example.com',
      role: 'editor',
      hasAccount: false,
    })
    expect((await bo.call('/api/invitations/accept', { token })).status).toBe(400)
    const both = await Promise.all(
      [1, 2].map(() => bo.call('/api/invitations/accept', { token, name: 'Bo', password })),
    )
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await bo.call('/api/invitations/look', { token })).status).toBe(404)
    expect((await bo.signIn('bo@example.com', password)).status).toBe(200)
    expect((await bo.call('/api/session/me')).body).toMatchObject({
      role: 'editor',
      workspace: { name: 'Acme' },
    })
  })

  test('an invitation that was taken back, replaced, or a week old opens nothing', async () => {
    const first = await invite('cy@example.com', 'viewer')
    const second = await invite('cy@example.com', 'viewer')
    const look = async (token: string) => (await admin.call('/api/invitations/look', { token })).status
    expect([await look(first), await look(second)]).toEqual([404, 200])
    const { items } = (await admin.call('/api/invitations/list')).body as { items: { id: string }[] }
    expect(items).toHaveLength(1)
    await admin.call('/api/invitations/revoke', { id: items[0]?.id })
    expect(await look(second)).toBe(404)
    const third = await invite('cy@example.com', 'viewer')
    await server.database
      .sql`update invitation set expires_at = now() - interval '1 hour' where status = 'pending'`
    expect(await look(third)).toBe(404)
  })

  test('who has an account joins another workspace by signing in: the link alone opens no account', async () => {
    const dee = await join('dee@example.com', 'admin')
    expect((await dee.call('/api/workspaces/create', { name: 'Dee & Co' })).status).toBe(200)
    const { workspaces } = (await dee.call('/api/session/me')).body as {
      workspaces: { id: string; name: string }[]
    }
    const other = workspaces.find(({ name }) => name === 'Dee & Co')?.id
    expect((await dee.call('/api/session/switchWorkspace', { workspaceId: other })).status).toBe(200)
    const made = await dee.call('/api/invitations/create', { email: 'bo@example.com', role: 'viewer' })
    const token = new URL((made.body as { link: string }).link).searchParams.get('token')
    const stranger = newClient(server.services)
    expect(
      await stranger.call('/api/invitations/accept', { token, name: 'X', password: 'another password!' }),
    ).toMatchObject({ status: 401 })
    expect((await dee.call('/api/invitations/accept', { token })).status).toBe(401)
    const bo = newClient(server.services)
    await bo.signIn('bo@example.com', password)
    expect((await bo.call('/api/invitations/accept', { token })).status).toBe(200)
    expect((await bo.call('/api/session/me')).body).toMatchObject({
      role: 'viewer',
      workspace: { name: 'Dee & Co' },
    })
    await bo.call('/api/session/switchWorkspace', {
      workspaceId: workspaces.find(({ name }) => name === 'Acme')?.id,
    })
    expect((await bo.call('/api/session/me')).body).toMatchObject({ role: 'editor' })
    expect(await bo.call('/api/session/switchWorkspace', { workspaceId: 'no such' })).toMatchObject({
      status: 404,
    })
    expect(await bo.call('/api/workspaces/create', { name: 'Mine' })).toMatchObject({ status: 403 })
  })

  test('who is demoted or removed is refused at the next call, with their keys', async () => {
    const eli = await join('eli@example.com', 'admin')
    const key = (
      (await eli.call('/api/apiKeys/create', { name: 'CI', role: 'admin' })).body as { key: string }
    ).key
    const program = newClient(server.services)
    const asKey = (path: string) => program.call(path, undefined, { 'x-api-key': key })
    expect((await asKey('/api/audit/list')).status).not.toBe(401)
    expect((await asKey('/api/invitations/list')).status).toBe(200)
    const userId = await idOf('eli@example.com')
    const made = await eli.call('/api/invitations/create', { email: 'eli2@example.com', role: 'admin' })
    const token = new URL((made.body as { link: string }).link).searchParams.get('token')
    const others = await invite('fred@example.com', 'viewer')
    await admin.call('/api/members/setRole', { userId, role: 'viewer' })
    expect((await eli.call('/api/invitations/list')).status).toBe(403)
    expect((await asKey('/api/invitations/list')).status).toBe(403)
    expect((await eli.call('/api/members/list')).status).toBe(200)
    await admin.call('/api/members/remove', { userId })
    expect((await eli.call('/api/members/list')).status).toBe(403)
    expect((await asKey('/api/members/list')).status).toBe(401)
    expect((await eli.call('/api/session/me')).body).toMatchObject({ workspace: null, workspaces: [] })
    const look = async (one: string | null) =>
      (await eli.call('/api/invitations/look', { token: one })).status
    expect([await look(token), await look(others)], 'who left lets nobody in').toEqual([404, 200])
  })

  test('the last admin stays, also when two admins remove each other at once', async () => {
    const fay = await join('fay@example.com', 'admin')
    const [anaId, fayId, deeId] = [
      await idOf('ana@example.com'),
      await idOf('fay@example.com'),
      await idOf('dee@example.com'),
    ]
    await admin.call('/api/members/remove', { userId: deeId })
    const both = await Promise.all([
      admin.call('/api/members/setRole', { userId: fayId, role: 'viewer' }),
      fay.call('/api/members/remove', { userId: anaId }),
    ])
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    const [{ n } = { n: 0 }] = await server.database.sql<{ n: number }[]>`
      select count(*)::int as n from member join organization o on o.id = organization_id where o.name = 'Acme' and role = 'admin'`
    expect(n).toBe(1)
  })
})

describe('API keys', () => {
  test('are shown once, stored as a digest, have at most their role, and end', async () => {
    const sql = server.database.sql
    await sql`update member set role = 'admin' from "user" u where u.id = user_id and u.email = 'bo@example.com'`
    const bo = newClient(server.services)
    await bo.signIn('bo@example.com', password)
    const made = await bo.call('/api/apiKeys/create', { name: 'nightly', role: 'viewer', expiresInDays: 1 })
    const { key, id } = made.body as { key: string; id: string }
    const rows = await sql`select * from apikey where id = ${id}`
    expect(JSON.stringify(rows)).not.toContain(key)
    const listed = await bo.call('/api/apiKeys/list')
    expect(listed.text).not.toContain(key)
    expect(listed.body).toMatchObject({
      items: [{ name: 'nightly', role: 'viewer', hint: key.slice(0, 10) }],
    })
    const program = newClient(server.services)
    const bearer = { authorization: `Bearer ${key}` }
    expect((await program.call('/api/members/list', undefined, bearer)).status).toBe(200)
    expect((await program.call('/api/invitations/list', undefined, bearer)).status).toBe(403)
    await sql`update apikey set expires_at = now() - interval '1 minute' where id = ${id}`
    expect((await program.call('/api/members/list', undefined, bearer)).status).toBe(401)
    expect((await bo.call('/api/apiKeys/revoke', { id })).status).toBe(200)
    expect((await bo.call('/api/apiKeys/revoke', { id })).status).toBe(404)
  })

  test('make no other keys, so that one that was taken back does not live on', async () => {
    const bo = newClient(server.services)
    await bo.signIn('bo@example.com', password)
    const { key } = (await bo.call('/api/apiKeys/create', { name: 'root', role: 'admin' })).body as {
      key: string
    }
    const program = newClient(server.services)
    const more = await program.call(
      '/api/apiKeys/create',
      { name: 'more', role: 'viewer' },
      { 'x-api-key': key },
    )
    expect(more.status).toBe(403)
  })
})
