import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { isStorable } from '../api/stored-text.ts'
import { guessSensitive } from '../engine/guess-sensitive.ts'
import { upsertChanges } from '../store/change-rows.ts'
import type { Tx } from '../store/database.ts'

/** The run that found something. */
export interface FindingRun {
  readonly id: string
  readonly workspaceId: string
  readonly pipelineId: string
}

/**
 * Puts what a run found into the inbox, when the run has ended: each field of an object once for each kind of change, however many runs meet
 * it, with what the last of them did about it. A decision that was made stays. Answers what was not there before, and how many of those
 * landed nothing and wait for a decision. A field whose name PostgreSQL cannot keep is in no inbox: the others are all the same.
 */
export async function recordSchemaChanges(
  tx: Tx,
  run: FindingRun,
  changes: readonly SchemaChange[],
): Promise<{ readonly added: number; readonly waiting: number }> {
  // A statement may name a row once only; the first word about a field is kept.
  const distinct = new Map(changes.toReversed().map((change) => [keyOf(change), change]))
  const storable = [...distinct.values()].filter(({ field }) => isStorable(field))
  const found = storable.map(({ object, field, kind, exampleType, applied, firstSeen }) => ({
    object,
    field,
    kind,
    exampleType,
    applied,
    firstSeen,
    looksSensitive: guessSensitive(field, undefined) ?? null,
  }))
  const fresh = await upsertChanges(tx, run.workspaceId, run, found)
  const waiting = fresh.filter(({ applied, kind }) => applied === 'none' && kind !== 'removed')
  return { added: fresh.length, waiting: waiting.length }
}

function keyOf({ object, field, kind }: SchemaChange): string {
  return JSON.stringify([object, field, kind])
}
