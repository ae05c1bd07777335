import type { DuckDBConnection } from '@duckdb/node-api'
import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { Claim, TableSpec } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { layoutText, parseCheckpoint, parseLayout } from '../stored-json.ts'
import type { StoredText } from '../stored-json.ts'
import { planLayout } from '../table-layout.ts'
import type { TableLayout } from '../table-layout.ts'
import { applyLayout } from './apply-layout.ts'
import { hasTable, makeOwnTables } from './own-tables.ts'
import { catalog, quoteTable } from './quote-name.ts'
import { readNumber, readRows, textOf, textOrNull } from './read-rows.ts'
import type { ResultRow } from './read-rows.ts'

/** A table that this run may write to, as long as its fence is the highest. */
export interface ClaimedTable {
  readonly spec: TableSpec
  readonly layout: TableLayout
  readonly fence: number
  readonly checkpoint: Checkpoint | undefined
}

/** Makes what is missing and raises the fence of each table, within a transaction. */
export async function claimTables(
  connection: DuckDBConnection,
  namespace: string,
  specs: readonly TableSpec[],
  claim: Claim,
): Promise<readonly ClaimedTable[]> {
  await makeOwnTables(connection, namespace)
  const rows = await readRows(connection, `select * from ${quoteTable(namespace, '_penstock_checkpoints')}`)
  const claimed: ClaimedTable[] = []
  for (const spec of specs) {
    const row = rows.find((stored) => stored['object'] === spec.object)
    const others = rows.filter((stored) => stored !== row).map((stored) => textOf(stored, 'table_name'))
    const taken = [...others, ...claimed.map(({ layout }) => layout.table)]
    claimed.push(await claimTable(connection, namespace, spec, { claim, row, taken }))
  }
  return claimed
}

interface Known {
  readonly claim: Claim
  readonly row: ResultRow | undefined
  readonly taken: readonly string[]
}

async function claimTable(
  connection: DuckDBConnection,
  namespace: string,
  spec: TableSpec,
  { claim, row, taken }: Known,
): Promise<ClaimedTable> {
  const stands = row !== undefined && (await hasTable(connection, namespace, textOf(row, 'table_name')))
  // A table that someone dropped takes its checkpoint with it: what that claimed is no more.
  const checkpointText = stands ? textOrNull(row, 'checkpoint') : null
  if (stands) await refuseOtherSource(connection, namespace, { claim, row, spec })
  const stored = stands ? await withoutDropped(connection, namespace, parseLayout(rowText(row))) : undefined
  const change = planLayout(spec, stored, taken)
  if (!stored) await refuseForeignTable(connection, namespace, change.layout.table)
  await applyLayout(connection, namespace, change)
  const fence = 1 + Number(row?.['fence'] ?? 0)
  const text = layoutText(change.layout)
  const checkpoints = quoteTable(namespace, '_penstock_checkpoints')
  await connection.run(`delete from ${checkpoints} where object = $1`, [spec.object])
  await connection.run(
    `insert into ${checkpoints} (object, table_name, source, run, fence, checkpoint, columns, primary_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      spec.object,
      text.table,
      claim.source,
      claim.run,
      BigInt(fence),
      checkpointText,
      text.columns,
      text.primaryKey,
    ],
  )
  return { spec, layout: change.layout, checkpoint: parseCheckpoint(checkpointText), fence }
}

/** A table that never got a row nor a checkpoint belongs to nobody yet, and one of an unnamed account to the first that has a name. */
async function refuseOtherSource(
  connection: DuckDBConnection,
  namespace: string,
  { claim, row, spec }: { claim: Claim; row: ResultRow; spec: TableSpec },
): Promise<void> {
  if (textOf(row, 'source') === claim.source || textOf(row, 'source') === '') return
  const rows = await readNumber(
    connection,
    `select count(*) from ${quoteTable(namespace, textOf(row, 'table_name'))}`,
  )
  if (rows === 0 && textOrNull(row, 'checkpoint') === null) return
  throw new RunFailure('other_source', `The table of ${spec.object} holds the data of another account.`)
}

async function refuseForeignTable(
  connection: DuckDBConnection,
  namespace: string,
  table: string,
): Promise<void> {
  if (!(await hasTable(connection, namespace, table))) return
  throw new RunFailure(
    'destination_refused',
    `There is a table ${table} already, and Penstock did not make it.`,
    {
      advice: 'Choose another schema for the pipeline, or rename that table.',
    },
  )
}

/** A column that someone dropped is forgotten, and made again where it is still wanted. */
async function withoutDropped(
  connection: DuckDBConnection,
  namespace: string,
  layout: TableLayout,
): Promise<TableLayout> {
  const rows = await readRows(
    connection,
    `select column_name from duckdb_columns()
     where database_name = $1 and lower(schema_name) = lower($2) and table_name = $3`,
    [catalog, namespace, layout.table],
  )
  const there = new Set(rows.map((row) => textOf(row, 'column_name')))
  return { ...layout, columns: layout.columns.filter(({ column }) => there.has(column)) }
}

export function rowText(row: ResultRow): StoredText {
  return {
    table: textOf(row, 'table_name'),
    columns: textOf(row, 'columns'),
    primaryKey: textOf(row, 'primary_key'),
  }
}
