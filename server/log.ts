import { pino } from 'pino'
import type { DestinationStream } from 'pino'

/** What may stand in a log line: counts, ids, words of ours. Records, bodies, settings and errors of others do not fit the type. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured logs, one JSON object a line. INFO: something finished. WARN: odd, but nothing lost. ERROR: data lost, or a person is needed. */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  /** A log whose lines all carry these fields, too. */
  with(fields: LogFields): Log
}

/** Writes to standard error, where standard output belongs to whoever reads the ready line; or to `stream`, in tests. */
export function openLog(level: 'info' | 'warn' | 'error' | 'silent', stream?: DestinationStream): Log {
  return wrap(
    pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream ?? pino.destination(2)),
  )
}

/** The name of an error and its code: never its message, which may quote what someone sent. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const at = error.stack?.split('\n').find((line) => line.includes('/server/'))
  return { error: error.name, code, at: at?.trim().slice(0, 200) }
}

function wrap(logger: pino.Logger): Log {
  return {
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
    with: (fields) => wrap(logger.child(fields)),
  }
}
