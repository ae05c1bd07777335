import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import type { Cell, ColumnType, Row } from '../../engine/destination.ts'
import { sqlTypes } from './apply-layout.ts'
import { quoteName } from './quote-name.ts'

/** A temporary table through which rows pass. */
export interface PassingTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly types: readonly ColumnType[]
}

/** Its name in a statement. */
export function passing({ name }: PassingTable): string {
  return `temp.${quoteName(name)}`
}

/** Makes the table anew, empty. */
export async function makePassingTable(connection: DuckDBConnection, table: PassingTable): Promise<void> {
  const columns = table.columns.map(
    (column, index) => `${quoteName(column)} ${sqlTypes[table.types[index] ?? 'text']}`,
  )
  await connection.run(`create or replace temp table ${quoteName(table.name)} (${columns.join(', ')})`)
}

/** Appends rows; columns beyond a row's values become null. */
export async function appendRows(
  connection: DuckDBConnection,
  table: PassingTable,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const appender = await connection.createAppender(table.name, 'main', 'temp')
  try {
    for (const row of rows) {
      for (let index = 0; index < table.types.length; index += 1)
        appendCell(appender, table.types[index], row[index])
      appender.endRow()
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}

function appendCell(appender: DuckDBAppender, type: ColumnType | undefined, cell: Cell | undefined): void {
  if (cell === null || cell === undefined) appender.appendNull()
  else if (type === 'text' || type === 'json')
    appender.appendVarchar(typeof cell === 'string' ? cell : String(cell))
  else if (type === 'integer') appender.appendBigInt(BigInt(cell))
  else if (type === 'double') appender.appendDouble(Number(cell))
  else appender.appendBoolean(cell === true)
}
