import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuseAddress } from '@penstock/server/connections/refuse-address.ts'
import { warehousePath } from '@penstock/server/connections/warehouse-path.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'penstock-paths-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('the file of a DuckDB destination', () => {
  const env = () => ({ dataDir: join(root, 'data'), allowedFolders: [join(root, 'allowed')] })

  test('is in the folder of its own workspace, so that no other opens it', async () => {
    const [ours, theirs] = [
      await warehousePath(env(), 'w1', 'a.duckdb'),
      await warehousePath(env(), 'w2', 'a.duckdb'),
    ]
    expect(ours).toBe(join(root, 'data/warehouses/w1/a.duckdb'))
    expect(theirs).toBe(join(root, 'data/warehouses/w2/a.duckdb'))
    await expect(warehousePath(env(), 'w1', '../w2/a.duckdb')).rejects.toThrow(/outside/)
    await expect(warehousePath(env(), 'w1', theirs)).rejects.toThrow(/outside/)
    expect(await warehousePath(env(), '../w2', 'a.duckdb')).not.toBe(theirs)
  })

  test('has a name that file systems take', async () => {
    for (const path of [`${'a'.repeat(249)}.duckdb`, `${'ä'.repeat(125)}/a.duckdb`, `${'a/'.repeat(2000)}b`])
      await expect(warehousePath(env(), 'w1', path)).rejects.toThrow(/too long/)
    expect(await warehousePath(env(), 'w1', `${'a'.repeat(230)}.duckdb`)).toMatch(/a\.duckdb$/)
  })

  test('may be in a folder that the operator allowed, if that is there', async () => {
    const file = join(root, 'allowed', 'b.duckdb')
    await expect(warehousePath(env(), 'w1', file)).rejects.toThrow(/not there/)
    await mkdir(join(root, 'allowed'))
    expect(await warehousePath(env(), 'w1', file)).toBe(file)
    await symlink('/etc', join(root, 'allowed', 'link'))
    await expect(warehousePath(env(), 'w1', join(root, 'allowed', 'link', 'x'))).rejects.toThrow(
      /leads elsewhere/,
    )
    await symlink('/etc/passwd', join(root, 'allowed', 'file.duckdb'))
    await expect(warehousePath(env(), 'w1', join(root, 'allowed', 'file.duckdb'))).rejects.toThrow(
      /leads elsewhere/,
    )
    await expect(warehousePath(env(), 'w1', `${join(root, 'allowed')}-too/x`)).rejects.toThrow(/outside/)
  })
})

test.each([
  'postgres://u:p@localhost:5432/penstock',
  'postgres://u:p@127.0.0.1/penstock',
  'postgres://other:p@[::1]:5432/penstock?sslmode=disable',
])('Penstock’s own database is no warehouse, by whatever name: %s', (url) => {
  const env = {
    allowedHosts: [],
    allowedFolders: [],
    databaseUrl: 'postgres://penstock:x@localhost/penstock',
  }
  expect(() => refuseAddress(env, url)).toThrow(/keeps what is its own/)
  expect(() => refuseAddress(env, url.replace('/penstock', '/warehouse'))).not.toThrow()
})
