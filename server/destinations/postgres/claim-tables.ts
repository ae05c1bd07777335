import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { Claim, PlannedStatement, RunCounts, TableSpec } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { stageName } from '../free-name.ts'
import { layoutText, parseCheckpoint, parseCounts } from '../stored-json.ts'
import { storedLayout, textOf, textOrNull } from '../stored-row.ts'
import type { ResultRow } from '../stored-row.ts'
import { planLayout } from '../table-layout.ts'
import type { LayoutChange, TableLayout } from '../table-layout.ts'
import { applyLayout, layoutStatements } from './apply-layout.ts'
import { hasTable, makeOwnTables, missingOwnTables } from './own-tables.ts'
import { quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

/** A table that this run may write to, as long as its fence is the highest. */
export interface ClaimedTable {
  readonly spec: TableSpec
  readonly layout: TableLayout
  /** A bigint as text. */
  readonly fence: string
  readonly checkpoint: Checkpoint | undefined
  /** What the run had counted when it was carried before. */
  readonly counts: RunCounts | undefined
}

/**
 * Makes what is missing and raises the fence of each table, in one transaction. Rows of `_penstock_checkpoints` are
 * locked first and in order, as every commit does: a commit of an older claim is either whole before this, or refused.
 */
export async function claimTables(
  session: PostgresSession,
  namespace: string,
  specs: readonly TableSpec[],
  claim: Claim,
): Promise<readonly ClaimedTable[]> {
  return await session.transaction(async () => {
    await session.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`penstock ${namespace}`])
    await makeOwnTables(session, namespace)
    await lockRows(
      session,
      namespace,
      specs.map(({ object }) => object),
    )
    const rows = await readClaims(session, namespace)
    const claimed: ClaimedTable[] = []
    for (const spec of specs) {
      const taken = [
        ...rows.map((row) => textOf(row, 'table_name')),
        ...claimed.map(({ layout }) => layout.table),
      ]
      const row = rows.find((stored) => stored['object'] === spec.object)
      claimed.push(await claimTable(session, namespace, spec, { claim, row, taken }))
    }
    return claimed
  })
}

interface Known {
  readonly claim: Claim | undefined
  readonly row: ResultRow | undefined
  readonly taken: readonly string[]
}

/** What a claim finds and would change. Rejects where the table may not be used. */
async function planTable(
  session: PostgresSession,
  namespace: string,
  spec: TableSpec,
  { claim, row, taken }: Known,
): Promise<{ readonly change: LayoutChange; readonly stands: boolean }> {
  const stands = row !== undefined && (await hasTable(session, namespace, textOf(row, 'table_name')))
  // A table that someone dropped takes its checkpoint with it: what that claimed is no more.
  const kept = stands ? row : undefined
  if (kept && claim) await refuseOtherSource(session, namespace, { claim, row: kept, spec })
  const stored = kept && (await withoutDropped(session, namespace, storedLayout(kept)))
  const change = planLayout(
    spec,
    stored,
    row ? taken.filter((table) => table !== textOf(row, 'table_name')) : taken,
  )
  if (!stored) await refuseForeignTable(session, namespace, change.layout.table)
  return { change, stands }
}

/** The statements that a claim of these tables would begin with. */
export async function planClaim(
  session: PostgresSession,
  namespace: string,
  specs: readonly TableSpec[],
): Promise<readonly PlannedStatement[]> {
  const own = await missingOwnTables(session, namespace)
  const known = await hasTable(session, namespace, '_penstock_checkpoints')
  const rows = known ? await readClaims(session, namespace) : []
  const statements: PlannedStatement[] = own.map((sql) => ({ sql }))
  const tables: string[] = []
  for (const spec of specs) {
    const row = rows.find((stored) => stored['object'] === spec.object)
    const taken = [...rows.map((stored) => textOf(stored, 'table_name')), ...tables]
    const { change } = await planTable(session, namespace, spec, { claim: undefined, row, taken })
    tables.push(change.layout.table)
    for (const sql of layoutStatements(namespace, change, spec)) statements.push({ object: spec.object, sql })
  }
  return statements
}

