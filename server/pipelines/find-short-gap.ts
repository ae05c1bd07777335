import type { CronExpression } from 'cron-parser'
import { firesOnDay, firingDays } from './cron-days.ts'
import { listFirings, timesOfDay } from './list-firings.ts'
import { zoneTransitions } from './zone-transitions.ts'
import type { Transition } from './zone-transitions.ts'

/** The shortest time between two runs of a pipeline. */
export const shortestGapMinutes = 15

/** Two moments at which an expression fires, one after the other, too close together. Unix milliseconds. */
export interface ShortGap {
  readonly firstMs: number
  readonly secondMs: number
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Clocks move by an hour, or half of one, so all they can bring together lies within a few. */
export const besideTransitionMs = 4 * 60 * minuteMs
/** Two calendar cycles of 28 years, and as far as the time zone database foresees zones whose clocks follow the moon. */
const horizonMs = 60 * 365.25 * dayMs

/**
 * Finds whether a cron expression ever fires twice within 15 minutes, from `fromMs` on: `never_fires`, a pair of moments, or undefined.
 *
 * Every day on which it fires has the same times, so three places need looking at, and nothing else: between the times of a day, over
 * midnight where two days in a row fire, and around each change of the zone's clocks. Those of the last kind that look alike (same
 * clock times, same days firing around them) are looked at once. What is found is the expression's own next two moments, never an inference.
 */
export function findShortGap(
  expression: CronExpression,
  zone: string,
  fromMs: number,
): ShortGap | 'never_fires' | undefined {
  const { fields } = expression
  const today = Math.floor(fromMs / dayMs)
  if (firingDays(fields, today, 1).length === 0) return 'never_fires'
  const times = timesOfDay(expression)
  const days = [
    ...(hasShortStep(times) ? firingDays(fields, today, 3) : []),
    ...(isShortOverMidnight(times) ? firingDays(fields, today, 3, 'day and next') : []),
  ]
  for (const day of days) {
    const gap = firstShortGap(expression, zone, (day - 1) * dayMs, (day + 3) * dayMs)
    if (gap) return gap
  }
  for (const { atMs } of distinctTransitions(expression, zone, fromMs)) {
    const gap = firstShortGap(expression, zone, atMs - besideTransitionMs, atMs + besideTransitionMs)
    if (gap) return gap
  }
  return undefined
}

function hasShortStep(times: readonly number[]): boolean {
  return times.some((time, index) => time - (times[index - 1] ?? -Infinity) < shortestGapMinutes)
}

function isShortOverMidnight(times: readonly number[]): boolean {
  return 24 * 60 + (times[0] ?? 0) - (times.at(-1) ?? 0) < shortestGapMinutes
}

/** One transition for each situation: the clock before and after, and which of the three days around it fire. */
export function distinctTransitions(
  expression: CronExpression,
  zone: string,
  fromMs: number,
): Iterable<Transition> {
  const situations = new Map<string, Transition>()
  for (const transition of zoneTransitions(zone, fromMs, fromMs + horizonMs)) {
    const localMs = transition.atMs + transition.offsetBefore * minuteMs
    const day = Math.floor(localMs / dayMs)
    const fires = [-1, 0, 1].map((offset) => firesOnDay(expression.fields, day + offset))
    if (!fires.includes(true)) continue
    const clock = `${localMs % dayMs} ${transition.offsetAfter - transition.offsetBefore}`
    const key = `${clock} ${fires.join()}`
    if (!situations.has(key)) situations.set(key, transition)
  }
  return situations.values()
}

function firstShortGap(
  expression: CronExpression,
  zone: string,
  startMs: number,
  endMs: number,
): ShortGap | undefined {
  let firstMs: number | undefined
  for (const secondMs of listFirings(expression, zone, startMs)) {
    if (firstMs !== undefined && secondMs - firstMs < shortestGapMinutes * minuteMs)
      return { firstMs, secondMs }
    if (secondMs >= endMs) break
    firstMs = secondMs
  }
  return undefined
}
