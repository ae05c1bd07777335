import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { Earned, CommitResult, RunCounts, StoredTable } from '../engine/destination.ts'
import { RunFailure } from '../engine/failures.ts'
import { withWritten } from '../engine/run-counts.ts'
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

/**
 * A checkpoint as it is stored: what the run that moved it there had counted by then is a member of its text, so that both land together
 * and tables of an earlier version need no other column.
 */
type StoredCheckpoint = Checkpoint & { readonly counted?: StoredTable['counted'] }

/** The texts of the checkpoints that rows earned, by object. `written`: what became of those rows. */
export function checkpointTexts(
  run: string,
  { checkpoints, counts }: Earned,
  written: CommitResult,
): ReadonlyMap<string, string> {
  return new Map(
    [...checkpoints].map(([object, checkpoint]) => {
      const known = counts?.get(object)
      const counted = known && { run, counts: withWritten(known, written.get(object)) }
      const stored: StoredCheckpoint = { ...checkpoint, counted }
      return [object, JSON.stringify(stored)]
    }),
  )
}

/** The text of a checkpoint up to the three counts that a database adds by itself: `"loaded":1,"unchanged":2,"deleted":3}}}`. */
export function countedBeginning(
  run: string,
  checkpoint: Checkpoint,
  { extracted, filtered, rejected, capped, vanished }: RunCounts,
): string {
  const counts = { extracted, filtered, rejected, capped, vanished }
  const text = JSON.stringify({ ...checkpoint, counted: { run, counts } })
  return `${text.slice(0, -'}}}'.length)},`
}

/** What a run had counted of an object, as it stands in a checkpoint's text. Undefined where another run moved it there, or did not say. */
export function parseCounts(text: string | null, run: string): RunCounts | undefined {
  const counted = parseCounted(text)
  return counted?.run === run ? counted.counts : undefined
}

/** Which run moved the checkpoint last, and what it had counted by then. */
export function parseCounted(text: string | null): StoredTable['counted'] {
  if (text === null) return undefined
  const { counted }: StoredCheckpoint = JSON.parse(text)
  return counted
}

/** The checkpoint that stands beside the rows. One of a later version is refused: what it claims is not known here. */
export function parseCheckpoint(text: string | null): Checkpoint | undefined {
  if (text === null) return undefined
  const { counted: _, ...checkpoint }: StoredCheckpoint = JSON.parse(text)
  if (checkpoint.version === 1) return checkpoint
  throw new RunFailure('destination_refused', 'The tables were written by a later version of Penstock.', {
    advice: 'Use that version, or choose another schema.',
  })
}
