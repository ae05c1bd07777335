/** Where clocks change among some moments. */
export interface ClockChange {
  /** The first moment after it. */
  readonly at: string
  /** Minutes; positive: clocks are set forward. */
  readonly by: number
}

/**
 * The first change of a zone's clocks between `from` and the last of some moments, ISO 8601 in rising order; undefined: there is none, or
 * this browser does not know the zone.
 */
export function firstClockChange(
  from: string,
  moments: readonly string[],
  zone: string,
): ClockChange | undefined {
  const offsets = [from, ...moments].map((moment) => offsetOf(moment, zone))
  const index = offsets.findIndex((offset, place) => place > 0 && offset !== offsets[place - 1])
  const [before, after, at] = [offsets[index - 1], offsets[index], moments[index - 1]]
  return before === undefined || after === undefined || at === undefined
    ? undefined
    : { at, by: after - before }
}

/** Minutes east of UTC, from `GMT+05:30`; `GMT` alone is none. */
function offsetOf(moment: string, timeZone: string): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    const name = parts.formatToParts(new Date(moment)).find(({ type }) => type === 'timeZoneName')?.value
    const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d+):(\d+))?/.exec(name ?? '') ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  } catch {
    return undefined
  }
}
