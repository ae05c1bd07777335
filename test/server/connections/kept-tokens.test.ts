import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeptTokens } from '@penstock/server/connections/kept-tokens.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import type { SourceConnection } from '@penstock/server/engine/source-connection.ts'
import { Vault } from '@penstock/server/secrets/vault.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

const key = Buffer.alloc(32, 5)
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

test('a refresh token that the API replaced is there for the next run, sealed and readable by nobody else', async () => {
  const kept = new KeptTokens(async () => new Vault([key]), join(folder, 'tokens'))
  await kept.keep('zendesk', given('first'), { refreshToken: new Secret('second-token') })

  expect(refreshTokenOf(await kept.renewed('zendesk', given('first')))).toBe('second-token')
  const [file] = await readdir(join(folder, 'tokens'))
  const path = join(folder, 'tokens', file ?? '')
  expect(await readFile(path, 'utf8')).not.toContain('second-token')
  expect((await stat(path)).mode & 0o077).toBe(0)
})

test('a new token in the environment, or another connector, starts anew', async () => {
  const kept = new KeptTokens(async () => new Vault([key]), join(folder, 'tokens'))
  await kept.keep('zendesk', given('first'), { refreshToken: new Secret('second') })

  expect(refreshTokenOf(await kept.renewed('zendesk', given('other')))).toBe('other')
  expect(refreshTokenOf(await kept.renewed('github', given('first')))).toBe('first')
})
