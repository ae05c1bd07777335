import { randomUUID } from 'node:crypto'
import type { Identity } from '@penstock/server/actor.ts'
import { finishOAuth } from '@penstock/server/connections/finish-oauth.ts'
import { loadSource } from '@penstock/server/connections/load-source.ts'
import { buildApp } from '@penstock/server/http/app.ts'
import { mergeBehaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestMember, TestServices } from '../start-services.ts'

const sizes = { contacts: 1, companies: 1, conversations: 1, tickets: 1 }
let sandbox: Sandbox
let other: Sandbox
let penstock: TestServices

beforeAll(async () => {
  const behaviour = { oauthApproval: 'immediate' } as const
  sandbox = await startSandbox({ sizes, behaviour })
  other = await startSandbox({ sizes, behaviour, seed: 2 })
  penstock = await startServices({
    PENSTOCK_SANDBOX_URL: sandbox.url,
    PENSTOCK_ALLOWED_HOSTS: `127.0.0.1:${other.port},127.0.0.1:9`,
  })
})
afterAll(async () => {
  await penstock.close()
  await sandbox.close()
  await other.close()
})

const attemptFor = (name: string, more: Record<string, unknown> = {}) => ({
  connector: 'intercom',
  name,
  region: 'us',
  scopes: ['read_conversations'],
  apiBaseUrl: sandbox.url,
  ...more,
})

/** Goes to the consent page as a browser does; gives back what it is sent home with. */
async function consent(authorizeUrl: string): Promise<Record<string, string>> {
  const answer = await fetch(authorizeUrl, { redirect: 'manual' })
  return Object.fromEntries(new URL(answer.headers.get('location') ?? 'http://nowhere').searchParams)
}

/** Comes back, as whoever it may be. */
async function comeBack(query: Record<string, string>, identity: Identity | undefined) {
  const request = { headers: new Headers(), ip: '192.0.2.1', requestId: randomUUID() }
  const { state, code, error } = query
  return await finishOAuth({ services: penstock.services, identity, request }, { state, code, error })
}

async function connect(member: TestMember, input: ReturnType<typeof attemptFor>) {
  const started = await member.api.oauth.start(input)
  await comeBack(await consent(started.authorizeUrl), member.identity)
  return await member.api.oauth.attempt({ attemptId: started.attemptId })
}

/** The name of the failure that an attempt ended with, if it says anything to the person. */
async function endOf(member: TestMember, attemptId: string): Promise<string | null> {
  const { state, code, message, connectionId } = await member.api.oauth.attempt({ attemptId })
  return state === 'failed' && message !== '' && connectionId === null ? code : null
}

describe('the way through the consent page', () => {
  test('connects, keeps the token sealed, and says whose account it is', async () => {
    const { editor } = penstock.here
    const done = await connect(editor, attemptFor('By OAuth'))
    expect(done).toMatchObject({ state: 'succeeded', code: null })
    const made = await editor.api.connections.get({ id: done.connectionId ?? '' })
    expect(made).toMatchObject({
      method: 'oauth',
      state: 'healthy',
      region: 'us',
      secretsSet: ['accessToken'],
    })
    expect(made.grantedScopes).toEqual(['read_conversations'])
    expect((await editor.api.connections.test({ id: made.id })).ok).toBe(true)
    const { connection } = await loadSource(editor.actor, made.id)
    const token = connection.settings.get('accessToken')
    const text = typeof token === 'object' ? token.reveal() : 'nothing'
    expect(text).toMatch(/^sandbox-oauth-/)
    const tables = ['connections', 'oauth_attempts', 'audit_log']
    for (const table of tables)
      expect(
        JSON.stringify(await penstock.database.sql`select * from ${penstock.database.sql(table)}`),
      ).not.toContain(text)
  })

  test('names the redirect address and a state that nobody can guess', async () => {
    const { editor } = penstock.here
    const { authorizeUrl } = await editor.api.oauth.start(attemptFor('Looked at'))
    const { searchParams } = new URL(authorizeUrl)
    expect(searchParams.get('redirect_uri')).toBe(`${penstock.services.env.publicUrl}/oauth/callback`)
    const state = searchParams.get('state') ?? ''
    expect(Buffer.from(state, 'base64url')).toHaveLength(32)
    const stored = await penstock.database.sql`select * from oauth_attempts`
    expect(JSON.stringify(stored)).not.toContain(state)
  })

  test('keeps parallel windows apart', async () => {
    const { editor } = penstock.here
    const [first, second] = [
      await editor.api.oauth.start(attemptFor('Window 1')),
      await editor.api.oauth.start(attemptFor('Window 2')),
    ]
    await comeBack(await consent(second.authorizeUrl), editor.identity)
    await comeBack(await consent(first.authorizeUrl), editor.identity)
    const names = (await editor.api.connections.list()).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Window 1', 'Window 2']))
  })
})

