import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBDestination } from '@penstock/server/destinations/duckdb.ts'
import { DatabaseFile } from '@penstock/server/destinations/duckdb/database-file.ts'
import { afterAll, beforeAll } from 'vitest'
import { destinationContract } from '../../contracts/destination.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-duckdb-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Only this process may have the file open, so a reader is another connection of it. */
async function read(query: string): Promise<readonly Record<string, unknown>[]> {
  const file = await DatabaseFile.acquire(join(folder, 'warehouse.duckdb'))
  try {
    return await file.use(async (connection) => {
      await connection.run('use warehouse')
      return (await connection.runAndReadAll(query)).getRowObjectsJS()
    })
  } finally {
    await file.release()
  }
}

destinationContract(
  'DuckDB',
  async (namespace) => new DuckDBDestination(join(folder, 'warehouse.duckdb'), namespace),
  read,
)
