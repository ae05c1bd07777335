import { firstClockChange } from '@penstock/web/editor/panels/clock-change.ts'
import { expect, test } from 'vitest'

const runs = ['2027-01-28T06:30:00.000Z', '2027-03-28T05:30:00.000Z', '2027-05-28T05:30:00.000Z']

test('a change of clocks among the next runs is found at the first run after it, with its length', () => {
  const from = '2026-11-21T12:00:00.000Z'
  expect(firstClockChange(from, runs, 'Europe/Dublin')).toEqual({ at: runs[1], by: 60 })
  expect(firstClockChange('2026-10-01T00:00:00.000Z', runs, 'Europe/Dublin')).toEqual({
    at: runs[0],
    by: -60,
  })
  expect(firstClockChange('2026-10-01T00:00:00.000Z', [from], 'Australia/Lord_Howe')?.by).toBe(30)
  expect(firstClockChange(from, runs, 'UTC')).toBeUndefined()
  expect(firstClockChange(from, runs, 'Europe/Nowhere')).toBeUndefined()
})
