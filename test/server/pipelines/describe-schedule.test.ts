import { expect, test } from 'vitest'
import { describeSchedule } from '@penstock/server/pipelines/describe-schedule.ts'

const cases: readonly (readonly [unknown, string])[] = [
  [undefined, 'by hand only'],
  [{ every: '15m' }, 'every 15 minutes'],
  [{ every: '60m' }, 'hourly'],
  [{ every: '6h' }, 'every 6 hours'],
  [{ every: '24h' }, 'daily at 00:00 (UTC)'],
  [{ every: '3s' }, '“3s”'],
  [{ cron: '*/20 * * * *' }, 'every 20 minutes (UTC)'],
  [{ cron: '0 * * * *', timezone: 'Europe/Dublin' }, 'hourly (Europe/Dublin)'],
  [{ cron: '5,35 * * * *' }, 'every hour at :05 and :35 (UTC)'],
  [{ cron: '30 6 * * *', timezone: 'America/New_York' }, 'daily at 06:30 (America/New_York)'],
  [{ cron: '0 6,18 * * MON-FRI' }, 'at 06:00 and 18:00 on weekdays (UTC)'],
  [{ cron: '0 */6 * * *' }, 'every 6 hours at :00 (UTC)'],
  [{ cron: '0 9 * * sun,3' }, 'at 09:00 on Sunday and Wednesday (UTC)'],
  [{ cron: '15 4 1,15 * *' }, 'at 04:15 on day 1 and 15 of the month (UTC)'],
  [{ cron: '15 4 L * *' }, 'at 04:15 on the last day of the month (UTC)'],
  [{ cron: '@daily' }, 'daily at 00:00 (UTC)'],
  [{ cron: '*/7 * * * *' }, 'by the cron expression “*/7 * * * *” (UTC)'],
  [{ cron: '0 9 1 * 5' }, 'by the cron expression “0 9 1 * 5” (UTC)'],
  [{ cron: 'nonsense' }, 'by the cron expression “nonsense” (UTC)'],
  ['hourly', '“hourly”'],
]

test.each(cases)('the schedule %j is told as: %s', (schedule, sentence) => {
  expect(describeSchedule(schedule)).toBe(sentence)
})
