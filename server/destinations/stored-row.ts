import type { StoredTable } from '../engine/destination.ts'
import { parseCheckpoint, parseCounted, parseLayout } from './stored-json.ts'
import { describeLayout, type TableLayout } from './table-layout.ts'

/** A row as a destination's database answers it, by column. */
export type ResultRow = Readonly<Record<string, unknown>>

/** A column of a row as text; bigint comes as text. */
export function textOf(row: ResultRow, column: string): string {
  return textOrNull(row, column) ?? ''
}

export function textOrNull(row: ResultRow, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' ? value : null
}

/** Of rows of `_penstock_checkpoints` those of these objects whose tables are there, by object. */
export async function standing(
  rows: readonly ResultRow[],
  objects: readonly string[],
  isThere: (table: string) => Promise<boolean>,
): Promise<ReadonlyMap<string, ResultRow>> {
  const found = new Map<string, ResultRow>()
  for (const row of rows) {
    const object = textOf(row, 'object')
    if (objects.includes(object) && (await isThere(textOf(row, 'table_name')))) found.set(object, row)
  }
  return found
}

/** The layout that a row of `_penstock_checkpoints` tells of. */
export function storedLayout(row: ResultRow): TableLayout {
  return parseLayout({
    table: textOf(row, 'table_name'),
    columns: textOf(row, 'columns'),
    primaryKey: textOf(row, 'primary_key'),
  })
}

/** The table that a row of `_penstock_checkpoints` tells of. Throws `destination_refused` for one of a later version. */
export function storedTable(row: ResultRow): StoredTable {
  return {
    columns: describeLayout(storedLayout(row)),
    checkpoint: parseCheckpoint(textOrNull(row, 'checkpoint')),
    source: textOf(row, 'source'),
    counted: parseCounted(textOrNull(row, 'checkpoint')),
  }
}
