import type { OpenWindow, VanishedRecord } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { granularityOf, slack } from './granularity.ts'

/** How many records a read looks for once more; the others wait for the next one. */
const mostSought = 500

/**
 * A record that is listed, and then not to be found, was most likely deleted in between. But a 404 may also be a moment's: without a
 * change the record would stay marked as deleted for ever. So the next read lists it once more, where these windows do not do so anyway,
 * and asks for it again if it is still there. The same is done, and first, for records of which the API failed to give everything.
 * Gives all windows of that read.
 */
export function lookForVanished(
  windows: readonly OpenWindow[],
  vanished: readonly VanishedRecord[],
  rule: CheckpointRule,
): readonly OpenWindow[] {
  const sought = vanished
    .toSorted((a, b) => Number(b.unread !== undefined) - Number(a.unread !== undefined))
    .slice(0, mostSought)
    .toSorted((a, b) => a.time - b.time)
  if (sought.length === 0) return windows
  const met = sought.filter((one) => windows.some((window) => covers(window, one, rule)))
  const own = sought.filter((one) => !met.includes(one))
  return [...windows.map((window) => alsoFor(met, window)), ...ownWindows(own, rule)]
}

/** Whether this window lists whatever changed around that time, however coarse the API's filter is. */
function covers(
  { after, before, partition }: OpenWindow,
  one: VanishedRecord,
  rule: CheckpointRule,
): boolean {
  if (partition !== one.partition) return false
  if (rule.filter === 'client') return rule.newestFirst !== true
  const bounds = boundsOf(one, rule)
  return (after ?? 0) <= bounds.after && bounds.before <= (before ?? Infinity)
}

function alsoFor(met: readonly VanishedRecord[], window: OpenWindow): OpenWindow {
  const keys = met.filter(({ partition }) => partition === window.partition).map(({ key }) => key)
  return keys.length === 0 ? window : { ...window, vanished: keys }
}

/** A window around each of them; one for those whose windows would overlap. */
function ownWindows(sought: readonly VanishedRecord[], rule: CheckpointRule): readonly OpenWindow[] {
  const longest = (rule.longestDays ?? Infinity) * 86_400
  const windows: (OpenWindow & { after: number; before: number; vanished: string[] })[] = []
  for (const one of sought) {
    const { after, before } = boundsOf(one, rule)
    const near = windows.find(
      (window) =>
        window.partition === one.partition && after <= window.before && before - window.after <= longest,
    )
    if (near) {
      near.before = before
      near.vanished.push(one.key)
    } else {
      const { partition, key } = one
      windows.push({
        ...(partition === undefined ? {} : { partition }),
        after,
        before,
        vanished: [key],
        only: true,
      })
    }
  }
  return windows
}

function boundsOf({ time }: VanishedRecord, rule: CheckpointRule): { after: number; before: number } {
  const breadth = slack[granularityOf(rule)]
  return { after: Math.max(0, Math.floor(time) - breadth), before: Math.ceil(time) + breadth }
}
