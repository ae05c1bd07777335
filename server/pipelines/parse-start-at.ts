const dateOnly = /^(\d{4}-\d{2}-\d{2})$/
const dateTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * "When first started, pick up records from", in Unix seconds: a date (midnight UTC), or an ISO 8601 date-time with its offset.
 * Undefined for anything else, also for days that no calendar has.
 */
export function parseStartAt(text: string): number | undefined {
  const day = dateOnly.exec(text)?.[1] ?? dateTime.exec(text)?.[1]
  const ms = Date.parse(text)
  if (day === undefined || Number.isNaN(ms) || !isCalendarDay(day)) return undefined
  return Math.floor(ms / 1000)
}

/** Date.parse takes 30 February for 2 March. */
function isCalendarDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
