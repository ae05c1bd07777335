import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findPipeline } from '../store/pipeline-rows.ts'
import { listSkipped } from '../store/tick-rows.ts'
import type { SkippedTickRow } from '../store/tick-rows.ts'

export interface SkippedTick {
  readonly scheduledFor: string
  readonly reason: SkippedTickRow['reason']
  /** still_running: the run that stood in the way. missed: the one that made up for it. */
  readonly runId: string | null
  readonly at: string
}

/** The last 100 moments at which a pipeline's schedule started no run of their own. Throws `NOT_FOUND`. */
export async function listSkippedTicks(
  actor: Actor,
  { pipelineId }: { readonly pipelineId: string },
): Promise<{ readonly items: SkippedTick[] }> {
  const rows = await actor.transaction(async (tx) => {
    if (!(await findPipeline(tx, actor.workspaceId, pipelineId)))
      throw new DomainError('NOT_FOUND', 'There is no such pipeline.')
    return await listSkipped(tx, actor.workspaceId, pipelineId, 100)
  })
  return {
    items: rows.map(({ scheduledFor, reason, runId, at }) => ({
      scheduledFor: scheduledFor.toISOString(),
      reason,
      runId,
      at: at.toISOString(),
    })),
  }
}
