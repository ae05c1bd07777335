import { standing, type ResultRow } from '../stored-row.ts'
import { hasTable } from './own-tables.ts'
import { quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

/** The rows of `_penstock_checkpoints` of these objects, where their tables are there, by object. */
export async function standingTables(
  session: PostgresSession,
  namespace: string,
  objects: readonly string[],
): Promise<ReadonlyMap<string, ResultRow>> {
  const own = '_penstock_checkpoints'
  const isThere = async (table: string) => await hasTable(session, namespace, table)
  if (!(await isThere(own))) return new Map()
  const { rows } = await session.query(`select * from ${quoteTable(namespace, own)}`)
  return await standing(rows, objects, isThere)
}
