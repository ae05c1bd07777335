import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { lockPipeline } from '../pipelines/require-pipeline.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listChangeRows, updateDecisions } from '../store/change-rows.ts'
import type { ChangeRow, NewDecision } from '../store/change-rows.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import type { Decision } from '../store/tables/pipelines.ts'
import { describeChange } from './list-changes.ts'
import type { ListedChange } from './list-changes.ts'

/** What is decided about changes. `continues` belongs to `continue`, which is about one new field. */
export interface ChangeDecision {
  readonly ids: readonly string[]
  readonly decision: Decision
  readonly continues?: string | undefined
}

/**
 * Decides what happens to fields that runs found: replicate, hash, exclude, or go on with the column of a field that vanished. It counts from
 * the pipeline's next run on, without publishing. Answers the changes as they stand now. Throws `NOT_FOUND` where one of them is none of this
 * workspace, and `INVALID` where a field cannot go on with that column; then nothing is decided.
 */
export async function decideChanges(
  actor: Actor,
  { ids, decision, continues }: ChangeDecision,
): Promise<{ readonly items: ListedChange[] }> {
  const at = new Date(actor.services.clock.now())
  return await writeDecisions(actor, ids, { decision, continues, by: actor.userId, at })
}

/** Takes decisions back: the changes wait again. Throws `NOT_FOUND` as `decideChanges` does. */
export async function undoChanges(
  actor: Actor,
  input: { readonly ids: readonly string[] },
): Promise<{ readonly items: ListedChange[] }> {
  return await writeDecisions(actor, input.ids, null)
}

async function writeDecisions(
  actor: Actor,
  ids: readonly string[],
  decided: NewDecision | null,
): Promise<{ readonly items: ListedChange[] }> {
  const { workspaceId } = actor
  const distinct = [...new Set(ids)]
  const filter = { ids: distinct, limit: distinct.length }
  return await actor.transaction(async (tx) => {
    const rows = await listChangeRows(tx, workspaceId, filter)
    if (rows.length < distinct.length)
      throw new DomainError('NOT_FOUND', 'One of these schema changes is not in this workspace.')
    if (decided?.decision === 'continue') await requireContinuable(tx, actor, rows, decided.continues)
    await updateDecisions(tx, workspaceId, distinct, decided)
    for (const row of rows) await noteDecision(tx, actor, row, decided)
    await announceChange(tx, { workspaceId })
    const now = await listChangeRows(tx, workspaceId, filter)
    return { items: now.map(describeChange) }
  })
}

/** A new name goes on with one column, which no other name goes on with already. */
async function requireContinuable(
  tx: Tx,
  actor: Actor,
  rows: readonly ChangeRow[],
  continues: string | undefined,
): Promise<void> {
  const [row, another] = rows
  if (!row || another || continues === undefined)
    throw new DomainError('INVALID', 'Say for one new field which field it is the new name of.')
  if (row.kind !== 'added' || row.own !== null || !row.vanished.includes(continues))
    throw new DomainError(
      'INVALID',
      `${row.object}.${row.field} cannot go on with ${continues}: that has to be a field of the same object that vanished, and the pipeline itself may say nothing of the new one.`,
    )
  const { pipelineId, object, id } = row
  // Of two who choose one column at once, the second sees what the first chose.
  await lockPipeline(tx, actor, pipelineId)
  const siblings = await listChangeRows(tx, actor.workspaceId, { pipelineId, open: false, limit: 10_000 })
  const taken = siblings.find((one) => one.id !== id && one.object === object && one.continues === continues)
  if (taken)
    throw new DomainError('INVALID', `${taken.object}.${taken.field} goes on with ${continues} already.`)
}

async function noteDecision(
  tx: Tx,
  actor: Actor,
  row: ChangeRow,
  decided: NewDecision | null,
): Promise<void> {
  const { id, pipelineId, pipelineName, object, field, kind } = row
  const decision = decided?.decision ?? null
  const continues = decided?.continues ?? null
  if (row.decision === decision && row.continues === continues) return
  await recordAudit(tx, actor, {
    action: decision === null ? 'change.undo' : 'change.decide',
    subject: { type: 'schema_change', id, name: `${pipelineName}: ${object}.${field}` },
    before: { decision: row.decision },
    after: { decision, pipelineId, object, field, kind, ...(continues === null ? {} : { continues }) },
  })
}
