import type { DuckDBConnection } from '@duckdb/node-api'
import type { FieldSum, RowCount } from '../../engine/destination.ts'
import { storedLayout } from '../stored-row.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import { readRows } from './read-rows.ts'
import { standingTables } from './standing-tables.ts'

/** How many rows each of these objects has, and how many of them are marked as deleted. */
export async function countTables(
  connection: DuckDBConnection,
  namespace: string,
  objects: readonly string[],
): Promise<ReadonlyMap<string, RowCount>> {
  const counts = new Map<string, RowCount>()
  for (const [object, stands] of await standingTables(connection, namespace, objects)) {
    const { table } = storedLayout(stands)
    const [row = {}] = await readRows(
      connection,
      `select count(*) as rows, count(_deleted_at) as deleted from ${quoteTable(namespace, table)}`,
    )
    counts.set(object, { rows: Number(row['rows']), deleted: Number(row['deleted']) })
  }
  return counts
}

/** See `Destination.sumField`. */
export async function sumField(
  connection: DuckDBConnection,
  namespace: string,
  object: string,
  { path, atMost }: { readonly path: string; readonly atMost: number },
): Promise<FieldSum | undefined> {
  const [field = '', ...inside] = path.split('.')
  const stands = (await standingTables(connection, namespace, [object])).get(object)
  const layout = stands && storedLayout(stands)
  const column = layout?.columns.find((one) => one.field === field)
  if (!layout || !column || (inside.length > 0 && column.type !== 'json')) return undefined
  const name = quoteName(column.column)
  // A JSON pointer (RFC 6901), which is one parameter whatever stands in the path.
  const pointer = inside.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  // DuckDB refuses a whole JSON text for half a surrogate pair in it.
  const safe = String.raw`regexp_replace(${name}, '\\u[dD][89a-fA-F][0-9a-fA-F]{2}', '\\u0020', 'g')`
  const value = inside.length > 0 ? `json_extract_string(${safe}, $1)` : `${name}::varchar`
  const limit = inside.length > 0 ? '$2' : '$1'
  const [row = {}] = await readRows(
    connection,
    `select coalesce(sum(number), 0)::bigint as sum, coalesce(sum(least(number, ${limit}::bigint)), 0)::bigint as up_to,
       count(*) filter (where number > ${limit}::bigint) as over
     from (select try_cast(${value} as bigint) as number from ${quoteTable(namespace, layout.table)} where _deleted_at is null)
     where number >= 0`,
    [...(inside.length > 0 ? [pointer] : []), BigInt(atMost)],
  )
  return { sum: Number(row['sum']), upTo: Number(row['up_to']), over: Number(row['over']) }
}
