import type { DuckDBConnection } from '@duckdb/node-api'
import type { ColumnType } from '../../engine/destination.ts'
import type { LandedColumn, LayoutChange } from '../table-layout.ts'
import { quoteName, quoteTable } from './quote-name.ts'

/** The types of DuckDB that columns have. */
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  json: 'varchar',
  integer: 'bigint',
  double: 'double',
  boolean: 'boolean',
}

/**
 * Nothing that is called may be a column's default: DuckDB then cannot go through its log again where a column was added or widened, if the
 * file is opened as whoever reads it opens it (`GetDefaultDatabase with no default database set`, 1.5; attached, as here, it can). After
 * a crash nobody but Penstock could have read the file.
 */
const ownColumns = '_synced_at timestamptz not null, _deleted_at timestamptz'

/**
 * Makes the table, or adds and widens its columns. There is no primary key in DuckDB's sense: its index would be held in memory, and
 * a column with an index cannot be widened. That keys are unique is kept by the merge, which nothing else writes beside.
 */
export async function applyLayout(
  connection: DuckDBConnection,
  namespace: string,
  change: LayoutChange,
): Promise<void> {
  for (const statement of layoutStatements(namespace, change)) await connection.run(statement)
}

/** What `applyLayout` does. */
export function layoutStatements(namespace: string, change: LayoutChange): readonly string[] {
  const table = quoteTable(namespace, change.layout.table)
  if (change.added.length < change.layout.columns.length) return alterStatements(table, change)
  return [`create table ${table} (${change.added.map(defineColumn).join(', ')}, ${ownColumns})`]
}

export async function alterColumns(
  connection: DuckDBConnection,
  table: string,
  change: LayoutChange,
): Promise<void> {
  for (const statement of alterStatements(table, change)) await connection.run(statement)
}

function alterStatements(table: string, { added, widened }: LayoutChange): readonly string[] {
  return [
    ...added.map((column) => `alter table ${table} add column if not exists ${defineColumn(column)}`),
    ...widened.map(
      ({ column, type }) => `alter table ${table} alter column ${quoteName(column)} type ${sqlTypes[type]}`,
    ),
  ]
}

export function defineColumn({ column, type }: LandedColumn): string {
  return `${quoteName(column)} ${sqlTypes[type]}`
}
