import { randomUUID } from 'node:crypto'
import { executeWipe } from '@penstock/server/connections/execute-wipe.ts'
import { freshName } from '@penstock/server/connections/move-namespace.ts'
import { buildApp } from '@penstock/server/http/app.ts'
import { digestPassword } from '@penstock/server/members/digest-password.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { newClient } from '../http/test-client.ts'
import type { TestServices } from '../start-services.ts'
import { consent, endOf, startRig } from './oauth-rig.ts'
import type { OAuthRig } from './oauth-rig.ts'

let rig: OAuthRig
let penstock: TestServices

beforeAll(async () => {
  rig = await startRig()
  penstock = rig.penstock
})
afterAll(() => rig.close())

describe('authorising again', () => {
  test('keeps the connection, and what runs read before is known to be old', async () => {
    const { editor } = penstock.here
    const { connectionId } = await rig.connect(editor, rig.attemptFor('Again'))
    const id = connectionId ?? ''
    await editor.api.connections.disconnect({ id })
    const again = await rig.connect(editor, rig.attemptFor('Ignored', { connectionId: id, region: 'eu' }))
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
    const first = await rig.connect(
      editor,
      rig.attemptFor('Switched', { apiBaseUrl: rig.other.url, profileId: id }),
    )
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
    // A pipeline that wrote for this very account once, to a schema of that time.
    const backId = randomUUID()
    const back = {
      ...draft,
      name: 'Comes back',
      destination: { ...draft.destination, schema: 'intercom_before' },
    }
    const then = { ...back, destination: { ...back.destination, schema: 'long_ago' } }
    await sql`insert into pipelines (workspace_id, id, name, draft, published_version) values (${penstock.here.id}, ${backId}, 'Comes back', ${sql.json(back)}, 2)`
    await sql`insert into pipeline_versions (workspace_id, pipeline_id, version, document) values
      (${penstock.here.id}, ${backId}, 1, ${sql.json(then)}), (${penstock.here.id}, ${backId}, 2, ${sql.json(back)})`
    await sql`insert into runs (workspace_id, pipeline_id, version, trigger, state, account) values
      (${penstock.here.id}, ${backId}, 1, 'manual', 'succeeded', ${sql.json({ id: before.account?.['id'] ?? '' })})`
    const again = await rig.connect(editor, rig.attemptFor('x', { connectionId, profileId: id }))
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
    const returned = await editor.api.pipelines.get({ id: backId })
    expect(returned).toMatchObject({ version: 3, publishedDocument: then, draft: then })
    await expect(admin.api.oauth.resolveOtherAccount({ attemptId, choice: 'keep_old' })).rejects.toThrow(
      /No account waits/,
    )
  })
})

test('a schema is named for its account, and never for two', () => {
  const names = ['abc123', 'def456', 'abc123'].reduce<string[]>(
    (all, to, index) => [
      ...all,
      freshName(all.at(-1) ?? '', { from: ['first', 'abc123', 'def456'][index] ?? '', to }),
    ],
    ['intercom'],
  )
  expect(names).toEqual(['intercom', 'intercom_abc123', 'intercom_def456', 'intercom_abc123'])
  const alike = ['A.1', 'a-1', 'A-1', 'a_1', '日本', '中国', `${'x'.repeat(30)}1`, `${'x'.repeat(30)}2`]
  const long = 'поддержка клиентов по всему миру'
  const all = alike.map((to) => freshName(long, { from: null, to }))
  expect(new Set(all).size).toBe(alike.length)
  expect(all.filter((name) => Buffer.byteLength(name) > 63)).toEqual([])
})

