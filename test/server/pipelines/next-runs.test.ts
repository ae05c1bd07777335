import { expect, test } from 'vitest'
import { nextRuns } from '@penstock/server/pipelines/next-runs.ts'
import { parseStartAt } from '@penstock/server/pipelines/parse-start-at.ts'

const from = new Date('2026-11-21T10:07:00Z')
const iso = (dates: readonly Date[]): readonly string[] => dates.map((date) => date.toISOString())

test('an interval starts runs at the same minutes, whenever one asks', () => {
  expect(iso(nextRuns({ every: '15m' }, from, 2))).toEqual([
    '2026-11-21T10:15:00.000Z',
    '2026-11-21T10:30:00.000Z',
  ])
  expect(iso(nextRuns({ every: '15m' }, new Date('2026-11-21T10:15:00Z'), 1))).toEqual([
    '2026-11-21T10:30:00.000Z',
  ])
  expect(iso(nextRuns({ every: '1d' }, from, 1))).toEqual(['2026-11-22T00:00:00.000Z'])
  expect(() => nextRuns({ every: '5m' }, from, 1)).toThrow('less than 15 minutes')
})

test('a cron expression starts runs by the clocks of its time zone, before and after they change', () => {
  const schedule = { cron: '30 9 * * *', timezone: 'Europe/Dublin' }
  expect(iso(nextRuns(schedule, new Date('2027-03-27T00:00:00Z'), 2))).toEqual([
    '2027-03-27T09:30:00.000Z',
    '2027-03-28T08:30:00.000Z',
  ])
})

test.each([
  ['2026-01-01', 1767225600],
  ['2026-01-01T00:00:00Z', 1767225600],
  ['2026-01-01T02:00:00+02:00', 1767225600],
  ['2026-01-01T00:00Z', 1767225600],
  ['2024-02-29', 1709164800],
  ['2026-02-29', undefined],
  ['2026-13-01', undefined],
  ['2026-01-01T00:00:00', undefined],
  ['2026-01-01 00:00:00Z', undefined],
  ['1767225600', undefined],
  ['01/02/2026', undefined],
  ['', undefined],
])('the start date %s is %s', (text, seconds) => {
  expect(parseStartAt(text)).toBe(seconds)
})
