import { nextRuns } from '../pipelines/next-runs.ts'
import type { Freshness } from '../store/alert-condition-rows.ts'

/** What a run needs to end, and a little patience. */
const graceMs = 5 * 60_000

/**
 * Whether a pipeline's data is older than its schedule promises: two starts in a row passed without a good run. The very first run may
 * take its time, as it reads everything there is.
 */
export function isStale({ schedule, freshAt, publishedAt, isRunning }: Freshness, now: Date): boolean {
  if (freshAt === undefined && isRunning) return false
  const [, second] = nextRuns(schedule, freshAt ?? publishedAt, 2)
  return second !== undefined && now.getTime() > second.getTime() + graceMs
}
