import type { Pipeline, Schedule } from '@penstock/schemas/generated/pipeline.ts'
import type { Tx } from '../store/database.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import { nextRuns } from './next-runs.ts'

/** When a schedule starts its next run after a moment; null: by hand only. */
export function nextRunAfter(schedule: Schedule | undefined, after: Date): Date | null {
  return schedule === undefined ? null : (nextRuns(schedule, after, 1)[0] ?? null)
}

/**
 * Writes when the schedule of a published document starts a run next, after `after`: null where it is paused, or runs by hand only.
 * Whoever publishes, pauses, resumes or starts a scheduled run calls it in the same transaction, under the pipeline's lock.
 */
export async function setNextRun(
  tx: Tx,
  workspaceId: string,
  pipeline: {
    readonly id: string
    readonly published: Pick<Pipeline, 'schedule'> | null
    readonly pausedAt: Date | null
  },
  after: Date,
): Promise<Date | null> {
  const { id, published, pausedAt } = pipeline
  const nextRunAt = pausedAt || !published ? null : nextRunAfter(published.schedule, after)
  await updatePipeline(tx, workspaceId, id, { nextRunAt })
  return nextRunAt
}
