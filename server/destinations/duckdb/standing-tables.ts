import type { DuckDBConnection } from '@duckdb/node-api'
import { standing, type ResultRow } from '../stored-row.ts'
import { hasTable } from './own-tables.ts'
import { quoteTable } from './quote-name.ts'
import { readRows } from './read-rows.ts'

/** The rows of `_penstock_checkpoints` of these objects, where their tables are there, by object. */
export async function standingTables(
  connection: DuckDBConnection,
  namespace: string,
  objects: readonly string[],
): Promise<ReadonlyMap<string, ResultRow>> {
  const own = '_penstock_checkpoints'
  const isThere = async (table: string) => await hasTable(connection, namespace, table)
  if (!(await isThere(own))) return new Map()
  const rows = await readRows(connection, `select * from ${quoteTable(namespace, own)}`)
  return await standing(rows, objects, isThere)
}
