import type { FieldSum, RowCount } from '../../engine/destination.ts'
import { storedLayout } from '../stored-row.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'
import { standingTables } from './standing-tables.ts'

/** How many rows each of these objects has, and how many of them are marked as deleted. */
export async function countTables(
  session: PostgresSession,
  namespace: string,
  objects: readonly string[],
): Promise<ReadonlyMap<string, RowCount>> {
  const counts = new Map<string, RowCount>()
  for (const [object, stands] of await standingTables(session, namespace, objects)) {
    const { table } = storedLayout(stands)
    const { rows } = await session.query(
      `select count(*)::text as rows, count(_deleted_at)::text as deleted from ${quoteTable(namespace, table)}`,
    )
    counts.set(object, { rows: Number(rows[0]?.['rows']), deleted: Number(rows[0]?.['deleted']) })
  }
  return counts
}

/** See `Destination.sumField`. */
export async function sumField(
  session: PostgresSession,
  namespace: string,
  object: string,
  { path, atMost }: { readonly path: string; readonly atMost: number },
): Promise<FieldSum | undefined> {
  const [field = '', ...inside] = path.split('.')
  const stands = (await standingTables(session, namespace, [object])).get(object)
  const layout = stands && storedLayout(stands)
  const column = layout?.columns.find((one) => one.field === field)
  if (!layout || !column || (inside.length > 0 && column.type !== 'json')) return undefined
  const name = quoteName(column.column)
  // PostgreSQL refuses a whole JSON text for one escape that it cannot hold: U+0000, or half a surrogate pair.
  const safe = String.raw`regexp_replace(${name}, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\u0020', 'g')::json`
  const value =
    inside.length > 0
      ? `${safe} #>> (select array(select json_array_elements_text($1::text::json)))`
      : `${name}::text`
  const { rows } = await session.query(
    `select coalesce(sum(number), 0)::text as sum, coalesce(sum(least(number, $2::text::numeric)) filter (where number is not null), 0)::text as up_to,
       count(*) filter (where number > $2::text::numeric)::text as over
     from (select case when text ~ '^[0-9]{1,15}$' then text::numeric end as number
       from (select ${value} as text, $1::text as path from ${quoteTable(namespace, layout.table)} where _deleted_at is null) as texts) as numbers`,
    [JSON.stringify(inside), String(atMost)],
  )
  const [row = {}] = rows
  return { sum: Number(row['sum']), upTo: Number(row['up_to']), over: Number(row['over']) }
}
