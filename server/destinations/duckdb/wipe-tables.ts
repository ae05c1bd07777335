import type { DuckDBConnection } from '@duckdb/node-api'
import { hasTable } from './own-tables.ts'
import { catalog, quoteTable } from './quote-name.ts'
import { textOf } from '../stored-row.ts'
import { readNumber, readRows } from './read-rows.ts'

/**
 * Removes an object: its table with its rows, its checkpoint and its rejected records, within a transaction. Whoever has it open finds no
 * claim any more. Answers how many rows went. A view on the table stays, and fails from then on, as DuckDB has it.
 */
export async function wipeObject(
  connection: DuckDBConnection,
  namespace: string,
  object: string,
): Promise<number> {
  if (!(await hasTable(connection, namespace, '_penstock_checkpoints'))) return 0
  const checkpoints = quoteTable(namespace, '_penstock_checkpoints')
  await connection.run(`delete from ${quoteTable(namespace, '_penstock_rejected')} where object = $1`, [
    object,
  ])
  const [row] = await readRows(connection, `select table_name from ${checkpoints} where object = $1`, [
    object,
  ])
  if (!row) return 0
  const name = textOf(row, 'table_name')
  const table = quoteTable(namespace, name)
  const stands = await hasTable(connection, namespace, name)
  const removed = stands ? await readNumber(connection, `select count(*) from ${table}`) : 0
  await connection.run(`drop table if exists ${table}`)
  await connection.run(`delete from ${checkpoints} where object = $1`, [object])
  return removed
}

/** Removes the reports of runs of which no object is left. */
export async function forgetRuns(connection: DuckDBConnection, namespace: string): Promise<void> {
  if (!(await hasTable(connection, namespace, '_penstock_runs'))) return
  await connection.run(
    `delete from ${quoteTable(namespace, '_penstock_runs')} where run not in (
       select part.run from (select run, unnest(json_extract_string(report, '$.objects[*].object')) as object
         from ${quoteTable(namespace, '_penstock_runs')}) part
       join ${quoteTable(namespace, '_penstock_checkpoints')} kept on kept.object = part.object where kept.checkpoint is not null)`,
  )
}

/**
 * Writes over what was removed. DuckDB keeps the blocks of a dropped table for later rows, and does not clear them; so a table of numbers,
 * uncompressed, takes all of them, and is dropped in turn. A block that holds a piece of a table that stays is not free, and stays as it is.
 */
export async function overwriteFreeBlocks(connection: DuckDBConnection): Promise<void> {
  const filler = `${catalog}._penstock_filler`
  await connection.run(`force checkpoint ${catalog}`)
  const [size = {}] = await readRows(
    connection,
    'select free_blocks, block_size from pragma_database_size() where database_name = $1',
    [catalog],
  )
  const numbers = Math.ceil((Number(size['free_blocks']) * Number(size['block_size'])) / 8)
  if (numbers === 0) return
  await connection.run("set force_compression = 'uncompressed'")
  try {
    await connection.run(`create or replace table ${filler} as select range as number from range(${numbers})`)
    await connection.run(`force checkpoint ${catalog}`)
    await connection.run(`drop table ${filler}`)
    await connection.run(`force checkpoint ${catalog}`)
  } finally {
    await connection.run("set force_compression = 'auto'")
  }
}
