import { AccessTokens } from '@penstock/server/engine/access-tokens.ts'
import type { OAuth2Authentication } from '@penstock/schemas/generated/manifest.ts'
import { expect, test } from 'vitest'

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
  const credentials = await tokens?.credentials(AbortSignal.timeout(60_000))
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
  await tokens?.credentials(AbortSignal.timeout(60_000))
  await tokens?.credentials(AbortSignal.timeout(60_000))
  expect(asked).toBe(times)
})
