import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deriveHashKey, deriveSealingKey, loadKeys } from '@penstock/server/secrets/load-key.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-key-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const good = 'q8mUQ0b2n9b7Vn8XwZpJ5m0n3yq0gq0oXh1mJYt7y2E'

describe('the key file', () => {
  test('is made on first start, readable by its owner only, and stays', async () => {
    const file = join(folder, 'deep/secret.key')
    const [first] = await loadKeys(file, undefined)
    const [again] = await loadKeys(file, undefined)
    expect(first).toHaveLength(32)
    expect(again).toEqual(first)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'deep'))).mode & 0o777).toBe(0o700)
  })

  test('is one and the same for processes that start at once', async () => {
    const file = join(folder, 'secret.key')
    const rings = await Promise.all(Array.from({ length: 8 }, () => loadKeys(file, undefined)))
    expect(new Set(rings.map(([key]) => key?.toString('hex'))).size).toBe(1)
  })

  test.each([0o644, 0o640, 0o604, 0o660])('is refused with mode %o', async (mode) => {
    const file = join(folder, 'secret.key')
    await loadKeys(file, undefined)
    await chmod(file, mode)
    await expect(loadKeys(file, undefined)).rejects.toMatchObject({ fix: `Run: chmod 600 ${file}` })
  })

  test('is refused when it is empty or cut short, and never quoted', async () => {
    const file = join(folder, 'secret.key')
    await writeFile(file, '', { mode: 0o600 })
    await expect(loadKeys(file, undefined)).rejects.toThrow('holds no key')
    await writeFile(file, good.slice(0, 20), { mode: 0o600 })
    await expect(loadKeys(file, undefined)).rejects.not.toThrow(good.slice(0, 20))
    expect(await readFile(file, 'utf8')).toBe(good.slice(0, 20))
  })
})

describe('PENSTOCK_SECRET_KEY', () => {
  test('is used in place of the file, newest first', async () => {
    const older = 'Zm9vYmFyLSL_1Nn3aH0pQkqv7mG5yQw2bE4cD6eF8gA'
    const keys = await loadKeys(join(folder, 'secret.key'), `${good}, ${older}`)
    expect(keys.map((key) => key.toString('base64url'))).toEqual([good, older])
    await expect(stat(join(folder, 'secret.key'))).rejects.toThrow('ENOENT')
  })

  test.each([
    ['short', 'abc'],
    ['a pass phrase', 'correct horse battery staple'],
    ['hexadecimal', 'ab'.repeat(32)],
    ['plain base64', `${good.slice(0, 41)}+/`],
    ['all zeros', Buffer.alloc(32).toString('base64url')],
    ['counting', Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64url')],
    ['words', Buffer.from('penstock-development-secret-key!').toString('base64url')],
    ['blank', ' '],
  ])('is refused when it is %s, with what to do', async (_what, text) => {
    await expect(loadKeys(join(folder, 'k'), text)).rejects.toMatchObject({
      name: 'KeyRefused',
      fix: expect.stringContaining("randomBytes(32).toString('base64url')"),
    })
  })
})

test('the hash key is 32 bytes, the same for the same key, and neither the key nor the sealing key', () => {
  const key = Buffer.from(good, 'base64url')
  expect(deriveHashKey(key)).toHaveLength(32)
  expect(deriveHashKey(key)).toEqual(deriveHashKey(Buffer.from(key)))
  expect(
    new Set([key, deriveHashKey(key), deriveSealingKey(key)].map((one) => one.toString('hex'))).size,
  ).toBe(3)
})
