import { finishOAuth } from '@penstock/server/connections/finish-oauth.ts'
import { loadSource } from '@penstock/server/connections/load-source.ts'
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

test('a token that a run renews late does not come back into a connection that was disconnected meanwhile', async () => {
  const id = await connect('Late')
  const { keepTokens } = await loadSource(penstock.here.editor.actor, id)
  await penstock.here.editor.api.connections.disconnect({ id })
  await keepTokens({ refreshToken: new Secret('late') })
  const [row] = await penstock.database.sql`select secrets from connections where id = ${id}`
  expect(row).toEqual({ secrets: {} })
})
