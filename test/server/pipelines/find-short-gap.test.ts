import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findShortGap } from '@penstock/server/pipelines/find-short-gap.ts'
import { parseCron } from '@penstock/server/pipelines/parse-cron.ts'

const from = Date.UTC(2026, 10, 21)
const quarterHourMs = 15 * 60_000

function gapOf(cron: string, zone = 'UTC') {
  return findShortGap(parseCron(cron, zone), zone, from)
}

/** What a patient person would do: let it fire until `toMs`, and look at each pair. */
function bruteForce(cron: string, zone: string, toMs: number, atMost: number): boolean {
  const expression = parseCron(cron, zone)
  expression.reset(new Date(from))
  let before = expression.next().getTime()
  for (let count = 0; before < toMs && count < atMost; count += 1) {
    const after = expression.next().getTime()
    if (after - before < quarterHourMs) return true
    before = after
  }
  return false
}

describe('a schedule that fires twice within 15 minutes', () => {
  test.each([
    ['every minute', '* * * * *', 'UTC'],
    ['seven does not divide the hour', '*/7 * * * *', 'UTC'],
    ['a long step with a short last one: 0, 50, 0', '*/50 * * * *', 'UTC'],
    ['over midnight', '0,55 0,23 * * *', 'UTC'],
    ['over midnight at the end of a month', '0,55 0,23 1,31 * *', 'UTC'],
    ['over midnight at the end of the year', '0,55 0,23 1,31 1,12 *', 'UTC'],
    ['over midnight on 29 February only', '0,55 0,23 1,29 2-3 *', 'UTC'],
    ['over midnight from the last day of a month', '0,55 0,23 1,L * *', 'UTC'],
    ['over midnight from Sunday to Monday', '0,55 0,23 * * 0,1', 'UTC'],
    ['when an hour is left out in spring', '0,50 1,3 * * *', 'Europe/Berlin'],
    [
      'when an hour is left out in spring, on the second Sunday of March',
      '0,50 1,3 8-14 3 *',
      'America/New_York',
    ],
    ['when midnight itself is left out', '0,50 23,1 * * *', 'America/Santiago'],
  ])('is found: %s', (_why, cron, zone) => {
    const gap = gapOf(cron, zone)
    expect(gap).toBeTypeOf('object')
    if (typeof gap !== 'object') return
    expect(gap.secondMs - gap.firstMs).toBeLessThan(quarterHourMs)
  })

  test.each([
    ['*/15 * * * *', 'UTC'],
    ['*/15 * * * *', 'Africa/Casablanca'],
    ['*/20 6-22 * * 1-5', 'Europe/Dublin'],
    ['0,50 1,3 * * *', 'UTC'],
    ['0,55 0,23 1,20 * *', 'UTC'],
    ['0,55 0,23 * * 1,3,5', 'UTC'],
    ['0,55 0,23 1,30 2-3 *', 'UTC'],
    ['5,20,35,50 * 1-7,25-31 * *', 'Europe/Berlin'],
    ['@daily', 'Pacific/Auckland'],
    ['0 9 * * 1#2', 'America/Sao_Paulo'],
  ])('is not found in %s (%s)', (cron, zone) => {
    expect(gapOf(cron, zone)).toBeUndefined()
  })

  test('days that do not exist are refused; a rare day is not', () => {
    expect(gapOf('0 0 * 2 1#5')).toBeUndefined()
    expect(gapOf('0 0 29 2 *')).toBeUndefined()
    expect(() => gapOf('0 0 31 4,6 *')).toThrow('no month that it names has such a day')
  })

  test.each(['Europe/Dublin', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago'])(
    'is decided in less than 100 ms of work, in %s',
    (zone) => {
      const attempts = [1, 2, 3].map(() => {
        const before = process.cpuUsage()
        gapOf('5,20,35,50 * 1-7,25-31 * *', zone)
        return process.cpuUsage(before).user / 1000
      })
      expect(Math.min(...attempts)).toBeLessThan(100)
    },
  )
})

/** cron-parser cannot follow clocks that change by half an hour. */
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'Asia/Kathmandu']
const list = (min: number, max: number, maxLength: number) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength }).map((values) => values.join())
const hours = fc.oneof(list(0, 23, 3), list(0, 4, 3), fc.constantFrom('0,23', '1,3', '23,1', '*/2'))
const minutes = fc.oneof(list(0, 59, 2), fc.constantFrom('0,50', '*/15', '*/20', '10,55', '0,30', '5,45'))
const days = fc.oneof(fc.constant('*'), list(1, 31, 3), fc.constantFrom('1,L', '25-31', '1-7'))
const months = fc.oneof(fc.constant('*'), list(1, 12, 4), fc.constantFrom('3', '3,10,11', '2-4'))
const weekdays = fc.oneof(
  fc.constant('*'),
  fc.constant('*'),
  list(0, 6, 2),
  fc.constantFrom('0L', '0#2', '6,0'),
)

test('agrees with letting the schedule fire for two and a half years', () => {
  const threeSprings = Date.UTC(2029, 4, 1)
  const parts = fc.tuple(minutes, hours, days, months, weekdays, fc.constantFrom(...zones))
  fc.assert(
    fc.property(parts, ([minute, hour, day, month, weekday, zone]) => {
      const cron = `${minute} ${hour} ${day} ${month} ${weekday}`
      const gap = (() => {
        try {
          return gapOf(cron, zone)
        } catch {
          return 'refused'
        }
      })()
      if (gap === 'refused' || gap === 'never_fires') return
      expect(gap !== undefined || !bruteForce(cron, zone, threeSprings, 1_000)).toBe(true)
      if (gap === undefined) return
      const check = parseCron(cron, zone)
      check.reset(new Date(gap.firstMs - 3 * 60 * 60_000)) // cron-parser must see the clocks change to know what they skipped
      const fired = check.take(40).map((date) => date.getTime())
      expect(fired[fired.indexOf(gap.firstMs) + 1]).toBe(gap.secondMs)
      expect(gap.secondMs - gap.firstMs).toBeLessThan(quarterHourMs)
    }),
    { numRuns: 30 },
  )
})
