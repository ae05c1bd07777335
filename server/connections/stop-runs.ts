import type { Actor } from '../actor.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import { cancelQueued, lockRun, requestCancel } from '../store/run-rows.ts'
import { listRunsUsing } from '../store/wipe-rows.ts'

/**
 * Ends the runs that read from, or write to, a connection: those that wait at once, those under way at their next checkpoint. Gives back
 * the ones that a worker carries: call `announceCancel` for each when the transaction has committed.
 */
export async function stopRunsOf(tx: Tx, actor: Actor, connectionId: string): Promise<readonly string[]> {
  const { workspaceId } = actor
  const carried: string[] = []
  for (const runId of await listRunsUsing(tx, workspaceId, connectionId)) {
    const run = await lockRun(tx, workspaceId, runId)
    if (run?.state === 'queued') await cancelQueued(tx, workspaceId, runId)
    if (run?.state === 'running') {
      await requestCancel(tx, workspaceId, runId)
      carried.push(runId)
    }
    await announceChange(tx, { workspaceId, runId })
  }
  return carried
}
