const steps = [
  { unit: 'second', milliseconds: 1000, below: 60 },
  { unit: 'minute', milliseconds: 60_000, below: 60 },
  { unit: 'hour', milliseconds: 3_600_000, below: 36 },
  { unit: 'day', milliseconds: 86_400_000, below: 45 },
  { unit: 'month', milliseconds: 2_629_800_000, below: 18 },
  { unit: 'year', milliseconds: 31_557_600_000, below: Infinity },
] as const

const formatter = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' })

/**
 * How long before or after `now` a time is, in its largest sensible unit: "4 min ago", "in 2 hr". All in milliseconds.
 * A clock that is up to `lateness` behind does not make of what just happened something to come.
 */
export function timeAgo(at: number, now: number, lateness: number = 0): string {
  const apart = at - now
  if (apart > -10_000 && apart < Math.max(10_000, lateness)) return 'just now'
  const step = steps.find((one) => Math.round(Math.abs(apart) / one.milliseconds) < one.below)
  if (!step) return formatter.format(Math.round(apart / 31_557_600_000), 'year')
  return formatter.format(Math.round(apart / step.milliseconds), step.unit).replace('.', '')
}