describe('a way that is not gone to its end', () => {
  test('denied: the person said no', async () => {
    const { editor } = penstock.here
    mergeBehaviour(sandbox.workspace.behaviour, { oauthApproval: 'denied' })
    const started = await editor.api.oauth.start(attemptFor('Denied'))
    await comeBack(await consent(started.authorizeUrl), editor.identity)
    mergeBehaviour(sandbox.workspace.behaviour, { oauthApproval: 'immediate' })
    expect(await endOf(editor, started.attemptId)).toBe('denied')
  })

  test('blocked: nobody ever came back', async () => {
    const { editor } = penstock.here
    const { attemptId } = await editor.api.oauth.start(attemptFor('Blocked'))
    expect(await editor.api.oauth.attempt({ attemptId })).toMatchObject({ state: 'pending' })
    await penstock.database
      .sql`update oauth_attempts set expires_at = now() - interval '1 second' where id = ${attemptId}`
    expect(await endOf(editor, attemptId)).toBe('expired')
  })

  test('expired: after ten minutes the answer is not taken', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(attemptFor('Late'))
    const query = await consent(started.authorizeUrl)
    await penstock.database
      .sql`update oauth_attempts set expires_at = now() - interval '1 second' where id = ${started.attemptId}`
    await comeBack(query, editor.identity)
    expect(await endOf(editor, started.attemptId)).toBe('expired')
  })

  test('replayed: the same answer counts once, also when it comes twice at the same time', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(attemptFor('Replayed'))
    const query = await consent(started.authorizeUrl)
    const ends = await Promise.all([comeBack(query, editor.identity), comeBack(query, editor.identity)])
    expect(new Set(ends.map((end) => end.attemptId && end.outcome))).toEqual(
      new Set(['replayed', 'succeeded']),
    )
    expect(await comeBack(query, editor.identity)).toMatchObject({ outcome: 'replayed' })
    const { api } = editor
    expect(await api.oauth.attempt({ attemptId: started.attemptId })).toMatchObject({ state: 'succeeded' })
    expect((await api.connections.list()).filter(({ name }) => name.startsWith('Replayed'))).toHaveLength(1)
  })

  test.each([
    ['nobody', () => undefined],
    ['another person of the workspace', () => penstock.here.admin.identity],
    [
      'another session of the same person',
      () => ({ ...penstock.here.editor.identity, sessionId: randomUUID() }),
    ],
    [
      'another workspace',
      () => ({
        ...penstock.here.editor.identity,
        member: { workspaceId: penstock.elsewhere.id, role: 'admin' as const },
      }),
    ],
    [
      'someone who was demoted meanwhile',
      () => ({
        ...penstock.here.editor.identity,
        member: { workspaceId: penstock.here.id, role: 'viewer' as const },
      }),
    ],
  ])('other session: %s comes back', async (_, identity) => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(attemptFor('Fixated'))
    const query = await consent(started.authorizeUrl)
    const before = sandbox.log.since().length
    await comeBack(query, identity())
    expect(sandbox.log.since().length, 'the code must not be exchanged').toBe(before)
    expect(await endOf(editor, started.attemptId)).toBe('other_session')
    await comeBack(query, editor.identity)
    expect(await endOf(editor, started.attemptId)).toBe('other_session')
  })

  test('a state that was tampered with belongs to nothing', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(attemptFor('Tampered'))
    const query = await consent(started.authorizeUrl)
    const state = (query['state'] ?? '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    expect(await comeBack({ ...query, state }, editor.identity)).toEqual({ attemptId: undefined })
    expect(await comeBack({ code: 'x' }, editor.identity)).toEqual({ attemptId: undefined })
  })

  test('refused: the code is not one', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(attemptFor('Forged'))
    const query = await consent(started.authorizeUrl)
    await comeBack({ ...query, code: 'forged' }, editor.identity)
    expect(await endOf(editor, started.attemptId)).toBe('refused')
  })

  test('wrong region: what to do is said, and nothing is kept', async () => {
    const { editor } = penstock.here
    const done = await connect(editor, attemptFor('Wrong region', { region: 'eu' }))
    expect(done).toMatchObject({ state: 'failed', code: 'wrong_region' })
    expect(done.message).toMatch(/lives in United States.*region/)
    expect((await editor.api.connections.list()).map(({ name }) => name)).not.toContain('Wrong region')
  })

  test('unreachable: the API is down when the code is exchanged', async () => {
    const { admin } = penstock.here
    const profile = {
      connector: 'intercom',
      name: 'Down',
      clientId: 'sandbox-client',
      clientSecret: 'canary-secret',
    }
    const { id } = await admin.api.oauthProfiles.create(profile)
    const input = attemptFor('Down', { apiBaseUrl: 'http://127.0.0.1:9', profileId: id })
    const started = await admin.api.oauth.start(input)
    const state = new URL(started.authorizeUrl).searchParams.get('state') ?? ''
    await comeBack({ state, code: 'never-sent' }, admin.identity)
    expect(await endOf(admin, started.attemptId)).toBe('unreachable')
  })
})

