import type { CronSchedule, Schedule } from '@penstock/schemas/generated/pipeline.ts'
import { listFirings } from './list-firings.ts'
import { parseCron, ScheduleRefused } from './parse-cron.ts'

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const longestMs = 86_400_000
const shortestMs = 15 * 60_000

/**
 * The next `count` moments at which the schedule starts a run, after `from`. An interval counts from the Unix epoch, so that 15m means
 * at :00, :15, :30 and :45, and 1d at midnight UTC, whenever the server was started. Throws `ScheduleRefused`.
 */
export function nextRuns(schedule: Schedule, from: Date, count: number): readonly Date[] {
  if ('cron' in schedule) {
    return nextFirings(schedule, from, count)
  }
  const every = intervalMs(schedule.every)
  const last = Math.floor(from.getTime() / every)
  return Array.from({ length: count }, (_, index) => new Date((last + 1 + index) * every))
}

function nextFirings(schedule: CronSchedule, from: Date, count: number): readonly Date[] {
  const zone = schedule.timezone ?? 'UTC'
  const found: Date[] = []
  for (const ms of listFirings(parseCron(schedule.cron, zone), zone, from.getTime())) {
    if (found.push(new Date(ms)) >= count) break
  }
  return found
}

/** `15m`, `2h`, `1d` in milliseconds; from 15 minutes to a day. Throws `ScheduleRefused`. */
export function intervalMs(every: string): number {
  const [, number, unit] = /^([1-9][0-9]{0,4})([mhd])$/.exec(every) ?? []
  if (number === undefined || (unit !== 'm' && unit !== 'h' && unit !== 'd'))
    throw new ScheduleRefused(
      'every',
      `"${every}" is not an interval.`,
      'Write a number and m, h or d: 15m, 2h, 1d.',
    )
  const ms = Number(number) * unitMs[unit]
  if (ms < shortestMs)
    throw new ScheduleRefused(
      'every',
      `${every} is less than 15 minutes.`,
      'Use 15m or more: a run needs time to finish.',
    )
  if (ms > longestMs)
    throw new ScheduleRefused(
      'every',
      `${every} is more than a day.`,
      'Use 1d or less, or a cron expression.',
    )
  return ms
}
