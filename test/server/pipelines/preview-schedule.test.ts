import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findShortGap } from '@penstock/server/pipelines/find-short-gap.ts'
import { nextRuns } from '@penstock/server/pipelines/next-runs.ts'
import { nextRunAfter } from '@penstock/server/pipelines/next-run-at.ts'
import { parseCron } from '@penstock/server/pipelines/parse-cron.ts'
import { describePreview } from '@penstock/server/pipelines/preview-schedule.ts'

const zones = ['UTC', 'Europe/Dublin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago'] as const

test('a schedule is shown with its next five runs, in UTC and by the clocks of its zone', () => {
  const schedule = { cron: '30 6 * * *', timezone: 'Europe/Dublin' }
  expect(describePreview(schedule, new Date('2027-03-26T12:00:00Z'))).toEqual({
    sentence: 'daily at 06:30 (Europe/Dublin)',
    problems: [],
    shortestGapMinutes: 23 * 60,
    runs: [
      { utc: '2027-03-27T06:30:00.000Z', local: 'Sat, 27 Mar 2027, 06:30 GMT' },
      { utc: '2027-03-28T05:30:00.000Z', local: 'Sun, 28 Mar 2027, 06:30 GMT+1' },
      { utc: '2027-03-29T05:30:00.000Z', local: 'Mon, 29 Mar 2027, 06:30 GMT+1' },
      { utc: '2027-03-30T05:30:00.000Z', local: 'Tue, 30 Mar 2027, 06:30 GMT+1' },
      { utc: '2027-03-31T05:30:00.000Z', local: 'Wed, 31 Mar 2027, 06:30 GMT+1' },
    ],
  })
})

test.each([
  [{ every: '15m' }, 15],
  [{ every: '1d' }, 1440],
  [{ cron: '*/20 6-22 * * 1-5' }, 20],
  [{ cron: '0,50 1,3 * * *', timezone: 'UTC' }, 50],
  [{ cron: '0,50 1,3 * * *', timezone: 'Europe/Berlin' }, 10],
  [{ cron: '0 9 * * 1,4' }, 3 * 1440],
  [{ cron: '0 0 1 * *' }, 28 * 1440],
  [{ cron: '0 0 1 1 *' }, 365 * 1440],
  [{ cron: '55,5 23,0 * * *' }, 10],
])('the shortest time between two runs of %j is %i minutes', (schedule, minutes) => {
  expect(describePreview(schedule, new Date('2026-11-21T10:07:00Z')).shortestGapMinutes).toBe(minutes)
})

test.each([
  [{ every: '5m' }, '/schedule/every'],
  [{ cron: '* * *' }, '/schedule/cron'],
  [{ cron: '0 0 31 2 *' }, '/schedule/cron'],
  [{ cron: '0 6 * * *', timezone: 'Mars/Olympus' }, '/schedule/timezone'],
  [{ often: 'yes' }, '/schedule'],
  [{ cron: 7 }, '/schedule/cron'],
])('what is wrong with %j is said, and no run is shown', (schedule, pointer) => {
  const { runs, problems, sentence } = describePreview(schedule, new Date('2026-11-21T10:07:00Z'))
  expect(runs).toEqual([])
  expect(problems[0]?.pointer).toContain(pointer)
  expect(sentence).not.toBe('')
})

