import type { Schedule } from '@penstock/schemas/generated/pipeline.ts'
import { parsePipeline } from '@penstock/schemas/parse.ts'
import type { Actor } from '../actor.ts'
import { firingDays } from './cron-days.ts'
import { describeSchedule } from './describe-schedule.ts'
import { findShortestGap } from './find-shortest-gap.ts'
import { intervalMs, nextRuns } from './next-runs.ts'
import { parseCron, ScheduleRefused } from './parse-cron.ts'
import type { JudgedProblem } from './problem.ts'
import { validateSchedule } from './validate-schedule.ts'

/** What a schedule means, before anybody saves it. */
export interface SchedulePreview {
  /** The next five moments, in UTC and by the zone's own clocks. Empty where the schedule cannot be understood or never fires. */
  readonly runs: { readonly utc: string; readonly local: string }[]
  /** To stand after "runs": `every 20 minutes from 06:00 to 22:59 on weekdays (Europe/Dublin)`. */
  readonly sentence: string
  readonly problems: readonly JudgedProblem[]
  /** The shortest time between two runs that the schedule will ever have; null where there is none. */
  readonly shortestGapMinutes: number | null
}

/** Says when a schedule starts runs. It asks the same functions that start them, so that what is shown is what happens. */
export function previewSchedule(
  actor: Actor,
  { schedule }: { readonly schedule: Readonly<Record<string, unknown>> },
): SchedulePreview {
  return describePreview(schedule, new Date(actor.services.clock.now()))
}

/** The same, from a moment on. */
export function describePreview(schedule: unknown, now: Date): SchedulePreview {
  const sentence = describeSchedule(schedule)
  const parsed = parseSchedule(schedule)
  if ('problems' in parsed) return { runs: [], sentence, problems: parsed.problems, shortestGapMinutes: null }
  const { value } = parsed
  const problems = validateSchedule(value, now).map((problem) => ({ ...problem, severity: 'error' as const }))
  if (!firesEver(value, now)) return { runs: [], sentence, problems, shortestGapMinutes: null }
  const zone = 'cron' in value ? (value.timezone ?? 'UTC') : 'UTC'
  return {
    runs: nextRuns(value, now, 5).map((date) => ({ utc: date.toISOString(), local: localText(date, zone) })),
    sentence,
    problems,
    shortestGapMinutes:
      'cron' in value
        ? findShortestGap(parseCron(value.cron, zone), zone, now.getTime())
        : intervalMs(value.every) / 60_000,
  }
}

function firesEver(schedule: Schedule, now: Date): boolean {
  try {
    if (!('cron' in schedule)) return intervalMs(schedule.every) > 0
    const { fields } = parseCron(schedule.cron, schedule.timezone)
    return firingDays(fields, Math.floor(now.getTime() / 86_400_000), 1).length > 0
  } catch (error) {
    if (error instanceof ScheduleRefused) return false
    throw error
  }
}

/** A schedule has no schema of its own: it is read as a part of the smallest document. */
function parseSchedule(
  schedule: unknown,
): { readonly value: Schedule } | { readonly problems: readonly JudgedProblem[] } {
  const parsed = parsePipeline({
    name: 'x',
    source: { connector: 'x', connection: 'x' },
    objects: { x: {} },
    destination: { type: 'x', connection: 'x', schema: 'x' },
    schedule,
  })
  if ('problems' in parsed)
    return { problems: parsed.problems.map((problem) => ({ ...problem, severity: 'error' as const })) }
  if (parsed.value.schedule) return { value: parsed.value.schedule }
  return { problems: [] }
}

/** `Sat, 21 Nov 2026, 10:15 GMT`: the short name of the zone's time tells summer from winter. */
function localText(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(date)
}
