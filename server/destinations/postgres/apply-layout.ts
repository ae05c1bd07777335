import type { ColumnType, TableSpec } from '../../engine/destination.ts'
import { columnsOf } from '../table-layout.ts'
import type { LandedColumn, LayoutChange } from '../table-layout.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

/** The types of PostgreSQL that columns have. */
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  json: 'text',
  integer: 'bigint',
  double: 'double precision',
  boolean: 'boolean',
}

/** Makes the table, or adds and widens its columns. */
export async function applyLayout(
  session: PostgresSession,
  namespace: string,
  change: LayoutChange,
  spec: TableSpec,
): Promise<void> {
  const table = quoteTable(namespace, change.layout.table)
  if (change.added.length < change.layout.columns.length) return await alterColumns(session, table, change)
  const columns = change.added.map(defineColumn).join(', ')
  const key = columnsOf(change.layout, spec.primaryKey).map(({ column }) => quoteName(column))
  const ours = '_synced_at timestamptz not null default now(), _deleted_at timestamptz'
  await session.query(`create table ${table} (${columns}, ${ours}, primary key (${key.join(', ')}))`)
  await indexParents(session, table, change, spec)
}

/** Adds and widens columns. Waits only briefly for others to end with the table: behind it, every reader would wait. */
export async function alterColumns(
  session: PostgresSession,
  table: string,
  { added, widened }: LayoutChange,
): Promise<void> {
  const changes = [
    ...added.map((column) => `add column if not exists ${defineColumn(column)}`),
    ...widened.map(widenColumn),
  ]
  if (changes.length === 0) return
  await session.query("set local lock_timeout = '5s'")
  await session.query(`alter table ${table} ${changes.join(', ')}`)
  await session.query("set local lock_timeout = '45s'")
}

/** The rows of a parent are found by the primary key, or where that begins otherwise, by an index of their own. */
async function indexParents(
  session: PostgresSession,
  table: string,
  { layout }: LayoutChange,
  spec: TableSpec,
): Promise<void> {
  const parents = spec.parentKey ?? []
  if (parents.every((field, index) => spec.primaryKey[index] === field)) return
  const columns = columnsOf(layout, parents).map(({ column }) => quoteName(column))
  await session.query(`create index on ${table} (${columns.join(', ')})`)
}

function defineColumn({ column, type }: LandedColumn): string {
  return `${quoteName(column)} ${sqlTypes[type]}`
}

function widenColumn({ column, type }: LandedColumn): string {
  const name = quoteName(column)
  return `alter column ${name} type ${sqlTypes[type]} using ${name}::${sqlTypes[type]}`
}
