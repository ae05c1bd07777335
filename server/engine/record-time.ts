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
    case 'unix_micros': {
      const micros = asNumber(value)
      return micros === undefined ? undefined : micros / 1_000_000
    }
    case 'json_date':
      return typeof value === 'string' ? jsonDate(value) : undefined
    case 'iso8601':
    case 'datetime':
    case 'date':
    case 'rfc2822': {
      const millis = typeof value === 'string' ? Date.parse(withZone(value)) : Number.NaN
      return Number.isNaN(millis) ? undefined : millis / 1000
    }
  }
}

/** A bound as a request writes it. */
export function formatTime(seconds: number, rule: CheckpointRule): string | number {
  const time = new Date(seconds * 1000)
  switch (rule.sendAs ?? rule.format) {
    case 'unix_seconds':
      return seconds
    case 'unix_millis':
      return seconds * 1000
    case 'unix_micros':
      return Math.round(seconds * 1_000_000)
    case 'json_date':
    case 'iso8601':
      return time.toISOString().replace('.000Z', 'Z')
    case 'datetime':
      return time.toISOString().slice(0, 19).replace('T', ' ')
    case 'date':
      return time.toISOString().slice(0, 10)
    case 'rfc2822':
      return time.toUTCString()
  }
}

/**
 * Whether a record of this time may have changed after `moment`, Unix seconds: a time may be told in whole minutes or days only, and
 * then it is the beginning of one. A day's zone is not known.
 */
export function mayBeAfter(time: number, moment: number): boolean {
  const longest = time % 86_400 === 0 ? 86_400 + 14 * 3600 : time % 60 === 0 ? 60 : 1
  return time + longest > moment
}

/** .NET's way to write a moment: milliseconds in UTC, whatever zone stands behind them. */
function jsonDate(text: string): number | undefined {
  const millis = /^\/Date\((?<millis>-?\d{1,16})(?:[+-]\d{4})?\)\/$/.exec(text)?.groups?.['millis']
  return millis === undefined ? undefined : Number(millis) / 1000
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

/**
 * A time without a zone is UTC, whatever zone this machine is in. A blank may stand where ISO 8601 has a T, and a zone may be told in
 * hours only, as databases write it.
 */
export function withZone(text: string): string {
  if (text.endsWith('Z') || !/\d:\d/.test(text)) return text
  const iso = text
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
    .replace(/ ?(?:UTC|GMT)$/, 'Z')
    .replace(/ ?([+-]\d\d)(:?\d\d)?$/, (_, hours: string, minutes = ':00') => `${hours}${minutes}`)
  return /(?:[a-z]|[+-]\d{2}:?\d{2})$/i.test(iso) ? iso : `${iso}Z`
}
