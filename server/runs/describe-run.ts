import type { RunCounts } from '../engine/destination.ts'
import type { EventLevel, RunEventRow } from '../store/event-rows.ts'
import type { RunObjectRow, RunWithSums } from '../store/run-rows.ts'
import type { ObjectState, RunState, RunTrigger } from '../store/tables/runs.ts'

/** What went wrong, and what a person can do. */
export interface ToldError {
  readonly code: string
  readonly message: string
  readonly advice: string
}

/** A run as the API tells it. Moments are ISO 8601; `durationMs` of a run under way counts to now. */
export interface RunSummary {
  readonly id: string
  readonly pipelineId: string
  readonly pipelineName: string
  readonly version: number
  readonly trigger: RunTrigger
  readonly triggeredBy: string | null
  readonly state: RunState
  readonly only: string[] | null
  readonly fullRefresh: boolean
  readonly queuedAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly durationMs: number | null
  readonly extracted: number
  readonly loaded: number
  readonly unchanged: number
  readonly rejected: number
  readonly deleted: number
  readonly requests: number
  readonly retries: number
  readonly rateLimitWaitMs: number
  readonly error: ToldError | null
  readonly attempt: number
}

export interface RunObject extends Omit<RunCounts, 'capped' | 'vanished'> {
  readonly object: string
  readonly state: ObjectState
  readonly mode: string | null
  readonly requests: number
  readonly retries: number
  readonly waits: Record<string, number>
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly checkpointBefore: unknown
  readonly checkpointAfter: unknown
  readonly error: ToldError | null
  readonly warnings: string[]
  readonly completeness: {
    readonly rows: number | null
    readonly reported: number | null
    readonly agrees: boolean | null
    readonly why: string
  } | null
}

export interface ToldEvent {
  readonly seq: number
  readonly at: string
  readonly level: EventLevel
  readonly object: string | null
  readonly kind: string
  readonly message: string
  readonly data: Record<string, unknown> | null
}

export function describeRun(row: RunWithSums, now = Date.now()): RunSummary {
  const end = row.finishedAt?.getTime() ?? now
  return {
    id: row.id,
    pipelineId: row.pipelineId,
    pipelineName: row.pipelineName,
    version: row.version,
    trigger: row.trigger,
    triggeredBy: row.triggeredBy,
    state: row.state,
    fullRefresh: row.fullRefresh,
    error: row.error,
    attempt: row.attempt,
    extracted: row.extracted,
    loaded: row.loaded,
    unchanged: row.unchanged,
    rejected: row.rejected,
    deleted: row.deleted,
    requests: row.requests,
    retries: row.retries,
    rateLimitWaitMs: row.rateLimitWaitMs,
    only: row.only && [...row.only],
    queuedAt: row.queuedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    durationMs: row.startedAt && Math.max(0, end - row.startedAt.getTime()),
  }
}

export function describeObject(row: RunObjectRow): RunObject {
  return {
    object: row.object,
    state: row.state,
    mode: row.mode,
    extracted: row.extracted,
    loaded: row.loaded,
    unchanged: row.unchanged,
    filtered: row.filtered,
    rejected: row.rejected,
    deleted: row.deleted,
    requests: row.requests,
    retries: row.retries,
    waits: row.waits,
    error: row.error,
    completeness: row.completeness,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    checkpointBefore: row.checkpointBefore ?? null,
    checkpointAfter: row.checkpointAfter ?? null,
    warnings: [...row.warnings],
  }
}

export function describeEvent({ seq, at, level, object, kind, message, data }: RunEventRow): ToldEvent {
  return { seq, at: at.toISOString(), level, object, kind, message, data }
}
