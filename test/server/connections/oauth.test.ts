import { randomUUID } from 'node:crypto'
import { loadSource } from '@penstock/server/connections/load-source.ts'
import { mergeBehaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
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

describe('the way through the consent page', () => {
  test('connects, keeps the token sealed, and says whose account it is', async () => {
    const { editor } = penstock.here
    const done = await rig.connect(editor, rig.attemptFor('By OAuth'))
    expect(done).toMatchObject({ state: 'succeeded', code: null })
    const made = await editor.api.connections.get({ id: done.connectionId ?? '' })
    expect(made).toMatchObject({
      method: 'oauth',
      state: 'healthy',
      region: 'us',
      secretsSet: ['accessToken'],
    })
    expect(made.grantedScopes, 'what was asked for is not what was granted').toBeNull()
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
    const { authorizeUrl } = await editor.api.oauth.start(rig.attemptFor('Looked at'))
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
      await editor.api.oauth.start(rig.attemptFor('Window 1')),
      await editor.api.oauth.start(rig.attemptFor('Window 2')),
    ]
    await rig.comeBack(await consent(second.authorizeUrl), editor.identity)
    await rig.comeBack(await consent(first.authorizeUrl), editor.identity)
    const names = (await editor.api.connections.list()).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Window 1', 'Window 2']))
  })
})

describe('a way that is not gone to its end', () => {
  test('denied: the person said no', async () => {
    const { editor } = penstock.here
    mergeBehaviour(rig.sandbox.workspace.behaviour, { oauthApproval: 'denied' })
    const started = await editor.api.oauth.start(rig.attemptFor('Denied'))
    await rig.comeBack(await consent(started.authorizeUrl), editor.identity)
    mergeBehaviour(rig.sandbox.workspace.behaviour, { oauthApproval: 'immediate' })
    expect(await endOf(editor, started.attemptId)).toBe('denied')
  })

  test('blocked: nobody ever came back', async () => {
    const { editor } = penstock.here
    const { attemptId } = await editor.api.oauth.start(rig.attemptFor('Blocked'))
    expect(await editor.api.oauth.attempt({ attemptId })).toMatchObject({ state: 'pending' })
    await penstock.database
      .sql`update oauth_attempts set expires_at = now() - interval '1 second' where id = ${attemptId}`
    expect(await endOf(editor, attemptId)).toBe('expired')
  })

  test('expired: after ten minutes the answer is not taken', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(rig.attemptFor('Late'))
    const query = await consent(started.authorizeUrl)
    await penstock.database
      .sql`update oauth_attempts set expires_at = now() - interval '1 second' where id = ${started.attemptId}`
    await rig.comeBack(query, editor.identity)
    expect(await endOf(editor, started.attemptId)).toBe('expired')
  })

  test('replayed: the same answer counts once, also when it comes twice at the same time', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(rig.attemptFor('Replayed'))
    const query = await consent(started.authorizeUrl)
    const ends = await Promise.all([
      rig.comeBack(query, editor.identity),
      rig.comeBack(query, editor.identity),
    ])
    expect(new Set(ends.map((end) => end.attemptId && end.outcome))).toEqual(
      new Set(['replayed', 'succeeded']),
    )
    expect(await rig.comeBack(query, editor.identity)).toMatchObject({ outcome: 'replayed' })
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
    const started = await editor.api.oauth.start(rig.attemptFor('Fixated'))
    const query = await consent(started.authorizeUrl)
    const before = rig.sandbox.log.since().length
    await rig.comeBack(query, identity())
    expect(rig.sandbox.log.since().length, 'the code must not be exchanged').toBe(before)
    expect(await endOf(editor, started.attemptId)).toBe('other_session')
    await rig.comeBack(query, editor.identity)
    expect(await endOf(editor, started.attemptId)).toBe('other_session')
  })

  test('refused: an admin took the region away while the person was at the consent page', async () => {
    const { editor, admin } = penstock.here
    const started = await editor.api.oauth.start(rig.attemptFor('Not here any more'))
    await admin.api.settings.update({ allowedRegions: { intercom: ['eu'] } })
    await rig.comeBack(await consent(started.authorizeUrl), editor.identity)
    await admin.api.settings.update({ allowedRegions: null })
    expect(await endOf(editor, started.attemptId)).toBe('refused')
  })

  test('a state that was tampered with belongs to nothing', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(rig.attemptFor('Tampered'))
    const query = await consent(started.authorizeUrl)
    const state = (query['state'] ?? '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    expect(await rig.comeBack({ ...query, state }, editor.identity)).toEqual({ attemptId: undefined })
    expect(await rig.comeBack({ code: 'x' }, editor.identity)).toEqual({ attemptId: undefined })
  })

  test('refused: the code is not one', async () => {
    const { editor } = penstock.here
    const started = await editor.api.oauth.start(rig.attemptFor('Forged'))
    const query = await consent(started.authorizeUrl)
    await rig.comeBack({ ...query, code: 'forged' }, editor.identity)
    expect(await endOf(editor, started.attemptId)).toBe('refused')
  })

  test('wrong region: what to do is said, and nothing is kept', async () => {
    const { editor } = penstock.here
    const done = await rig.connect(editor, rig.attemptFor('Wrong region', { region: 'eu' }))
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
    const input = rig.attemptFor('Down', { apiBaseUrl: 'http://127.0.0.1:9', profileId: id })
    const started = await admin.api.oauth.start(input)
    const state = new URL(started.authorizeUrl).searchParams.get('state') ?? ''
    await rig.comeBack({ state, code: 'never-sent' }, admin.identity)
    expect(await endOf(admin, started.attemptId)).toBe('unreachable')
  })
})
