import type { DraftDocument, Schedule } from './draft-document.ts'
import { problem } from './new-problem.ts'
import type { EditorProblem } from './problem.ts'
import { problemStrings as words } from '../../strings/editor-problem.ts'

const minutesOf = { m: 1, h: 60, d: 1_440 } as const

/** The form of a schedule. Whether a cron expression ever fires twice within 15 minutes is the server's to find. */
export function validateFrequency({ schedule }: DraftDocument): readonly EditorProblem[] {
  if (!schedule) return []
  return 'cron' in schedule ? validateCron(schedule) : validateInterval(schedule.every)
}

function validateInterval(every: string): readonly EditorProblem[] {
  const [, count, unit] = /^([1-9][0-9]{0,4})([mhd])$/.exec(every) ?? []
  if (count === undefined || (unit !== 'm' && unit !== 'h' && unit !== 'd'))
    return [problem('/schedule/every', words.interval)]
  const minutes = Number(count) * minutesOf[unit]
  if (minutes < 15) return [problem('/schedule/every', words.tooOften)]
  return minutes > minutesOf.d ? [problem('/schedule/every', words.tooSeldom)] : []
}

function validateCron({ cron, timezone }: Extract<Schedule, { cron: string }>): readonly EditorProblem[] {
  const fields = cron.trim().split(/\s+/)
  const isNamed = /^@(hourly|daily|weekly|monthly|yearly)$/.test(cron.trim())
  return [
    ...(isNamed || fields.length === 5 ? [] : [problem('/schedule/cron', words.cronFields)]),
    ...(timezone === undefined || isZone(timezone)
      ? []
      : [problem('/schedule/timezone', words.zone(timezone))]),
  ]
}

function isZone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
