import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import {
  addressOf,
  emptyParts,
  withHost,
  type DatabaseParts,
} from '@penstock/web/connections/database-address.ts'
import { expect, test } from 'vitest'
import { seededRandom } from '../../fakes/seeded-random.ts'

const seed = Date.now() % 1_000_000
const sound: DatabaseParts = {
  ...emptyParts,
  host: 'db.example.com',
  database: 'warehouse',
  user: 'penstock',
}

test(`the server reads what was filled in part by part, whatever signs a password has (seed ${seed})`, () => {
  const random = seededRandom(seed)
  const text = (): string =>
    Array.from({ length: 1 + random.below(12) }, () =>
      random.pick(['a', 'Z', '7', '@', ':', '/', '?', '#', '%', '&', ' x', "'", '[', 'ü', '🔑', '+', '\\']),
    ).join('')
  for (let round = 0; round < 200; round += 1) {
    const parts = { ...sound, port: '6543', database: `d${text()}`, user: `u${text()}`, password: text() }
    const { host, port, user, password, database } = readConnectionUrl(addressOf(parts))
    expect({ host, port: String(port), user, password, database }).toEqual({
      host: parts.host,
      port: parts.port,
      user: parts.user.trim(),
      password: parts.password,
      database: parts.database.trim(),
    })
  }
})

test.each([
  ['db.example.com', { host: 'db.example.com', ssl: 'require' }],
  ['localhost', { host: 'localhost', ssl: false }],
  ['::1', { host: '[::1]', ssl: false }],
  ['/var/run/postgresql', { host: '/var/run/postgresql', ssl: false }],
])('a host may be a name, an address or the folder of a socket: %s', (host, read) => {
  expect(readConnectionUrl(addressOf({ ...sound, host }))).toMatchObject({ ...read, port: 5432 })
})

test('what was chosen of TLS is asked for', () => {
  const tls = (parts: Partial<DatabaseParts>) => readConnectionUrl(addressOf({ ...sound, ...parts })).ssl
  expect(tls({ tls: 'prefer' })).toBe('prefer')
  expect(tls({ tls: 'disable' })).toBe(false)
  expect(tls({ tls: 'verify-full' })).toMatchObject({ rejectUnauthorized: true })
})

test('nothing filled in is no address, and a host with its port is both', () => {
  expect(addressOf(emptyParts)).toBe('')
  expect(addressOf({ ...emptyParts, tls: 'verify-full' })).not.toBe('')
  expect(withHost(sound, ' db.example.com:6543 ')).toMatchObject({ host: 'db.example.com', port: '6543' })
  expect(withHost(sound, 'fe80::1')).toMatchObject({ host: 'fe80::1', port: '' })
})
