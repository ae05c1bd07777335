/** How exactly a date filter matches, and whether `>` and `<` match the very second (or day), too. */
export interface DateMatching {
  readonly unit: 'second' | 'day'
  /** The IANA zone whose midnight ends a day. */
  readonly zone: string
  readonly inclusive: boolean
}

/** A half-open range of Unix seconds: from <= value < until. */
export interface DateRange {
  readonly from: number
  readonly until: number
}

/** The seconds that `field operator value` matches. A value is cut to its day first where days are matched. */
export function dateRange(
  operator: string,
  value: number,
  { unit, zone, inclusive }: DateMatching,
): DateRange {
  const start = unit === 'day' ? dayStart(value, zone) : Math.floor(value)
  const next = unit === 'day' ? dayStart(start + 26 * 3600 + 1800, zone) : start + 1
  switch (operator) {
    case '>':
      return { from: inclusive ? start : next, until: Infinity }
    case '>=':
      return { from: start, until: Infinity }
    case '<':
      return { from: -Infinity, until: inclusive ? next : start }
    case '<=':
      return { from: -Infinity, until: next }
    default:
      return { from: start, until: next }
  }
}

/** The Unix second at which the day of `seconds` began in a time zone, also on days of 23 or 25 hours. */
export function dayStart(seconds: number, zone: string): number {
  if (zone === 'UTC') return Math.floor(seconds / 86_400) * 86_400
  const midnight = Math.floor((seconds + offsetAt(seconds, zone)) / 86_400) * 86_400
  const guess = midnight - offsetAt(seconds, zone)
  return midnight - offsetAt(guess, zone)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Seconds that a zone is ahead of UTC at an instant. */
function offsetAt(seconds: number, zone: string): number {
  const known = formats.get(zone)
  const format =
    known ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  if (!known) formats.set(zone, format)
  const instant = Math.floor(seconds)
  const parts = Object.fromEntries(
    format.formatToParts(instant * 1000).map(({ type, value }) => [type, Number(value)]),
  )
  const local = Date.UTC(
    parts['year'] ?? 0,
    (parts['month'] ?? 1) - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  )
  return local / 1000 - instant
}
