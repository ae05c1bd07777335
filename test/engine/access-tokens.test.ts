import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { OAuth2Authentication } from '@penstock/schemas/generated/manifest.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { AccessTokens } from '@penstock/server/engine/access-tokens.ts'
import { ApiClient } from '@penstock/server/engine/api-client.ts'
import { systemClock } from '@penstock/server/engine/clock.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { smallApi } from './small-api.ts'

const way: OAuth2Authentication = { type: 'oauth2', grant: 'client_credentials', tokenUrl: '/token' }
const settings = new Map([
  ['clientId', 'app'],
  ['clientSecret', 'secret'],
])

/** The grant_type that is asked for, beside what the manifest's own fields say. */
async function grantType(tokenFields: OAuth2Authentication['tokenFields']): Promise<string | undefined> {
  let asked: Readonly<Record<string, string>> = {}
  const tokens = AccessTokens.forConnection(
    { ...way, ...(tokenFields ? { tokenFields } : {}) },
    (name) => settings.get(name ?? ''),
    async (_, fields) => {
      asked = fields
      return { access_token: 'token', expires_in: 3600 }
    },
    async () => {
      throw new Error('There is no refresh token.')
    },
  )
  const credentials = await tokens?.credentials(AbortSignal.timeout(120_000))
  expect(credentials?.headers).toEqual({ Authorization: 'Bearer token' })
  return asked['grant_type']
}

test('client credentials are asked for as OAuth says, and by another name where the manifest has one', async () => {
  expect(await grantType(undefined)).toBe('client_credentials')
  expect(await grantType({ account_id: 'a' })).toBe('client_credentials')
  expect(await grantType({ grant_type: 'account_credentials', account_id: 'a' })).toBeUndefined()
})

test.each([
  [{ expires_in: 3600 }, 1],
  [{}, 1],
  [{ expires_in: null }, 1],
  [{ expires_in: '' }, 1],
  [{ expires_in: 0 }, 1],
])('a token whose answer says %j of its life is asked for %d time in two requests', async (life, times) => {
  let asked = 0
  const tokens = AccessTokens.forConnection(
    way,
    (name) => settings.get(name ?? ''),
    async () => ({ access_token: `token ${++asked}`, ...life }),
    async () => {
      throw new Error('There is no refresh token.')
    },
  )
  await tokens?.credentials(AbortSignal.timeout(120_000))
  await tokens?.credentials(AbortSignal.timeout(120_000))
  expect(asked).toBe(times)
})

test('a renewal that was waited for by one who was stopped is begun again for those who were not', async () => {
  const first = new AbortController()
  const tokens = AccessTokens.forConnection(
    way,
    (name) => settings.get(name ?? ''),
    async (_, __, ___, signal) => {
      if (signal === first.signal)
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      return { access_token: 'token' }
    },
    async () => {
      throw new Error('There is no refresh token.')
    },
  )
  const stopped = tokens?.credentials(first.signal)
  const other = tokens?.credentials(AbortSignal.timeout(120_000))
  first.abort(new Error('stopped'))
  await expect(stopped).rejects.toThrow('stopped')
  expect((await other)?.headers).toEqual({ Authorization: 'Bearer token' })
})

test('a refresh token that was sent is exchanged to the end although the run is cancelled, so that what replaces it is kept', async () => {
  const [asked, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const api = new Hono()
  api.post('/token', async (context) => {
    asked.resolve()
    await cancelled.promise
    return context.json({ access_token: 'new', refresh_token: 'next' })
  })
  const fake = await serveFake(api)
  const http = new HttpClient({ allowedHosts: [fake.host] })
  const kept: string[] = []
  const run = new AbortController()
  try {
    const oauth = { type: 'oauth2', grant: 'authorization_code', tokenUrl: '/token', refresh: true } as const
    const client = new ApiClient({
      manifest: { ...smallApi, authentication: [oauth], objects: {} },
      connection: {
        region: 'here',
        apiBaseUrl: fake.url,
        settings: new Map<string, string | Secret>([...settings, ['refreshToken', new Secret('used')]]),
      },
      http,
      clock: systemClock,
      random: Math.random,
      keepTokens: async (used, renew) => {
        const tokens = await renew(used.refreshToken)
        kept.push(tokens.refreshToken.reveal())
        return tokens
      },
      onWait: () => undefined,
    })
    const request = { method: 'GET', path: '/people', query: [], headers: {}, timeoutMs: 30_000 } as const
    const sent = client.send(request, 1, run.signal, () => 'answered')
    await asked.promise
    run.abort()
    cancelled.resolve()
    await expect(sent).rejects.toThrow('abort')
    expect(kept).toEqual(['next'])
  } finally {
    await http.close()
    await fake.close()
  }
})
