import type { RunCounts, Written } from './destination.ts'
import type { RowUnit } from './row-unit.ts'
import { landedOf, type RunTally } from './run-tally.ts'

/**
 * What these objects will have counted once the units have landed, but for what only the destination finds out. `repeats` never reach it:
 * they were there already.
 */
export function countUnits(
  tally: RunTally,
  objects: Iterable<string>,
  { units, repeats }: { readonly units: readonly RowUnit[]; readonly repeats: ReadonlyMap<string, number> },
): ReadonlyMap<string, Required<RunCounts>> {
  const all = new Map([...objects].map((object) => [object, landedOf(tally.of(object))]))
  for (const unit of units) {
    for (const [object, { extracted, filtered, unchanged, capped, vanished }] of unit.tables) {
      const counts = all.get(object)
      if (!counts) continue
      counts.extracted += extracted
      counts.filtered += filtered
      counts.unchanged += unchanged
      counts.capped += capped
      counts.vanished += vanished
    }
    for (const { object } of unit.rejected) {
      const counts = all.get(object)
      if (counts) counts.rejected++
    }
  }
  for (const [object, counts] of all) counts.unchanged += repeats.get(object) ?? 0
  return all
}

/** Counts with what a destination did beside. */
export function withWritten(counts: RunCounts, written: Written | undefined): RunCounts {
  if (!written) return counts
  return {
    ...counts,
    loaded: counts.loaded + written.loaded,
    unchanged: counts.unchanged + written.unchanged,
    deleted: counts.deleted + written.deleted,
  }
}
