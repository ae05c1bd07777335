import { PostgresDestination } from '@penstock/server/destinations/postgres.ts'
import { afterAll, beforeAll } from 'vitest'
import { destinationContract } from '../../contracts/destination.ts'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'

let database: TestDatabase | undefined
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => {
  await database?.drop()
})

function current(): TestDatabase {
  if (!database) throw new Error('The database is made first.')
  return database
}

/** With 64-bit integers as bigint. */
async function read(query: string): Promise<readonly Record<string, unknown>[]> {
  const rows = await current().sql.unsafe(query)
  const numbers = rows.columns?.filter(({ type }) => type === 20).map(({ name }) => name) ?? []
  return rows.map((row) => {
    const copy: Record<string, unknown> = Object.fromEntries(Object.entries(row))
    for (const name of numbers) copy[name] = row[name] === null ? null : BigInt(row[name])
    return copy
  })
}

destinationContract(
  'PostgreSQL',
  async (namespace) => new PostgresDestination(current().url, namespace),
  read,
)
