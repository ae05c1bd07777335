import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type {
  Column,
  Commit,
  Row,
  RunCounts,
  TableBatch,
  TableSpec,
} from '@penstock/server/engine/destination.ts'
import { landedOf, RunTally } from '@penstock/server/engine/run-tally.ts'

/** contacts: id, name, updated_at. */
export const contacts: TableSpec = {
  object: 'contacts',
  columns: [
    { field: 'id', type: 'text' },
    { field: 'name', type: 'text' },
    { field: 'updated_at', type: 'integer' },
  ],
  primaryKey: ['id'],
  versionField: 'updated_at',
}

/** contact_tag: the tags of a contact. */
export const contactTag: TableSpec = {
  object: 'contact_tag',
  columns: [
    { field: 'contact_id', type: 'text' },
    { field: 'tag_id', type: 'text' },
    { field: 'applied_at', type: 'integer' },
  ],
  primaryKey: ['contact_id', 'tag_id'],
  parentKey: ['contact_id'],
}

/** A table of one text key and these columns. */
export function tableOf(columns: readonly Column[], object = 'things'): TableSpec {
  return { object, columns: [{ field: 'id', type: 'text' }, ...columns], primaryKey: ['id'] }
}

export function through(second: number): Checkpoint {
  return { version: 1, through: second }
}

/** What a run has counted that begins. */
export const none: RunCounts = landedOf(new RunTally().of('things'))

/** Rows of `contacts`, each in its first version. */
export const threeContacts: readonly Row[] = [
  ['a', 'Ada', 1],
  ['b', 'Bo', 1],
  ['c', 'Cy', 1],
]

/** A commit of one table's rows. */
export function commitOf(object: string, rows: readonly Row[], more: Partial<TableBatch> = {}): Commit {
  return { batches: [{ object, rows, ...more }], rejected: [], checkpoints: new Map() }
}
