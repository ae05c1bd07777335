import type { Schedule } from '@penstock/schemas/generated/pipeline.ts'
import { findShortGap, shortestGapMinutes } from './find-short-gap.ts'
import type { ShortGap } from './find-short-gap.ts'
import { intervalMs } from './next-runs.ts'
import { parseCron, ScheduleRefused } from './parse-cron.ts'
import type { Problem } from './problem.ts'

/** Whether the schedule can be understood, ever fires, and never fires twice within 15 minutes from `now` on. */
export function validateSchedule(schedule: Schedule | undefined, now: Date): readonly Problem[] {
  if (schedule === undefined) return []
  try {
    if ('every' in schedule) {
      intervalMs(schedule.every)
      return []
    }
    return gapProblems(schedule.cron, schedule.timezone ?? 'UTC', now)
  } catch (error) {
    if (!(error instanceof ScheduleRefused)) throw error
    return [{ pointer: `/schedule/${error.part}`, message: error.message, fix: error.fix }]
  }
}

function gapProblems(cron: string, zone: string, now: Date): readonly Problem[] {
  const gap = findShortGap(parseCron(cron, zone), zone, now.getTime())
  const pointer = '/schedule/cron'
  if (gap === undefined) return []
  if (gap === 'never_fires')
    return [
      { pointer, message: `"${cron}" never fires: no such day exists.`, fix: 'Choose days that exist.' },
    ]
  return [
    {
      pointer,
      message: `"${cron}" fires twice within ${shortestGapMinutes} minutes: ${describe(gap, zone)}.`,
      fix: `Leave ${shortestGapMinutes} minutes or more between any two runs, also over midnight and when clocks change; for instance */20.`,
    },
  ]
}

function describe({ firstMs, secondMs }: ShortGap, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short', dateStyle: undefined })
  const minutes = Math.round((secondMs - firstMs) / 60_000)
  return `on ${format.format(firstMs)} and again at ${time.format(secondMs)} (${zone}), ${minutes} min later`
}
