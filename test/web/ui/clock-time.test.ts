import { clockTime } from '@penstock/web/ui/clock-time.ts'
import { expect, test } from 'vitest'

test('a draft that is saved after midnight was saved at 00:05, and not at 24:05', () => {
  const afterMidnight = new Date(2026, 10, 22, 0, 5, 7).getTime()
  expect(clockTime(afterMidnight)).toBe('00:05')
  expect(clockTime(afterMidnight, true)).toBe('00:05:07')
  expect(clockTime(new Date(2026, 10, 22, 14, 2).getTime())).toBe('14:02')
})
