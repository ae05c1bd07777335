import { migrateDatabase } from '@penstock/server/store/migrate.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../create-database.ts'
import { startPostgresProxy } from '../destinations/postgres-proxy.ts'
import type { PostgresProxy } from '../destinations/postgres-proxy.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

// As PgBouncer 1.18 did, with and without ignore_startup_parameters; the rest of it needs more than this test has.
test.each(['refuses', 'ignores'] as const)(
  'a pool that %s what a session asks for is told to be no way to Penstock’s own database',
  async (how) => {
    const pool = await startPool(database.url, how)
    try {
      await expect(migrateDatabase(pool.url)).rejects.toThrow(
        /DATABASE_URL leads through a pool, .* Give it the address of PostgreSQL itself/,
      )
    } finally {
      await pool.close()
    }
  },
)

test('PostgreSQL itself keeps what a session asks for', async () => {
  await migrateDatabase(database.url)
  expect(await database.sql`select from runs`).toHaveLength(0)
})

/** Stands before PostgreSQL as a pool does that knows few settings of a session. */
async function startPool(url: string, how: 'refuses' | 'ignores'): Promise<PostgresProxy> {
  return await startPostgresProxy(url, (client, upstream) => {
    client.once('data', (startup: Buffer) => {
      const settings = startup.toString('latin1', 8).split('\0')
      const place = settings.indexOf('idle_in_transaction_session_timeout')
      if (how === 'refuses' && place >= 0) return void client.end(refusal)
      upstream.write(startupOf(startup, place < 0 ? settings : settings.toSpliced(place, 2)))
      client.pipe(upstream).pipe(client)
    })
  })
}

function startupOf(old: Buffer, settings: readonly string[]): Buffer {
  const text = Buffer.from(settings.join('\0'), 'latin1')
  const length = Buffer.alloc(4)
  length.writeInt32BE(8 + text.length)
  return Buffer.concat([length, old.subarray(4, 8), text])
}

const refusal = messageOf(
  'E',
  'SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: idle_in_transaction_session_timeout\0\0',
)

function messageOf(type: string, text: string): Buffer {
  const message = Buffer.alloc(5 + text.length)
  message.write(type, 0, 'latin1')
  message.writeInt32BE(4 + text.length, 1)
  message.write(text, 5, 'latin1')
  return message
}
