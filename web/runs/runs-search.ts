import type { RunEvent, RunState } from '../api/answers.ts'
import { dayOf, flagOf, oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'

export const runStates = [
  'queued',
  'running',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const satisfies readonly RunState[]
export const runTriggers = ['schedule', 'manual', 'api', 'retry', 'resync'] as const
export const logLevels = ['info', 'warn', 'error'] as const satisfies readonly RunEvent['level'][]

/** The filters of the run history, as they stand in its address. Days are written 2026-11-20. */
export interface RunsSearch {
  readonly pipeline?: string | undefined
  readonly state?: RunState | undefined
  readonly trigger?: (typeof runTriggers)[number] | undefined
  readonly object?: string | undefined
  readonly hadRows?: true | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Reads the filters; what is not sound is left out. */
export function parseRunsSearch(search: RawSearch): RunsSearch {
  return {
    pipeline: textOf(search, 'pipeline'),
    state: oneOf(search, 'state', runStates),
    trigger: oneOf(search, 'trigger', runTriggers),
    object: textOf(search, 'object'),
    hadRows: flagOf(search, 'hadRows'),
    from: dayOf(search, 'from'),
    to: dayOf(search, 'to'),
  }
}

/** What a run's page shows: the object whose details are open, the log and its filters, and the line a link points to. */
export interface RunSearch {
  readonly object?: string | undefined
  readonly log?: true | undefined
  readonly level?: RunEvent['level'] | undefined
  readonly line?: number | undefined
}

/** Reads the parameters; what is not sound is left out. */
export function parseRunSearch(search: RawSearch): RunSearch {
  const line = Number(search['line'])
  return {
    object: textOf(search, 'object'),
    log: flagOf(search, 'log'),
    level: oneOf(search, 'level', logLevels),
    line: Number.isSafeInteger(line) && line > 0 ? line : undefined,
  }
}
