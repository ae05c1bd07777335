import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../create-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const statements: readonly (readonly [string, string])[] = [
  ['a short statement', 'select 1 as one'],
  ['a long statement', `select 1 as one /* ${'x'.repeat(2000)} */`],
]

// The patch of postgres.js: server/patches/README.md.
test.each(statements)(
  'when the database ends a connection under a transaction, %s on it is refused, and the next transaction works',
  async (_, statement) => {
    const client = postgres({ ...readConnectionUrl(database.url), max: 1, onnotice: () => {} })
    try {
      const gone = Promise.withResolvers<void>()
      const late = Promise.withResolvers<unknown>()
      const transaction = client.begin(async (tx) => {
        const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
        await database.sql`select pg_terminate_backend(${backend?.pid ?? 0})`
        await gone.promise
        await tx.unsafe(statement).then(late.resolve, late.resolve)
      })
      await expect(transaction).rejects.toThrow(/terminat|CLOSED|RESET/)
      gone.resolve()
      expect(await late.promise).toMatchObject({ code: 'CONNECTION_CLOSED' })
      expect(await client.begin(async (tx) => await tx.unsafe(statement))).toEqual([{ one: 1 }])
    } finally {
      await client.end({ timeout: 1 })
    }
  },
)

test('what ended a connection is told to whoever used it, and not to the next one', async () => {
  const client = postgres({ ...readConnectionUrl(database.url), max: 1, onnotice: () => {} })
  try {
    const [backend] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`
    const slow = client`select pg_sleep(60)`.catch((error: unknown) => error)
    await expect
      .poll(
        () =>
          database.sql`select pg_terminate_backend(pid) from pg_stat_activity where pid = ${backend?.pid ?? 0} and wait_event = 'PgSleep'`,
      )
      .toHaveLength(1)
    expect(await slow).toBeInstanceOf(Error)
    expect(await client`select 1 as one`).toEqual([{ one: 1 }])
  } finally {
    await client.end({ timeout: 1 })
  }
})
