import { finishOAuth } from '@penstock/server/connections/finish-oauth.ts'
import { loadSource } from '@penstock/server/connections/load-source.ts'
import type { LoadedSource } from '@penstock/server/connections/load-source.ts'
import { verifyAccount } from '@penstock/server/connections/verify-source.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ZendeskFake } from '../../fakes/zendesk.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { consent } from './oauth-rig.ts'

let zendesk: ZendeskFake
let penstock: TestServices

beforeAll(async () => {
  zendesk = await ZendeskFake.start({ seed: 1, tickets: 3 })
  penstock = await startServices({ PENSTOCK_ALLOWED_HOSTS: zendesk.host })
})
afterAll(async () => {
  await penstock.close()
  await zendesk.close()
})

async function connect(name: string): Promise<string> {
  const { admin } = penstock.here
  const { clientId, clientSecret } = zendesk.tokens
  const profile = await admin.api.oauthProfiles.create({ connector: 'zendesk', name, clientId, clientSecret })
  const started = await admin.api.oauth.start({
    connector: 'zendesk',
    name,
    profileId: profile.id,
    scopes: [],
    apiBaseUrl: zendesk.url,
    settings: { subdomain: 'acme' },
  })
  const request = { headers: new Headers(), ip: undefined, requestId: 'test' }
  const { state, code } = await consent(started.authorizeUrl)
  const caller = { services: penstock.services, identity: admin.identity, request }
  await finishOAuth(caller, { state, code, error: undefined })
  const { connectionId, message } = await admin.api.oauth.attempt({ attemptId: started.attemptId })
  if (connectionId === null) throw new Error(message)
  return connectionId
}

async function refreshToken(id: string): Promise<string> {
  const { connection } = await loadSource(penstock.here.admin.actor, id)
  const token = connection.settings.get('refreshToken')
  return token instanceof Secret ? token.reveal() : ''
}

test('a token that expires is renewed with the profile it was given to, and the new one is kept', async () => {
  const id = await connect('Renewed')
  const { api } = penstock.here.editor
  expect(await api.connections.get({ id })).toMatchObject({
    secretsSet: ['accessToken', 'refreshToken'],
    settings: { subdomain: 'acme' },
  })
  for (const round of [1, 2]) {
    zendesk.tokens.expire()
    const before = await refreshToken(id)
    expect((await api.connections.test({ id })).ok, `round ${round}`).toBe(true)
    expect(await refreshToken(id)).toBe(zendesk.tokens.refreshToken)
    expect(await refreshToken(id)).not.toBe(before)
  }
  expect(await api.connections.get({ id })).toMatchObject({ state: 'healthy', check: { ok: true } })
})

test('a new token is kept although the database is away at the moment at which it comes', async () => {
  const id = await connect('Kept')
  const { actor } = penstock.here.admin
  const before = zendesk.tokens.refreshes
  let failures = 0
  const transaction: typeof actor.transaction = async (work) => {
    if (zendesk.tokens.refreshes > before && failures < 2) {
      failures += 1
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    }
    return await actor.transaction(work)
  }
  const source = await loadSource({ ...actor, transaction }, id)
  zendesk.tokens.expire()
  await verifyAccount(actor, source)
  expect(failures).toBe(2)
  expect(await refreshToken(id)).toBe(zendesk.tokens.refreshToken)
})

test('servers and workers that need a new token at once ask for one, and use no refresh token twice', async () => {
  const id = await connect('Shared')
  const { here } = penstock
  const ask = async (from: LoadedSource) => (await verifyAccount(here.admin.actor, from)).shown['name']
  zendesk.tokens.pauseMs = 300
  for (const round of [1, 2]) {
    // Each holds what was good when it began, as runs on several workers do.
    const carriers = await Promise.all([1, 2, 3].map(async () => await loadSource(here.admin.actor, id)))
    const before = zendesk.tokens.refreshes
    zendesk.tokens.expire()
    // A probe of every object is held up by this API's limit of exports, so there is one.
    const test = round === 1 ? here.editor.api.connections.test({ id }) : undefined
    await Promise.all(carriers.map(ask))
    expect((await test)?.ok, `round ${round}`).not.toBe(false)
    expect({ refreshes: zendesk.tokens.refreshes - before, reuses: zendesk.tokens.reuses }).toEqual({
      refreshes: 1,
      reuses: 0,
    })
    for (const carrier of carriers) await ask(carrier)
    expect(new Set(carriers.map((carrier) => carrier.credentialVersion())).size).toBe(1)
  }
  zendesk.tokens.pauseMs = 0
  const late = await loadSource(here.admin.actor, id)
  expect(await ask(late)).toBeTruthy()
  expect(zendesk.tokens.reuses).toBe(0)
  expect(await here.editor.api.connections.get({ id })).toMatchObject({
    state: 'healthy',
    check: { ok: true },
  })
})

const tokens = (text: string) => ({
  refreshToken: new Secret(text),
  accessToken: new Secret(text),
  expiresAt: Infinity,
})
const { signal } = new AbortController()

test('a token that a run renews late does not come back into a connection that was disconnected meanwhile', async () => {
  const id = await connect('Late')
  const { editor } = penstock.here
  const { keepTokens, connection } = await loadSource(editor.actor, id)
  const [refreshToken, accessToken] = ['refreshToken', 'accessToken'].map((name) =>
    connection.settings.get(name),
  )
  if (!(refreshToken instanceof Secret) || !(accessToken instanceof Secret)) throw new Error('No tokens.')
  const used = { refreshToken, accessToken }
  const renewed = keepTokens(
    used,
    async () => {
      await editor.api.connections.disconnect({ id })
      return tokens('late')
    },
    signal,
  )
  await expect(renewed).rejects.toThrow('disconnected')
  const [row] = await penstock.database.sql`select secrets from connections where id = ${id}`
  expect(row).toEqual({ secrets: {} })
})

test('a run that began before a connection was authorised anew gets none of the new tokens', async () => {
  const id = await connect('Anew')
  const { keepTokens } = await loadSource(penstock.here.editor.actor, id)
  await penstock.database
    .sql`update connections set credential_version = gen_random_uuid()::text where id = ${id}`
  const renewed = keepTokens(tokens('old'), () => Promise.resolve(tokens('stolen')), signal)
  await expect(renewed).rejects.toThrow('connected anew')
})