async function claimTable(
  session: PostgresSession,
  namespace: string,
  spec: TableSpec,
  known: Known & { readonly claim: Claim },
): Promise<ClaimedTable> {
  const { claim, row } = known
  const { change, stands } = await planTable(session, namespace, spec, known)
  const text = layoutText(change.layout)
  const stored = stands && row ? textOrNull(row, 'checkpoint') : null
  await applyLayout(session, namespace, change, spec)
  await session.query(`drop table if exists ${quoteTable(namespace, stageName(change.layout.table))}`)
  // A fence begins with the time, so that after a wipe it begins above those that older claims still hold.
  const { rows } = await session.query(
    `insert into ${quoteTable(namespace, '_penstock_checkpoints')} as old
       (object, table_name, source, run, fence, checkpoint, columns, primary_key)
     values ($1, $2, $3, $4, (extract(epoch from clock_timestamp()) * 1000000)::bigint, null, $5, $6)
     on conflict (object) do update set table_name = excluded.table_name, source = excluded.source, run = excluded.run,
       fence = old.fence + 1, last_commit = null, columns = excluded.columns, primary_key = excluded.primary_key,
       checkpoint = case when $7 then old.checkpoint end, updated_at = now()
     returning fence::text as fence`,
    [spec.object, text.table, claim.source, claim.run, text.columns, text.primaryKey, stands],
  )
  return {
    spec,
    layout: change.layout,
    checkpoint: parseCheckpoint(stored),
    counts: parseCounts(stored, claim.run),
    fence: rows[0] ? textOf(rows[0], 'fence') : '',
  }
}

/** Every row of `_penstock_checkpoints`. */
async function readClaims(session: PostgresSession, namespace: string): Promise<readonly ResultRow[]> {
  return (await session.query(`select * from ${quoteTable(namespace, '_penstock_checkpoints')}`)).rows
}

/** A table that never got a row nor a checkpoint belongs to nobody yet, and one of an unnamed account to the first that has a name. */
async function refuseOtherSource(
  session: PostgresSession,
  namespace: string,
  { claim, row, spec }: { claim: Claim; row: ResultRow; spec: TableSpec },
): Promise<void> {
  if (textOf(row, 'source') === claim.source || textOf(row, 'source') === '') return
  const { count } = await session.query(
    `select from ${quoteTable(namespace, textOf(row, 'table_name'))} limit 1`,
  )
  if (count === 0 && textOrNull(row, 'checkpoint') === null) return
  throw new RunFailure('other_source', `The table of ${spec.object} holds the data of another account.`)
}

async function refuseForeignTable(session: PostgresSession, namespace: string, table: string): Promise<void> {
  if (!(await hasTable(session, namespace, table))) return
  throw new RunFailure(
    'destination_refused',
    `There is a table ${table} already, and Penstock did not make it.`,
    {
      advice: 'Choose another schema for the pipeline, or rename that table.',
    },
  )
}

/** Waits for commits that older claims have under way. */
async function lockRows(
  session: PostgresSession,
  namespace: string,
  objects: readonly string[],
): Promise<void> {
  await session.query(
    `select from ${quoteTable(namespace, '_penstock_checkpoints')}
     where object in (select json_array_elements_text($1::text::json)) order by object for update`,
    [JSON.stringify(objects)],
  )
}

/** A column that someone dropped is forgotten, and made again where it is still wanted. */
async function withoutDropped(
  session: PostgresSession,
  namespace: string,
  layout: TableLayout,
): Promise<TableLayout> {
  const { rows } = await session.query(
    `select attname::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2 and attnum > 0 and not attisdropped`,
    [namespace, layout.table],
  )
  const there = new Set(rows.map((row) => textOf(row, 'name')))
  return { ...layout, columns: layout.columns.filter(({ column }) => there.has(column)) }
}