describe('OAuth profiles', () => {
  test('of one name that are registered at once become one, and the others are told so', async () => {
    const { admin } = penstock.here
    const app = { connector: 'intercom', clientId: 'client-1', clientSecret: 'secret-1' }
    for (let round = 0; round < 2; round += 1) {
      const name = `Twin ${round}`
      const ended = await Promise.all(
        [1, 2, 3, 4].map(async () =>
          admin.api.oauthProfiles.create({ ...app, name }).then(
            () => 'made',
            (error: Error) => error.message,
          ),
        ),
      )
      const taken = `There is a profile named “${name}” already. Choose another name.`
      expect(ended.toSorted()).toEqual([taken, taken, taken, 'made'])
    }
  })

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
    const input = rig.attemptFor('Own', { apiBaseUrl: undefined })
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
  const started = await editor.api.oauth.start(rig.attemptFor('By HTTP'))
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

describe('another account, and all data of the one before deleted', () => {
  async function comeBackAsAnother(name: string): Promise<{ connectionId: string; attemptId: string }> {
    const { editor } = penstock.here
    const { sql } = penstock.database
    const first = await rig.connect(editor, rig.attemptFor(name))
    const connectionId = first.connectionId ?? ''
    await sql`update connections set account_id = 'before', account_name = 'Before' where id = ${connectionId}`
    const again = await rig.connect(editor, rig.attemptFor('x', { connectionId }))
    expect(again).toMatchObject({ state: 'failed', code: 'other_account' })
    const [row] = await sql`select id from oauth_attempts where connection_id = ${connectionId}`
    return { connectionId, attemptId: String(row?.['id']) }
  }

  test('becomes connected when the deletion has finished, and not before', async () => {
    const { admin } = penstock.here
    const { connectionId, attemptId } = await comeBackAsAnother('Wiped first')
    await admin.api.oauth.resolveOtherAccount({ attemptId, choice: 'wipe' })
    const during = await admin.api.connections.get({ id: connectionId })
    expect(during).toMatchObject({ state: 'wiping', secretsSet: [] })
    const wipe = (await admin.api.wipes.list()).find((one) => one.connectionId === connectionId)
    const job = {
      workspaceId: penstock.here.id,
      wipeId: wipe?.id ?? '',
      signal: AbortSignal.timeout(120_000),
    }
    await executeWipe(penstock.services, job)
    const after = await admin.api.connections.get({ id: connectionId })
    expect(after).toMatchObject({ state: 'healthy', secretsSet: ['accessToken'], method: 'oauth' })
    expect(after.account?.['id']).not.toBe('before')
    expect((await admin.api.connections.test({ id: connectionId })).ok).toBe(true)
  })

  test('is dropped where the old account is to stay', async () => {
    const { admin } = penstock.here
    const { connectionId, attemptId } = await comeBackAsAnother('Kept')
    const [before] = await penstock.database.sql`select secrets from connections where id = ${connectionId}`
    const chosen = await admin.api.oauth.resolveOtherAccount({ attemptId, choice: 'keep_old' })
    expect(chosen).toMatchObject({ state: 'failed', code: 'other_account', choice: undefined })
    const [after] = await penstock.database.sql`select secrets from connections where id = ${connectionId}`
    expect(after).toEqual(before)
    const [kept] = await penstock.database.sql`select draft from oauth_attempts where id = ${attemptId}`
    expect(kept?.['draft']).toMatchObject({ pending: null })
  })
})

test('a person with a browser goes the whole way over HTTP', async () => {
  const { sql } = penstock.database
  const { email } = penstock.here.editor.identity
  const password = 'walnut harbour quilt 9'
  await sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
    select gen_random_uuid(), id, 'credential', id, ${await digestPassword(password)}, now() from "user" where email = ${email}`
  const client = newClient(penstock.services)
  await client.signIn(email, password)
  const started = await client.call('/api/oauth/start', rig.attemptFor('Through a browser'))
  const { attemptId, authorizeUrl } = z
    .object({ attemptId: z.string(), authorizeUrl: z.string() })
    .parse(started.body)
  const { code = '', state = '' } = await consent(authorizeUrl)
  const back = await client.get(`/oauth/callback?${new URLSearchParams({ code, state }).toString()}`)
  const done = await client.get(back.headers.get('location') ?? '')
  expect(done.status).toBe(200)
  expect(done.text).toContain(`data-attempt="${attemptId}"`)
  expect(done.text).toContain('“Through a browser” is connected.')
  expect(done.text).not.toContain(state)
  expect(done.headers.get('cache-control')).toBe('no-store')
})