describe('authorising again', () => {
  test('keeps the connection, and what runs read before is known to be old', async () => {
    const { editor } = penstock.here
    const { connectionId } = await connect(editor, attemptFor('Again'))
    const id = connectionId ?? ''
    await editor.api.connections.disconnect({ id })
    const again = await connect(editor, attemptFor('Ignored', { connectionId: id, region: 'eu' }))
    expect(again).toMatchObject({ state: 'succeeded', connectionId: id })
    expect(await editor.api.connections.get({ id })).toMatchObject({
      name: 'Again',
      state: 'healthy',
      region: 'us',
    })
  })

  test('with another account changes nothing before an admin has chosen', async () => {
    const { editor, admin } = penstock.here
    const { id } = await admin.api.oauthProfiles.create({
      connector: 'intercom',
      name: 'Both',
      clientId: 'sandbox-client',
      clientSecret: 'sandbox-secret',
    })
    const first = await connect(editor, attemptFor('Switched', { apiBaseUrl: other.url, profileId: id }))
    const connectionId = first.connectionId ?? ''
    const { sql } = penstock.database
    const before = await editor.api.connections.get({ id: connectionId })
    // The connection is the same; the workspace behind its address is another one.
    await sql`update connections set account_id = 'before', account_name = 'Before' where id = ${connectionId}`
    const [row] = await sql`select secrets from connections where id = ${connectionId}`
    const draft = {
      name: 'Moves',
      source: { connector: 'intercom', connection: connectionId },
      objects: { contacts: {} },
      destination: { type: 'duckdb', connection: randomUUID(), schema: 'intercom' },
    }
    await sql`insert into pipelines (workspace_id, name, draft) values (${penstock.here.id}, 'Moves', ${sql.json(draft)})`
    const again = await connect(editor, attemptFor('x', { connectionId, profileId: id }))
    expect(again).toMatchObject({ code: 'other_account', choice: { previousAccount: 'Before' } })
    const [unchanged] = await sql`select secrets from connections where id = ${connectionId}`
    expect(unchanged).toEqual(row)
    const [{ attempt_id: attemptId } = { attempt_id: '' }] =
      await sql`select id as attempt_id from oauth_attempts where connection_id = ${connectionId} order by created_at desc limit 1`
    await expect(
      editor.api.oauth.resolveOtherAccount({ attemptId, choice: 'fresh_namespace' }),
    ).rejects.toThrow(/role admin/)
    const chosen = await admin.api.oauth.resolveOtherAccount({ attemptId, choice: 'fresh_namespace' })
    expect(chosen).toMatchObject({ state: 'succeeded', connectionId })
    const after = await editor.api.connections.get({ id: connectionId })
    expect(after.account?.['id']).toBe(before.account?.['id'])
    const [moved] = await sql`select draft from pipelines where name = 'Moves'`
    expect(moved?.['draft'].destination.schema).toMatch(/^intercom_.+/)
    await expect(admin.api.oauth.resolveOtherAccount({ attemptId, choice: 'keep_old' })).rejects.toThrow(
      /No account waits/,
    )
  })
})