const list = (min: number, max: number, maxLength: number) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength }).map((values) => values.join())
const minutes = fc.oneof(list(0, 59, 3), fc.constantFrom('0', '*/15', '*/20', '0,30', '*/7'))
const hours = fc.oneof(
  fc.constant('*'),
  list(0, 23, 3),
  list(0, 4, 3),
  fc.constantFrom('6-22', '*/2', '1,2,3'),
)
const days = fc.oneof(fc.constant('*'), fc.constant('*'), list(1, 28, 3))
const weekdays = fc.oneof(fc.constant('*'), fc.constant('*'), list(0, 6, 3), fc.constant('1-5'))
const parts = fc.tuple(minutes, hours, days, weekdays)
/** Where cron-parser can follow. */
const hourZones = zones.filter((zone) => zone !== 'Australia/Lord_Howe')
/** Around the clocks' changes of these zones, and between them. */
const moments = fc.constantFrom(
  '2026-11-21T10:07:00Z',
  '2027-03-27T23:30:00Z',
  '2027-03-28T01:10:00Z',
  '2027-03-14T06:40:00Z',
  '2027-10-30T23:59:00Z',
  '2027-10-31T01:05:00Z',
  '2027-04-03T14:20:00Z',
  '2027-09-05T03:50:00Z',
)

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
/** `SCHEDULES=1000` tries more of them, in a quarter of a minute. */
const schedules = Number(process.env['SCHEDULES'] ?? 300)

test('for random schedules in 5 zones, what is shown is what starts runs, one after the other', () => {
  fc.assert(
    fc.property(parts, moments, ([minute, hour, day, weekday], from) => {
      const cron = `${minute} ${hour} ${day} * ${weekday}`
      for (const timezone of zones) {
        const schedule = { cron, timezone }
        const shown = nextRuns(schedule, new Date(from), 5)
        const started: Date[] = []
        while (started.length < 5)
          started.push(nextRunAfter(schedule, started.at(-1) ?? new Date(from)) ?? new Date(0))
        expect(shown, `${cron} ${timezone} after ${from}`).toEqual(started)
      }
    }),
    { numRuns: schedules, seed },
  )
})

test('for random schedules, what is shown is what cron-parser says, clocks that change included', () => {
  fc.assert(
    fc.property(
      parts,
      moments,
      fc.constantFrom(...hourZones),
      ([minute, hour, day, weekday], from, timezone) => {
        const cron = `${minute} ${hour} ${day} * ${weekday}`
        const shown = nextRuns({ cron, timezone }, new Date(from), 5)
        expect(shown, `${cron} ${timezone} after ${from}`).toEqual(asParsed(cron, timezone, from))
      },
    ),
    { numRuns: 80, seed },
  )
})

/** What cron-parser itself says. It must see clocks go forward to know which times they skip, so it starts a few hours before. */
function asParsed(cron: string, zone: string, from: string): readonly Date[] {
  const expression = parseCron(cron, zone)
  expression.reset(new Date(Date.parse(from) - 4 * 3_600_000))
  const found: Date[] = []
  while (found.length < 5) {
    const date = expression.next().toDate()
    if (date > new Date(from)) found.push(date)
  }
  return found
}

test('where clocks are set back by half an hour, an hourly schedule goes on', () => {
  const schedule = { cron: '0 * * * *', timezone: 'Australia/Lord_Howe' }
  const runs = nextRuns(schedule, new Date('2027-04-03T13:20:00Z'), 4).map((date) => date.toISOString())
  expect(runs).toEqual(['14:00', '15:30', '16:30', '17:30'].map((time) => `2027-04-03T${time}:00.000Z`))
  expect(describePreview(schedule, new Date('2026-11-21T10:07:00Z')).problems).toEqual([])
})

test('for random schedules, the shortest time between two runs is under 15 minutes just where that is refused', () => {
  const from = new Date('2026-11-21T10:07:00Z')
  fc.assert(
    fc.property(parts, ([minute, hour, day, weekday]) => {
      const cron = `${minute} ${hour} ${day} * ${weekday}`
      const timezone = 'Europe/Dublin'
      const { shortestGapMinutes } = describePreview({ cron, timezone }, from)
      const gap = findShortGap(parseCron(cron, timezone), timezone, from.getTime())
      expect({ cron, isShort: (shortestGapMinutes ?? 0) < 15 }).toEqual({ cron, isShort: gap !== undefined })
    }),
    { numRuns: 60 },
  )
})
