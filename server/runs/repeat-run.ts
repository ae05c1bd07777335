import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findRun, listRunObjects } from '../store/run-rows.ts'
import { startRunInside } from './start-run.ts'

/**
 * Starts a run for the objects that did not end well in an earlier one: failed, skipped or cancelled. Those that the published version
 * no longer has are left out. Throws as `startRun`, and `CONFLICT` where there is nothing to retry.
 */
export async function retryFailed(
  actor: Actor,
  { id }: { readonly id: string },
): Promise<{ readonly runId: string }> {
  return await actor.transaction(async (tx) => {
    const run = await findRun(tx, actor.workspaceId, id)
    if (!run) throw new DomainError('NOT_FOUND', 'There is no such run.')
    if (run.state === 'queued' || run.state === 'running')
      throw new DomainError('CONFLICT', 'The run is still under way.')
    const objects = await listRunObjects(tx, actor.workspaceId, id)
    const only = objects
      .filter(({ state }) => state !== 'done' && state !== 'warning')
      .map(({ object }) => object)
    if (only.length === 0)
      throw new DomainError('CONFLICT', 'Every object of this run ended well: there is nothing to retry.')
    return await startRunInside(tx, actor, {
      pipelineId: run.pipelineId,
      only,
      fullRefresh: run.fullRefresh,
      trigger: 'retry',
    })
  })
}

/**
 * Reads objects from their beginning into a table beside the present one, which takes its place when it is complete. Throws as `startRun`.
 */
export async function resyncObjects(
  actor: Actor,
  { pipelineId, objects }: { readonly pipelineId: string; readonly objects: readonly string[] },
): Promise<{ readonly runId: string }> {
  return await actor.transaction((tx) =>
    startRunInside(tx, actor, { pipelineId, only: objects, fullRefresh: true, trigger: 'resync' }),
  )
}
