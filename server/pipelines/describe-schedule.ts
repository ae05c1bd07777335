import { intervalMs } from './next-runs.ts'
import { describeDays, describeTimes } from './describe-cron.ts'
import { ScheduleRefused } from './parse-cron.ts'

/**
 * A schedule in words, to stand after "runs": `every 15 minutes`, `hourly`, `at 06:00 and 18:00 on weekdays (Europe/Dublin)`, `by hand only`.
 * It is total: what is no schedule is shown as it stands, and a cron expression that has no short sentence is quoted.
 */
export function describeSchedule(schedule: unknown): string {
  if (schedule === undefined || schedule === null) return 'by hand only'
  if (typeof schedule !== 'object') return quoted(schedule)
  if ('every' in schedule) return describeInterval(schedule.every)
  if (!('cron' in schedule) || typeof schedule.cron !== 'string') return quoted(schedule)
  return `${describeCron(schedule.cron)} (${scheduleZone(schedule)})`
}

/** The time zone by whose clocks a schedule counts; null: by hand only, or it is no schedule. It is total, as a draft may hold anything there. */
export function scheduleZone(schedule: unknown): string | null {
  if (typeof schedule !== 'object' || schedule === null) return null
  return 'timezone' in schedule && typeof schedule.timezone === 'string' ? schedule.timezone : 'UTC'
}

function describeInterval(every: unknown): string {
  if (typeof every !== 'string') return quoted(every)
  try {
    const minutes = intervalMs(every) / 60_000
    if (minutes === 60) return 'hourly'
    if (minutes === 1440) return 'daily at 00:00 (UTC)'
    return minutes % 60 === 0 ? `every ${minutes / 60} hours` : `every ${minutes} minutes`
  } catch (error) {
    if (error instanceof ScheduleRefused) return quoted(every)
    throw error
  }
}

const aliases: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
}

function describeCron(cron: string): string {
  const text = cron.trim().replaceAll(/\s+/g, ' ')
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...rest] = (aliases[text] ?? text).split(' ')
  const times = describeTimes(minute ?? '', hour ?? '')
  const days = month === '*' ? describeDays(dayOfMonth ?? '', dayOfWeek ?? '') : undefined
  if (rest.length > 0 || times === undefined || days === undefined) return `by the cron expression “${text}”`
  if (days !== '') return `${times} ${days}`
  return times.startsWith('at ') ? `daily ${times}` : times
}

function quoted(value: unknown): string {
  return `“${typeof value === 'string' ? value : JSON.stringify(value)}”`
}
