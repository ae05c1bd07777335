import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { catalog } from '@penstock/server/destinations/duckdb/quote-name.ts'
import { DatabaseFile } from '@penstock/server/destinations/duckdb/database-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-log-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const [tables, columns, rows] = [5, 300, 40]

/** What a process leaves that is killed after its commits: they are in the log, and not yet in the file. */
async function leaveLog(path: string): Promise<void> {
  const open = join(folder, 'open.duckdb')
  const instance = await DuckDBInstance.create(open)
  const connection = await instance.connect()
  const names = Array.from({ length: columns }, (_, column) => `column_${column}`)
  await connection.run("set wal_autocheckpoint = '1GB'")
  for (let table = 0; table < tables; table++) {
    await connection.run(`create table table_${table} (${names.map((name) => `${name} varchar`).join(', ')})`)
    const values = names.map(() => "'a value ' || range").join(', ')
    await connection.run(`insert into table_${table} select ${values} from range(${rows})`)
  }
  await copyFile(open, path)
  await copyFile(`${open}.wal`, `${path}.wal`)
  connection.closeSync()
  instance.closeSync()
}

test('a file whose process was killed is opened with the memory that its log takes, and has all that was committed', async () => {
  const path = join(folder, 'warehouse.duckdb')
  await leaveLog(path)
  expect((await stat(`${path}.wal`)).size).toBeLessThan(16 * 1024 * 1024)
  const file = await DatabaseFile.acquire(path)
  try {
    const counts = await file.use(async (connection) => {
      const found: unknown[] = []
      for (let table = 0; table < tables; table++) {
        const answer = await connection.runAndReadAll(
          `select count(*)::integer from ${catalog}.main.table_${table}`,
        )
        found.push(answer.getRows()[0]?.[0])
      }
      return found
    })
    expect(counts).toEqual(Array.from({ length: tables }, () => rows))
  } finally {
    await file.release()
  }
})
