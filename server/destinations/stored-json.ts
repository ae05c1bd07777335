import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import { RunFailure } from '../engine/failures.ts'
import type { LandedColumn, TableLayout } from './table-layout.ts'

/** A table's row in `_penstock_checkpoints`, as text. */
export interface StoredText {
  readonly table: string
  readonly columns: string
  readonly primaryKey: string
}

/** Reads what `layoutText` wrote. Only Penstock writes there, so the shape is trusted. */
export function parseLayout(stored: StoredText): TableLayout {
  const columns: LandedColumn[] = JSON.parse(stored.columns)
  const primaryKey: string[] = JSON.parse(stored.primaryKey)
  return { table: stored.table, columns, primaryKey }
}

export function layoutText(layout: TableLayout): StoredText {
  return {
    table: layout.table,
    columns: JSON.stringify(layout.columns),
    primaryKey: JSON.stringify(layout.primaryKey),
  }
}

/** The checkpoint that stands beside the rows. One of a later version is refused: what it claims is not known here. */
export function parseCheckpoint(text: string | null): Checkpoint | undefined {
  if (text === null) return undefined
  const checkpoint: Checkpoint = JSON.parse(text)
  if (checkpoint.version === 1) return checkpoint
  throw new RunFailure('destination_refused', 'The tables were written by a later version of Penstock.', {
    advice: 'Use that version, or choose another schema.',
  })
}
