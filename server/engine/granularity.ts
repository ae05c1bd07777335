import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'

/**
 * How far a bound may be off, in seconds, in each direction. A filter of whole days in an unknown zone may match only from
 * the midnight after its value, which is at most 26 hours later: a day when clocks go back, in the Antarctic by two hours.
 */
export const slack: Readonly<Record<NonNullable<CheckpointRule['granularity']>, number>> = {
  second: 2,
  minute: 120,
  day: 26 * 3600,
}

/** What the API's filter compares at the worst. A bound that is sent as a date says no hour. */
export function granularityOf(rule: CheckpointRule): keyof typeof slack {
  return rule.granularity ?? ((rule.sendAs ?? rule.format) === 'date' ? 'day' : 'second')
}
