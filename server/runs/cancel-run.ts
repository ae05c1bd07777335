import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { announceChange } from '../store/event-rows.ts'
import { cancelQueued, lockRun, requestCancel } from '../store/run-rows.ts'

/**
 * Ends a run at its next checkpoint, within a second where a worker carries it; one that still waits ends at once. Once more for the
 * same run is no error while it goes on. Throws `NOT_FOUND`, and `CONFLICT` for a run that has ended.
 */
export async function cancelRun(
  actor: Actor,
  { id }: { readonly id: string },
): Promise<{ readonly runId: string }> {
  const { workspaceId } = actor
  const carried = await actor.transaction(async (tx) => {
    const run = await lockRun(tx, workspaceId, id)
    if (!run) throw new DomainError('NOT_FOUND', 'There is no such run.')
    if (run.state !== 'queued' && run.state !== 'running')
      throw new DomainError('CONFLICT', 'The run has ended already.')
    if (run.state === 'queued') await cancelQueued(tx, workspaceId, id)
    else await requestCancel(tx, workspaceId, id)
    await recordAudit(tx, actor, { action: 'run.cancel', subject: { type: 'run', id } })
    await announceChange(tx, { workspaceId, runId: id, list: true })
    return run.state === 'running'
  })
  if (carried) await actor.services.queue.announceCancel(id)
  return { runId: id }
}
