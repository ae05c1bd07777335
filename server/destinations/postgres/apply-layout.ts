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
  if (!isNew(change)) return await alterColumns(session, quoteTable(namespace, change.layout.table), change)
  for (const statement of layoutStatements(namespace, change, spec)) await session.query(statement)
}

/** What `applyLayout` does. */
export function layoutStatements(
  namespace: string,
  change: LayoutChange,
  spec: TableSpec,
): readonly string[] {
  const table = quoteTable(namespace, change.layout.table)
  if (!isNew(change)) return alterStatements(table, change)
  const columns = change.added.map(defineColumn).join(', ')
  const key = columnsOf(change.layout, spec.primaryKey).map(({ column }) => quoteName(column))
  const ours = '_synced_at timestamptz not null default now(), _deleted_at timestamptz'
  return [
    `create table ${table} (${columns}, ${ours}, primary key (${key.join(', ')}))`,
    ...indexStatements(table, change, spec),
  ]
}

function isNew({ added, layout }: LayoutChange): boolean {
  return added.length === layout.columns.length
}

/** Adds and widens columns. Waits only briefly for others to end with the table: behind it, every reader would wait. */
export async function alterColumns(
  session: PostgresSession,
  table: string,
  change: LayoutChange,
): Promise<void> {
  for (const statement of alterStatements(table, change)) {
    await session.query("set local lock_timeout = '5s'")
    await session.query(statement)
    await session.query("set local lock_timeout = '45s'")
  }
}

function alterStatements(table: string, { added, widened }: LayoutChange): readonly string[] {
  const changes = [
    ...added.map((column) => `add column if not exists ${defineColumn(column)}`),
    ...widened.map(widenColumn),
  ]
  return changes.length === 0 ? [] : [`alter table ${table} ${changes.join(', ')}`]
}

/** The rows of a parent are found by the primary key, or where that begins otherwise, by an index of their own. */
function indexStatements(table: string, { layout }: LayoutChange, spec: TableSpec): readonly string[] {
  const parents = spec.parentKey ?? []
  if (parents.every((field, index) => spec.primaryKey[index] === field)) return []
  const columns = columnsOf(layout, parents).map(({ column }) => quoteName(column))
  return [`create index on ${table} (${columns.join(', ')})`]
}

function defineColumn({ column, type }: LandedColumn): string {
  return `${quoteName(column)} ${sqlTypes[type]}`
}

function widenColumn({ column, type }: LandedColumn): string {
  const name = quoteName(column)
  return `alter column ${name} type ${sqlTypes[type]} using ${name}::${sqlTypes[type]}`
}
