import type { CronFieldCollection } from 'cron-parser'

/** A calendar day, as a time zone's clocks name it: days since 1970-01-01. */
export type DayNumber = number

const dayMs = 86_400_000

/**
 * Whether the expression's month, day-of-month and day-of-week fields let it fire on that day. Days of the month and of the
 * week that are both restricted are alternatives, as cron has always had it; `L` and `#` are known.
 */
export function firesOnDay(fields: CronFieldCollection, day: DayNumber): boolean {
  const date = new Date(day * dayMs)
  if (!fields.month.values.some((month) => month === date.getUTCMonth() + 1)) return false
  const { dayOfMonth, dayOfWeek } = fields
  if (dayOfMonth.isWildcard && dayOfWeek.isWildcard) return true
  if (dayOfWeek.isWildcard) return matchesDayOfMonth(fields, date)
  if (dayOfMonth.isWildcard) return matchesDayOfWeek(fields, date)
  return matchesDayOfMonth(fields, date) || matchesDayOfWeek(fields, date)
}

/** The first days on which it fires, from `from` on, at most `count`; with `twice`, only such that it fires on the day after too. */
export function firingDays(
  fields: CronFieldCollection,
  from: DayNumber,
  count: number,
  twice: 'day' | 'day and next' = 'day',
): readonly DayNumber[] {
  const found: DayNumber[] = []
  for (let day = from; day < from + calendarCycleDays && found.length < count; day += 1) {
    if (firesOnDay(fields, day) && (twice === 'day' || firesOnDay(fields, day + 1))) found.push(day)
  }
  return found
}

/** Dates fall on the same weekdays again after 28 years, and after 40 where a century without a leap day comes between. */
export const calendarCycleDays = 40 * 366

function matchesDayOfMonth({ dayOfMonth }: CronFieldCollection, date: Date): boolean {
  if (dayOfMonth.values.some((value) => value === date.getUTCDate())) return true
  return dayOfMonth.hasLastChar && date.getUTCDate() === daysInMonth(date)
}

function matchesDayOfWeek({ dayOfWeek }: CronFieldCollection, date: Date): boolean {
  const weekday = date.getUTCDay()
  const nth = Math.ceil(date.getUTCDate() / 7)
  const named = dayOfWeek.values.some((value) => value === weekday)
  if (named && (dayOfWeek.nthDay <= 0 || dayOfWeek.nthDay === nth)) return true
  const isLast = date.getUTCDate() > daysInMonth(date) - 7
  return dayOfWeek.hasLastChar && isLast && dayOfWeek.values.some((value) => weekdayOf(value) === weekday)
}

/** `5L` names the last Friday, and a plain 5 beside it counts as one, as cron-parser has it. */
function weekdayOf(value: number | string): number {
  return Number(String(value).charAt(0)) % 7
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}
