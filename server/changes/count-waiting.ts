import type { Actor } from '../actor.ts'
import { countWaitingChanges } from '../store/change-rows.ts'

/** How many schema changes of a pipeline, or of all of them, wait for a person: one statement, however many there are. */
export async function countWaiting(
  actor: Actor,
  { pipelineId }: { readonly pipelineId?: string | undefined },
): Promise<{ readonly waiting: number }> {
  const waiting = await actor.transaction((tx) => countWaitingChanges(tx, actor.workspaceId, pipelineId))
  return { waiting }
}
