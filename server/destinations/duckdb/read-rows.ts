import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { ResultRow } from '../stored-row.ts'

/** The rows of a query. */
export async function readRows(
  connection: DuckDBConnection,
  text: string,
  parameters: DuckDBValue[] = [],
): Promise<readonly ResultRow[]> {
  const reader = await connection.runAndReadAll(text, parameters)
  return reader.getRowObjectsJS()
}

/** A single number: a count. */
export async function readNumber(
  connection: DuckDBConnection,
  text: string,
  parameters: DuckDBValue[] = [],
): Promise<number> {
  const [row = {}] = await readRows(connection, text, parameters)
  return Number(Object.values(row)[0])
}

/** Runs a statement; answers how many rows it changed. */
export async function runChange(
  connection: DuckDBConnection,
  text: string,
  parameters: DuckDBValue[] = [],
): Promise<number> {
  return (await connection.run(text, parameters)).rowsChanged
}
