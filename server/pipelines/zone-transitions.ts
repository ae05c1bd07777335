/** A moment at which a time zone's clocks are set forward or back. Offsets are minutes east of UTC. */
export interface Transition {
  readonly atMs: number
  readonly offsetBefore: number
  readonly offsetAfter: number
}

const minuteMs = 60_000
/** Closer together than any two transitions: those around Ramadan in Morocco are 29 days and more apart. */
const stepMs = 14 * 24 * 60 * minuteMs

/** Whether this Node knows the zone by that IANA name. */
export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Every transition of the zone in [fromMs, toMs), as far as the time zone database foresees it. */
export function zoneTransitions(zone: string, fromMs: number, toMs: number): readonly Transition[] {
  const offsetAt = offsetReader(zone)
  const transitions: Transition[] = []
  let before = offsetAt(fromMs)
  for (let ms = fromMs; ms < toMs; ms += stepMs) {
    const end = Math.min(ms + stepMs, toMs)
    const after = offsetAt(end)
    if (after !== before) {
      const atMs = firstMinuteWith(after, offsetAt, ms, end)
      transitions.push({ atMs, offsetBefore: before, offsetAfter: after })
    }
    before = after
  }
  return transitions
}

function firstMinuteWith(offset: number, offsetAt: (ms: number) => number, from: number, to: number): number {
  let low = Math.floor(from / minuteMs)
  let high = Math.ceil(to / minuteMs)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * minuteMs) === offset) high = middle
    else low = middle
  }
  return high * minuteMs
}

const readers = new Map<string, (ms: number) => number>()

/** Gives a zone's offset at a moment, in minutes east of UTC. */
export function offsetReader(zone: string): (ms: number) => number {
  const known = readers.get(zone) ?? newReader(zone)
  readers.set(zone, known)
  return known
}

function newReader(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return (ms) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(ms)) ?? []
    const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
    return sign === '-' ? -offset : offset
  }
}
