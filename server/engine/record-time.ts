import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { isRawNumber, readPath, type Json } from './read-path.ts'

/** When a record last changed, Unix seconds with fractions; undefined where it does not say, or not in its format. */
export function recordTime(record: Json, rule: CheckpointRule): number | undefined {
  const value = readPath(record, rule.field)
  switch (rule.format) {
    case 'unix_seconds':
      return asNumber(value)
    case 'unix_millis': {
      const millis = asNumber(value)
      return millis === undefined ? undefined : millis / 1000
    }
    case 'iso8601': {
      const millis = typeof value === 'string' ? Date.parse(withZone(value)) : Number.NaN
      return Number.isNaN(millis) ? undefined : millis / 1000
    }
  }
}

/** A bound as a request writes it. */
export function formatTime(seconds: number, rule: CheckpointRule): string | number {
  switch (rule.sendAs ?? rule.format) {
    case 'unix_seconds':
      return seconds
    case 'unix_millis':
      return seconds * 1000
    case 'iso8601':
      return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
    case 'date':
      return new Date(seconds * 1000).toISOString().slice(0, 10)
  }
}

function asNumber(value: Json): number | undefined {
  if (typeof value === 'number') return value
  const number =
    typeof value === 'string' && value !== ''
      ? Number(value)
      : isRawNumber(value)
        ? Number(value.rawJSON)
        : NaN
  return Number.isFinite(number) ? number : undefined
}

/** A time without a zone is UTC, whatever zone this machine is in. */
export function withZone(text: string): string {
  return /T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? `${text}Z` : text
}
