import type { SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { hiddenPaths, type Protection } from './protect-tree.ts'
import type { ShapeColumn } from './table-shape.ts'

/** What is remembered of a column from run to run, beside its type. */
export interface ColumnNote {
  readonly action: Protection
  readonly kind: SensitiveKind
  /** When a field that the manifest does not know was first met, ISO 8601. */
  readonly firstSeen?: string
  /** Every record that was ever shaped had the field. */
  readonly always: boolean
  /** Paths inside it that were hashed or left out. Absent: an earlier version wrote the note, and nobody knows. */
  readonly hidden?: readonly string[]
}

/** A column's note as text. `records` is how many records this run shaped. */
export function writeNote(column: ShapeColumn, records: number, before: ColumnNote | undefined): string {
  const always =
    records === 0 ? (before?.always ?? false) : column.seen >= records && (before?.always ?? true)
  const { action, kind } = column.protection
  const hidden = hiddenPaths(column.protection)
  return JSON.stringify({ action, kind, firstSeen: column.firstSeen, always, hidden })
}

/** Reads a note back. A column without one was replicated. */
export function readNote(note: string | undefined): ColumnNote {
  const plain: ColumnNote = { action: 'replicate', kind: 'free_text', always: false }
  if (note === undefined || note === '') return plain
  const parsed: Partial<ColumnNote> = JSON.parse(note)
  return { ...plain, ...parsed }
}
