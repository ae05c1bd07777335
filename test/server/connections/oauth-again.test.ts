import { randomUUID } from 'node:crypto'
import { buildApp } from '@penstock/server/http/app.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
