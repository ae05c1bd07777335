import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { SealBroken, Vault } from '@penstock/server/secrets/vault.ts'

const use = 'connection:42:accessToken'
const text = 'tok:canary-é-🙂'

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(String(error)).not.toContain('canary')
  return error instanceof SealBroken ? error.reason : error
}

describe('a sealed secret', () => {
  test('opens for its use, and never looks the same twice', async () => {
    const vault = new Vault([randomBytes(32)])
    const [one, two] = [await vault.seal(use, text), await vault.seal(use, text)]
    expect(one).not.toBe(two)
    expect(one).not.toContain('canary')
    expect([await vault.open(use, one), await vault.open(use, two)]).toEqual([text, text])
    expect(await vault.open(use, await vault.seal(use, ''))).toBe('')
  })

  test('does not open in another row', async () => {
    const vault = new Vault([randomBytes(32)])
    const sealed = await vault.seal(use, text)
    expect(await reasonOf(vault.open('connection:43:accessToken', sealed))).toBe('wrong_use')
  })

  test('does not open when any part of it was altered', async () => {
    const vault = new Vault([randomBytes(32)])
    const parts = (await vault.seal(use, text)).split('.')
    const header: object = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString())
    const moved = Buffer.from(JSON.stringify({ ...header, use: 'connection:43:accessToken' })).toString(
      'base64url',
    )
    const altered = [
      [moved, ...parts.slice(1)],
      ...[2, 3, 4].map((index) => parts.map((part, at) => (at === index ? flip(part) : part))),
    ]
    for (const broken of altered)
      expect(await reasonOf(vault.open('connection:43:accessToken', broken.join('.')))).toBe('damaged')
    expect(await reasonOf(vault.open(use, 'rubbish'))).toBe('damaged')
    expect(await reasonOf(vault.open(use, ''))).toBe('damaged')
  })

  test('does not open with a key it was not sealed under', async () => {
    const sealed = await new Vault([randomBytes(32)]).seal(use, text)
    expect(await reasonOf(new Vault([randomBytes(32)]).open(use, sealed))).toBe('unknown_key')
  })

  test('opens after a new key came before the old one, and says that it is stale', async () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)]
    const sealed = await new Vault([older]).seal(use, text)
    const rotated = new Vault([newer, older])
    expect(await rotated.open(use, sealed)).toBe(text)
    expect(rotated.isStale(sealed)).toBe(true)
    const again = await rotated.seal(use, text)
    expect(rotated.isStale(again)).toBe(false)
    expect(await new Vault([newer]).open(use, again)).toBe(text)
    expect(() => rotated.isStale('rubbish')).toThrow(SealBroken)
  })
})

test('a vault needs a key', () => {
  expect(() => new Vault([])).toThrow('empty')
})

function flip(part: string): string {
  return (part.startsWith('A') ? 'B' : 'A') + part.slice(1)
}
