import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findInstalled } from '@penstock/server/connections/find-manifest.ts'
import { KeptTokens } from '@penstock/server/connections/kept-tokens.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import type { RenewedTokens } from '@penstock/server/engine/access-tokens.ts'
import type { SourceConnection } from '@penstock/server/engine/source-connection.ts'
import { Vault } from '@penstock/server/secrets/vault.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

const key = Buffer.alloc(32, 5)
const zendesk = await findInstalled('zendesk')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-tokens-'))
})
afterEach(async () => rm(folder, { recursive: true, force: true }))

function given(refreshToken: string): SourceConnection {
  return { region: 'us', settings: new Map([['refreshToken', new Secret(refreshToken)]]) }
}

function refreshTokenOf({ settings }: SourceConnection): string | undefined {
  const token = settings.get('refreshToken')
  return typeof token === 'object' ? token.reveal() : token
}

/** What one command knows of a token that stands in its environment. */
function keptOf(refreshToken: string, connector = zendesk): KeptTokens {
  const vault = async () => new Vault([key])
  return new KeptTokens(vault, join(folder, 'tokens'), { connector, connection: given(refreshToken) })
}

const { signal } = new AbortController()

/** An API that takes each refresh token once, and takes a second use for a theft. */
class Rotating {
  #newest = 'first'
  renewals = 0

  readonly renew = async (refreshToken: Secret): Promise<RenewedTokens> => {
    if (refreshToken.reveal() !== this.#newest) throw new Error('It was used twice.')
    await new Promise((resolve) => setImmediate(resolve))
    this.#newest = `token-${++this.renewals}`
    return {
      refreshToken: new Secret(this.#newest),
      accessToken: new Secret(`access-${this.renewals}`),
      expiresAt: Infinity,
    }
  }
}

const used = { refreshToken: new Secret('first'), accessToken: undefined }

test('a refresh token that the API replaced is there for the next run, sealed and readable by nobody else', async () => {
  await keptOf('first').renew(used, new Rotating().renew, signal)

  expect(refreshTokenOf(await keptOf('first').renewed())).toBe('token-1')
  const [file, ...others] = await readdir(join(folder, 'tokens'))
  expect(others).toEqual([])
  const path = join(folder, 'tokens', file ?? '')
  expect(await readFile(path, 'utf8')).not.toContain('token-1')
  expect((await stat(path)).mode & 0o077).toBe(0)
})

test('a new token in the environment, or another connector, starts anew', async () => {
  await keptOf('first').renew(used, new Rotating().renew, signal)

  expect(refreshTokenOf(await keptOf('other').renewed())).toBe('other')
  expect(refreshTokenOf(await keptOf('first', { ...zendesk, name: 'github' }).renewed())).toBe('first')
})

test('commands that renew at the same time use no refresh token twice, also where one of them was killed in between', async () => {
  const api = new Rotating()
  const commands = Array.from({ length: 6 }, () => keptOf('first'))
  // As a command that is gone left it behind: no process has this number.
  await commands[0]?.renew(used, api.renew, signal)
  const [name = ''] = await readdir(join(folder, 'tokens'))
  await writeFile(join(folder, 'tokens', `${name}.lock`), '4194999 gone')
  const tokens = await Promise.all(commands.map((kept) => kept.renew(used, api.renew, signal)))
  expect(new Set(tokens.map(({ accessToken }) => accessToken.reveal())).size).toBe(6)
  expect(api.renewals).toBe(7)
  expect(refreshTokenOf(await keptOf('first').renewed())).toBe('token-7')
  expect(await readdir(join(folder, 'tokens'))).toEqual([name])
})
