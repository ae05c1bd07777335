import { zonedTime } from '@penstock/web/pipelines/zoned-time.ts'
import { expect, test } from 'vitest'

const now = Date.parse('2026-11-20T12:00:00Z')

test('the next run within a week is told by its weekday, in the pipeline’s own time zone', () => {
  expect(zonedTime('2026-11-20T14:15:00Z', 'Europe/Dublin', now)).toBe('Fri 14:15 Europe/Dublin')
  expect(zonedTime('2026-11-20T23:30:00Z', 'Asia/Tokyo', now)).toBe('Sat 08:30 Asia/Tokyo')
  expect(zonedTime('2026-11-20T14:15:00Z', null, now)).toBe('Fri 14:15 UTC')
})

test('a next run that is further away is told by its date, too', () => {
  expect(zonedTime('2026-11-27T14:15:00Z', null, now)).toBe('Fri 27 Nov 14:15 UTC')
  expect(zonedTime('2026-12-01T06:00:00Z', 'Europe/Dublin', now)).toBe('Tue 1 Dec 06:00 Europe/Dublin')
})
