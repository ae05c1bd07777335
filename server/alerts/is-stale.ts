import { ScheduleRefused } from '../pipelines/parse-cron.ts'
import { nextRuns } from '../pipelines/next-runs.ts'
import type { Freshness } from '../store/alert-condition-rows.ts'

/** What a run needs to end, and a little patience. */
const graceMs = 5 * 60_000

/**
 * Whether a pipeline's data is older than its schedule promises: two starts in a row passed without a good run, after the
 * last pause. The very first run may take its time, as it reads everything there is. A schedule that this version of Penstock cannot read
 * promises nothing: it must not keep the other pipelines from being looked at.
 */
export function isStale(
  { schedule, freshAt, publishedAt, resumedAt, isRunning }: Freshness,
  now: Date,
): boolean {
  if (freshAt === undefined && isRunning) return false
  const second = secondStart(schedule, resumedAt ?? freshAt ?? publishedAt)
  return second !== undefined && now.getTime() > second.getTime() + graceMs
}

function secondStart(schedule: Freshness['schedule'], from: Date): Date | undefined {
  try {
    return nextRuns(schedule, from, 2)[1]
  } catch (error) {
    if (error instanceof ScheduleRefused) return undefined
    throw error
  }
}
