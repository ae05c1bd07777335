import type { CronExpression } from 'cron-parser'
import { firingDays } from './cron-days.ts'
import { listFirings, timesOfDay } from './list-firings.ts'
import { besideTransitionMs, distinctTransitions } from './find-short-gap.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** So many firings tell how far apart rare days are. */
const firingsLookedAt = 8

/**
 * The shortest time between two runs that a cron expression will ever have, in minutes: between the times of a day, over midnight, between
 * its days, and where the zone's clocks change. The expression must fire at all.
 */
export function findShortestGap(expression: CronExpression, zone: string, fromMs: number): number {
  const times = timesOfDay(expression)
  const wrap = 24 * 60 + (times[0] ?? 0) - (times.at(-1) ?? 0)
  const twoDays = firingDays(expression.fields, Math.floor(fromMs / dayMs), 1, 'day and next').length > 0
  const gaps = [
    ...times.slice(1).map((time, index) => time - (times[index] ?? 0)),
    ...(twoDays ? [wrap] : []),
    ...(times.length === 1 && !twoDays ? gapsBetween(expression, zone, fromMs, undefined) : []),
  ]
  // A day is an hour shorter, for who fires but a few times in it.
  const besideMs = times.length <= 4 ? dayMs + besideTransitionMs : besideTransitionMs
  for (const { atMs } of distinctTransitions(expression, zone, fromMs))
    gaps.push(...gapsBetween(expression, zone, atMs - besideMs, atMs + besideMs))
  return Math.min(...gaps)
}

/** The minutes between firings, from a moment until the first firing after another; without one, between the next few. */
function gapsBetween(
  expression: CronExpression,
  zone: string,
  startMs: number,
  endMs: number | undefined,
): readonly number[] {
  const gaps: number[] = []
  let firstMs: number | undefined
  for (const secondMs of listFirings(expression, zone, startMs)) {
    if (firstMs !== undefined) gaps.push((secondMs - firstMs) / minuteMs)
    if (endMs === undefined ? gaps.length >= firingsLookedAt : secondMs >= endMs) break
    firstMs = secondMs
  }
  return gaps
}
