import { CronExpressionParser } from 'cron-parser'
import type { CronExpression } from 'cron-parser'
import { isKnownZone } from './zone-transitions.ts'

/** A schedule that cannot be understood: which part of it, why, and what to write instead. */
export class ScheduleRefused extends Error {
  override readonly name = 'ScheduleRefused'
  readonly part: 'cron' | 'timezone' | 'every'
  readonly fix: string

  constructor(part: ScheduleRefused['part'], sentence: string, fix: string) {
    super(sentence)
    this.part = part
    this.fix = fix
  }
}

const fiveFields =
  'Write five fields: minute, hour, day of month, month, day of week. For instance: */20 6-22 * * 1-5.'

/**
 * A cron expression of five fields, or one of @hourly @daily @weekly @monthly @yearly, in an IANA time zone (absent: UTC).
 * Numbers, names (mon, jan), lists, ranges, steps, `L` and `#` are known. Throws `ScheduleRefused`.
 */
export function parseCron(cron: string, timezone = 'UTC'): CronExpression {
  const text = cron.trim()
  if (!isKnownZone(timezone))
    throw new ScheduleRefused(
      'timezone',
      `There is no time zone named ${timezone}.`,
      'Write an IANA name such as Europe/Dublin or America/New_York, or leave it out for UTC.',
    )
  const count = text.split(/\s+/).length
  if (!text.startsWith('@') && count !== 5)
    throw new ScheduleRefused(
      'cron',
      `"${cron}" has ${count === 1 ? 'one field' : `${count} fields`}.`,
      fiveFields,
    )
  if (/H/.test(text.replace(/thu/gi, '')))
    throw new ScheduleRefused('cron', `"${cron}" leaves a value to chance (H).`, 'Write the value itself.')
  try {
    return CronExpressionParser.parse(text, { tz: timezone })
  } catch (error) {
    throw new ScheduleRefused('cron', `"${cron}" is not a cron expression: ${plain(error)}.`, fiveFields)
  }
}

function plain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message
    .replace(/^(Constraint error|Validation error), /, '')
    .replace(/^Cron\w+ Validation error, /, '')
    .replace(
      'Invalid explicit day of month definition',
      'no month that it names has such a day, so it never fires',
    )
    .replace(/\.$/, '')
}