describe('OAuth profiles', () => {
  test('are the admins’, and tell no secret and of the client id its end only', async () => {
    const { admin, editor, viewer } = penstock.here
    const input = {
      connector: 'intercom',
      name: 'Own app',
      clientId: 'client-0123456789',
      clientSecret: 'canary-9f8e7d',
    }
    await expect(editor.api.oauthProfiles.create(input)).rejects.toThrow(/role admin/)
    const made = await admin.api.oauthProfiles.create(input)
    expect(made).toMatchObject({
      clientIdTail: '6789',
      redirectUri: expect.stringContaining('/oauth/callback'),
    })
    await expect(admin.api.oauthProfiles.create(input)).rejects.toThrow(/already/)
    await expect(admin.api.oauthProfiles.update({ id: made.id, clientId: 'another' })).rejects.toThrow(
      /secret/,
    )
    await admin.api.oauthProfiles.update({ id: made.id, name: 'Renamed', clientSecret: 'canary-9f8e7d-2' })
    const seen = JSON.stringify([
      await viewer.api.oauthProfiles.list(),
      await penstock.database.sql`select * from oauth_profiles`,
      await penstock.database.sql`select * from audit_log`,
    ])
    expect(seen).not.toContain('canary-9f8e7d')
    expect(await admin.api.oauthProfiles.remove({ id: made.id })).toEqual({ id: made.id })
    await expect(penstock.elsewhere.admin.api.oauthProfiles.remove({ id: made.id })).rejects.toThrow(
      /no such/,
    )
  })

  test('an admin may forbid the installation’s own', async () => {
    const { sql } = penstock.database
    const { id } = penstock.here
    await sql`update workspace_settings set installation_profile_allowed = false where workspace_id = ${id}`
    const input = attemptFor('Own', { apiBaseUrl: undefined })
    await expect(penstock.here.editor.api.oauth.start(input)).rejects.toThrow(/An admin allows only/)
    await sql`update workspace_settings set installation_profile_allowed = true where workspace_id = ${id}`
    await expect(penstock.here.editor.api.oauth.start(input)).rejects.toThrow(
      /no OAuth profile for Intercom yet/,
    )
  })
})

test('the page that the browser comes back to has no script of its own, no code and no state', async () => {
  const app = buildApp(penstock.services)
  const { editor } = penstock.here
  const started = await editor.api.oauth.start(attemptFor('By HTTP'))
  const { code = '', state = '' } = await consent(started.authorizeUrl)
  const back = await app.request(`/oauth/callback?${new URLSearchParams({ code, state }).toString()}`)
  expect(back.status).toBe(303)
  expect(back.headers.get('location')).toBe(`/oauth/done?attempt=${started.attemptId}`)
  expect(back.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(await endOf(editor, started.attemptId)).toBe('other_session')
  const unknown = await app.request('/oauth/callback?state=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&code=x')
  expect(unknown.status).toBe(400)
  expect(await unknown.text()).not.toMatch(/alert|<script>/)
  expect((await app.request('/oauth/done?attempt=x')).status).toBe(401)
  expect(await (await app.request('/oauth/done.js')).text()).toContain(
    "new BroadcastChannel('penstock-oauth')",
  )
})
