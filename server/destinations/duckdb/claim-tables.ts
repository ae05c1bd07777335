import type { DuckDBConnection } from '@duckdb/node-api'
import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { Claim, PlannedStatement, RunCounts, TableSpec } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { layoutText, parseCheckpoint, parseCounts } from '../stored-json.ts'
import { storedLayout, textOf, textOrNull } from '../stored-row.ts'
import type { ResultRow } from '../stored-row.ts'
import { planLayout } from '../table-layout.ts'
import type { LayoutChange, TableLayout } from '../table-layout.ts'
import { applyLayout, layoutStatements } from './apply-layout.ts'
import { hasTable, makeOwnTables, missingOwnTables, ownStatements } from './own-tables.ts'
import { catalog, quoteTable } from './quote-name.ts'
import { readNumber, readRows } from './read-rows.ts'

/** A table that this run may write to, as long as its fence is the highest. */
export interface ClaimedTable {
  readonly spec: TableSpec
  readonly layout: TableLayout
  readonly fence: number
  readonly checkpoint: Checkpoint | undefined
  /** What the run had counted when it was carried before. */
  readonly counts: RunCounts | undefined
}

/** Makes what is missing and raises the fence of each table, within a transaction. */
export async function claimTables(
  connection: DuckDBConnection,
  namespace: string,
  specs: readonly TableSpec[],
  claim: Claim,
): Promise<readonly ClaimedTable[]> {
  await makeOwnTables(connection, namespace)
  const rows = await readClaims(connection, namespace)
  const claimed: ClaimedTable[] = []
  for (const spec of specs) {
    const row = rows.find((stored) => stored['object'] === spec.object)
    const taken = [...othersOf(rows, row), ...claimed.map(({ layout }) => layout.table)]
    claimed.push(await claimTable(connection, namespace, spec, { claim, row, taken }))
  }
  return claimed
}

interface Known {
  readonly claim: Claim | undefined
  readonly row: ResultRow | undefined
  readonly taken: readonly string[]
}

/** What a claim finds and would change. Rejects where the table may not be used. */
async function planTable(
  connection: DuckDBConnection,
  namespace: string,
  spec: TableSpec,
  { claim, row, taken }: Known,
): Promise<{ readonly change: LayoutChange; readonly stands: boolean }> {
  const stands = row !== undefined && (await hasTable(connection, namespace, textOf(row, 'table_name')))
  if (stands && claim) await refuseOtherSource(connection, namespace, { claim, row, spec })
  const stored = stands ? await withoutDropped(connection, namespace, storedLayout(row)) : undefined
  const change = planLayout(spec, stored, taken)
  if (!stored) await refuseForeignTable(connection, namespace, change.layout.table)
  return { change, stands }
}

/** The statements that a claim of these tables would begin with. */
export async function planClaim(
  connection: DuckDBConnection,
  namespace: string,
  specs: readonly TableSpec[],
): Promise<readonly PlannedStatement[]> {
  const own = await missingOwnTables(connection, namespace)
  const known = await hasTable(connection, namespace, '_penstock_checkpoints')
  const rows = known ? await readClaims(connection, namespace) : []
  const statements: PlannedStatement[] = own.map((sql) => ({ sql }))
  const tables: string[] = []
  for (const spec of specs) {
    const row = rows.find((stored) => stored['object'] === spec.object)
    const taken = [...othersOf(rows, row), ...tables]
    const { change } = await planTable(connection, namespace, spec, { claim: undefined, row, taken })
    tables.push(change.layout.table)
    for (const sql of layoutStatements(namespace, change)) statements.push({ object: spec.object, sql })
  }
  return statements
}

/** The same for a file that is not there yet. */
export function planNewFile(namespace: string, specs: readonly TableSpec[]): readonly PlannedStatement[] {
  const statements: PlannedStatement[] = ownStatements(namespace).map(({ sql }) => ({ sql }))
  const tables: string[] = []
  for (const spec of specs) {
    const change = planLayout(spec, undefined, tables)
    tables.push(change.layout.table)
    for (const sql of layoutStatements(namespace, change)) statements.push({ object: spec.object, sql })
  }
  return statements
}

async function claimTable(
  connection: DuckDBConnection,
  namespace: string,
  spec: TableSpec,
  known: Known & { readonly claim: Claim },
): Promise<ClaimedTable> {
  const { claim, row } = known
  const { change, stands } = await planTable(connection, namespace, spec, known)
  // A table that someone dropped takes its checkpoint with it: what that claimed is no more.
  const checkpointText = stands && row ? textOrNull(row, 'checkpoint') : null
  await applyLayout(connection, namespace, change)
  const fence = row ? 1 + Number(row['fence']) : newFence()
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
  return {
    spec,
    layout: change.layout,
    checkpoint: parseCheckpoint(checkpointText),
    counts: parseCounts(checkpointText, claim.run),
    fence,
  }
}

let lastFence = 0

/** A fence begins with the time, in microseconds, so that after a wipe it begins above those that older claims still hold. */
function newFence(): number {
  lastFence = Math.max(Date.now() * 1000, lastFence + 1)
  return lastFence
}

/** Every row of `_penstock_checkpoints`. */
async function readClaims(connection: DuckDBConnection, namespace: string): Promise<readonly ResultRow[]> {
  return await readRows(connection, `select * from ${quoteTable(namespace, '_penstock_checkpoints')}`)
}

function othersOf(rows: readonly ResultRow[], row: ResultRow | undefined): readonly string[] {
  return rows.filter((stored) => stored !== row).map((stored) => textOf(stored, 'table_name'))
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
