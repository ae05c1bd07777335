import type { CronExpression } from 'cron-parser'
import { calendarCycleDays, firesOnDay } from './cron-days.ts'
import type { DayNumber } from './cron-days.ts'
import { offsetReader } from './zone-transitions.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/**
 * The moments at which a cron expression fires after `fromMs`, rising, in Unix milliseconds. Throws where it never fires.
 *
 * Computed from the expression's fields and the zone's clocks. A time that clocks skip counts as if they had not been set yet, so that no
 * daily run is lost; of a time that they show twice the first one counts, but for expressions that fire in every hour: those go on through both.
 * That is what cron-parser does, too, where clocks change by an hour; where they change by half of one (Lord Howe Island) it stands still.
 */
export function* listFirings(
  { fields }: Pick<CronExpression, 'fields'>,
  zone: string,
  fromMs: number,
): Generator<number, never> {
  const times = timesOfDay({ fields })
  const everyHour = fields.hour.values.length === 24
  const offsetAt = offsetReader(zone)
  let last = fromMs
  let lastDay = Math.floor(fromMs / dayMs) - 2
  for (let day = lastDay + 1; day - lastDay < calendarCycleDays; day += 1) {
    if (!firesOnDay(fields, day)) continue
    lastDay = day
    for (const ms of momentsOfDay(day, times, everyHour, offsetAt)) {
      if (ms <= last) continue
      last = ms
      yield ms
    }
  }
  throw new Error('The cron expression never fires.')
}

/** Minutes since midnight, rising. */
export function timesOfDay({ fields }: Pick<CronExpression, 'fields'>): readonly number[] {
  return fields.hour.values.flatMap((hour) =>
    fields.minute.values.map((minute) => Number(hour) * 60 + Number(minute)),
  )
}

function momentsOfDay(
  day: DayNumber,
  times: readonly number[],
  everyHour: boolean,
  offsetAt: (ms: number) => number,
): readonly number[] {
  // Everything that any zone calls this day lies between; clocks do not change twice within.
  const before = offsetAt(day * dayMs - 15 * hourMs) * minuteMs
  const after = offsetAt(day * dayMs + 37 * hourMs) * minuteMs
  const clocks = times.map((time) => day * dayMs + time * minuteMs)
  if (before === after) return clocks.map((clock) => clock - before)
  const isTrue = (clock: number, offset: number) => offsetAt(clock - offset) * minuteMs === offset
  return clocks
    .flatMap((clock) => {
      const moments = [before, after]
        .filter((offset) => isTrue(clock, offset))
        .map((offset) => clock - offset)
      if (moments.length === 0) return [clock - before]
      return everyHour ? moments : [Math.min(...moments)]
    })
    .toSorted((one, other) => one - other)
}
