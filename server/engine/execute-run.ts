import { randomUUID } from 'node:crypto'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import type { HttpClient } from '../egress/http-client.ts'
import type { KeepTokens } from './access-tokens.ts'
import { ApiClient } from './api-client.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Destination } from './destination.ts'
import type { RunFailure } from './failures.ts'
import { identifyAccount } from './identify-account.ts'
import { planGroups } from './plan-groups.ts'
import { Pseudonymiser } from './protect-value.ts'
import { writeReport, type RunState } from './write-report.ts'
import { runGroup } from './run-group.ts'
import { asRunFailure, RunOutcome } from './run-outcome.ts'
import { RunTally } from './run-tally.ts'
import type { SourceConnection } from './source-connection.ts'

export type RunEvent =
  | {
      readonly type: 'object'
      readonly object: string
      readonly state: 'queued' | 'reading' | 'loading' | 'succeeded' | 'skipped' | 'failed' | 'cancelled'
    }
  | {
      readonly type: 'progress'
      readonly object: string
      readonly extracted: number
      readonly loaded: number
      readonly unchanged: number
      readonly rejected: number
      readonly requests: number
    }
  | { readonly type: 'waiting'; readonly reason: string; readonly untilMs: number }
  | { readonly type: 'account'; readonly name: string; readonly id: string; readonly region?: string }
  | { readonly type: 'warning'; readonly object: string; readonly message: string }

export interface RunInput {
  readonly connector: Connector
  /** Validated: every object exists, every path may be protected as it says. */
  readonly pipeline: Pipeline
  readonly connection: SourceConnection
  readonly destination: Destination
  readonly http: HttpClient
  /** 32 bytes, of the workspace: what personal data is hashed under. */
  readonly hashKey: Buffer
  /** Makes a refresh token durable that the API put in place of the connection's. */
  readonly keepTokens?: KeepTokens
  /** Only these of the pipeline's objects. */
  readonly only?: readonly string[]
  /** Read everything from its beginning and replace the tables. */
  readonly fullRefresh?: boolean
  readonly clock?: Clock
  /** Between 0 and 1, for jitter. */
  readonly random?: () => number
  readonly onEvent?: (event: RunEvent) => void
  /** Aborting cancels the run at its last checkpoint. */
  readonly signal: AbortSignal
}

/**
 * Executes a pipeline once. Never rejects for a failure of the run: the report says what happened, object by object. Everything that
 * landed is covered by checkpoints, so that the next run goes on from there, whatever ended this one.
 */
export async function executeRun(input: RunInput): Promise<RunReport> {
  const clock = input.clock ?? systemClock
  const emit = input.onEvent ?? (() => undefined)
  const stop = new AbortController()
  const state: RunState = {
    run: randomUUID(),
    startedAt: new Date(clock.now()).toISOString(),
    objects: Object.keys(input.pipeline.objects).filter((object) => input.only?.includes(object) ?? true),
    tally: new RunTally(),
    outcome: new RunOutcome((object, status) => emit({ type: 'object', object, state: status })),
    checkpoints: new Map(),
    changes: new Map(),
    warnings: new Map(),
    client: undefined,
    error: undefined,
  }
  const signal = AbortSignal.any([input.signal, stop.signal])
  const stopRun = (reason: RunFailure) => {
    state.error ??= reason
    stop.abort(state.error)
  }
  for (const object of state.objects) emit({ type: 'object', object, state: 'queued' })
  try {
    await runAll(input, state, { clock, emit, signal, stopRun })
  } catch (error) {
    const failure = asRunFailure(error, input.signal)
    state.error ??= failure
    for (const object of state.objects) state.outcome.failed(object, failure)
  }
  const report = writeReport(input, state, new Date(clock.now()).toISOString())
  // The report is for whoever asked, first of all; a destination that is down must not swallow it.
  await input.destination.recordRun(report).catch(() => undefined)
  return report
}

interface RunTools {
  readonly clock: Clock
  readonly emit: (event: RunEvent) => void
  readonly signal: AbortSignal
  readonly stopRun: (reason: RunFailure) => void
}

async function runAll(input: RunInput, state: RunState, tools: RunTools): Promise<void> {
  const { connector, connection, pipeline, destination } = input
  const { emit, signal, clock } = tools
  const client = new ApiClient({
    manifest: connector.manifest,
    connection,
    http: input.http,
    clock,
    random: input.random ?? Math.random,
    concurrency: pipeline.concurrency,
    keepTokens: input.keepTokens,
    onWait: (reason, untilMs) => emit({ type: 'waiting', reason, untilMs }),
  })
  state.client = client
  const stored = await destination.describe(state.objects)
  const account = await identifyAccount({ connector, connection, client, stored, signal })
  emit({ type: 'account', ...account.shown })
  const pseudonymiser = new Pseudonymiser(input.hashKey)
  const groups = planGroups({
    connector,
    pipeline,
    objects: state.objects,
    stored,
    pseudonymiser,
    now: state.startedAt,
  })
  const progress = throttled(state, tools)
  await Promise.all(
    groups.map(async (group) => {
      for (const object of group.shapes.keys()) emit({ type: 'object', object, state: 'reading' })
      await runGroup({
        ...group,
        client,
        account,
        references: account.references(state.startedAt),
        tally: state.tally,
        stored,
        fullRefresh: input.fullRefresh === true,
        parallel: pipeline.concurrency ?? connector.manifest.rateLimits?.concurrency ?? 8,
        signal,
        onProgress: progress,
        destination,
        claim: { run: state.run, source: account.source },
        outcome: state.outcome,
        stopRun: tools.stopRun,
        onCheckpoint: (object, checkpoint) => state.checkpoints.set(object, checkpoint),
      })
      for (const [object, shape] of group.shapes) {
        state.changes.set(object, shape.schemaChanges(stored.get(object)))
        state.warnings.set(object, group.warnings.get(object) ?? [])
        progress(object, true)
      }
    }),
  )
}

/** At most ten reports a second for each object, and always the last one. */
function throttled(state: RunState, { emit, clock }: RunTools): (object: string, always?: boolean) => void {
  const last = new Map<string, number>()
  return (object, always = false) => {
    const now = clock.now()
    if (!always && now - (last.get(object) ?? 0) < 100) return
    last.set(object, now)
    const { extracted, loaded, unchanged, rejected, requests } = state.tally.of(object)
    emit({ type: 'progress', object, extracted, loaded, unchanged, rejected, requests })
  }
}
