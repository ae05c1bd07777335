import type { ColumnType, Row } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { sqlTypes } from './apply-layout.ts'
import { quoteName } from './quote-name.ts'
import { RowEncoder } from './row-encoder.ts'
import type { PostgresSession } from './session.ts'

/** A temporary table of one connection, through which rows, parents or keys pass; empty again after each transaction. */
export interface PassingTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly types: readonly ColumnType[]
}

/** The passing tables that a connection has, and their encoders. They end with it. */
const encoders = new WeakMap<PostgresSession, Map<string, RowEncoder>>()

/** Makes the tables that this connection lacks. Before the transaction, since a rollback would take them away. */
export async function makePassingTables(
  session: PostgresSession,
  tables: readonly PassingTable[],
): Promise<void> {
  const made = encoders.get(session) ?? new Map<string, RowEncoder>()
  encoders.set(session, made)
  for (const { name, columns, types } of tables) {
    if (made.has(name)) continue
    const defined = columns.map((column, index) => `${quoteName(column)} ${sqlTypes[types[index] ?? 'text']}`)
    await session.query(`create temp table ${quoteName(name)} (${defined.join(', ')}) on commit delete rows`)
    made.set(name, new RowEncoder(types))
  }
}

/** Sends rows to a passing table, within a transaction. No lock is held while they travel, but on that table. */
export async function loadRows(
  session: PostgresSession,
  table: PassingTable,
  rows: readonly Row[],
): Promise<void> {
  await session.copy(copyText(table), encodeRows(session, table, rows))
}

/** The statement that the rows of `encodeRows` follow. */
export function copyText(table: PassingTable): string {
  return `copy ${passing(table)} (${table.columns.map(quoteName).join(', ')}) from stdin (format binary)`
}

/** Rows as a passing table of this connection takes them. */
export function encodeRows(
  session: PostgresSession,
  { name }: PassingTable,
  rows: readonly Row[],
): Iterable<Buffer> {
  const encoder = encoders.get(session)?.get(name)
  if (!encoder) throw new RunFailure('internal', `The passing table ${name} was not made.`)
  return encoder.encode(rows)
}

/** Its name in a statement. */
export function passing({ name }: PassingTable): string {
  return `pg_temp.${quoteName(name)}`
}
