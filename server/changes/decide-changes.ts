import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listChangeRows, updateDecisions } from '../store/change-rows.ts'
import { announceChange } from '../store/event-rows.ts'
import type { Decision } from '../store/tables/pipelines.ts'
import { describeChange } from './list-changes.ts'
import type { ListedChange } from './list-changes.ts'

/**
 * Decides what happens to fields that runs found: replicate, hash or exclude. It counts from the pipeline's next run on, without publishing.
 * Answers the changes as they stand now. Throws `NOT_FOUND` where one of them is none of this workspace, and then decides nothing.
 */
export async function decideChanges(
  actor: Actor,
  input: { readonly ids: readonly string[]; readonly decision: Decision },
): Promise<{ readonly items: ListedChange[] }> {
  return await writeDecisions(actor, input.ids, input.decision)
}

/** Takes decisions back: the changes wait again. Throws as `decideChanges` does. */
export async function undoChanges(
  actor: Actor,
  input: { readonly ids: readonly string[] },
): Promise<{ readonly items: ListedChange[] }> {
  return await writeDecisions(actor, input.ids, null)
}

async function writeDecisions(
  actor: Actor,
  ids: readonly string[],
  decision: Decision | null,
): Promise<{ readonly items: ListedChange[] }> {
  const { workspaceId } = actor
  const distinct = [...new Set(ids)]
  const filter = { ids: distinct, limit: distinct.length }
  return await actor.transaction(async (tx) => {
    const rows = await listChangeRows(tx, workspaceId, filter)
    if (rows.length < distinct.length)
      throw new DomainError('NOT_FOUND', 'One of these schema changes is not in this workspace.')
    const at = new Date(actor.services.clock.now())
    const decided = decision === null ? null : { decision, by: actor.userId, at }
    await updateDecisions(tx, workspaceId, distinct, decided)
    for (const row of rows) {
      if (row.decision === decision) continue
      await recordAudit(tx, actor, {
        action: decision === null ? 'change.undo' : 'change.decide',
        subject: {
          type: 'schema_change',
          id: row.id,
          name: `${row.pipelineName}: ${row.object}.${row.field}`,
        },
        before: { decision: row.decision },
        after: { decision, pipelineId: row.pipelineId, object: row.object, field: row.field, kind: row.kind },
      })
    }
    await announceChange(tx, { workspaceId })
    const now = await listChangeRows(tx, workspaceId, filter)
    return { items: now.map(describeChange) }
  })
}
