import type { ObjectFreshness, RecentRun } from '../store/pipeline-summary-rows.ts'

/** Of a pipeline's last runs, newest first, those that must be looked at: back to the newest that succeeded for all of its objects. */
export function runsThatTell(runs: readonly RecentRun[]): readonly RecentRun[] {
  const whole = runs.findIndex(({ state, only }) => state === 'succeeded' && only === null)
  return whole < 0 ? runs : runs.slice(0, whole + 1)
}

/**
 * Up to when every change is in the destination, in every object of the pipeline: the oldest of what is claimed for each by its newest
 * checkpoint, or, where a run ended well without one, by the moment that run began. Null: some object has never landed.
 */
export function findFreshAsOf(
  objects: readonly string[],
  runs: readonly RecentRun[],
  freshness: ReadonlyMap<string, readonly ObjectFreshness[]>,
): string | null {
  const newest = new Map<string, number>()
  for (const run of runs) {
    for (const { object, through, done } of freshness.get(run.id) ?? []) {
      if (newest.has(object)) continue
      const ms = through === null ? (done ? startOf(run) : undefined) : through * 1000
      if (ms !== undefined) newest.set(object, ms)
    }
  }
  const claims = objects.map((object) => newest.get(object))
  const oldest = Math.min(...claims.map((ms) => ms ?? -Infinity))
  return Number.isFinite(oldest) ? new Date(oldest).toISOString() : null
}

function startOf({ started_at }: RecentRun): number | undefined {
  return started_at === null ? undefined : Date.parse(started_at)
}
