import { randomUUID } from 'node:crypto'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import type { HttpClient } from '../egress/http-client.ts'
import type { KeepTokens } from './access-tokens.ts'
import { ApiClient } from './api-client.ts'
import { chooseObjects } from './choose-objects.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Destination, RunCounts, StoredTable } from './destination.ts'
import type { RunFailure } from './failures.ts'
import { holdLock } from './hold-lock.ts'
import { identifyAccount, insistOnOwnTables, type IdentifiedAccount } from './identify-account.ts'
import { planGroups } from './plan-groups.ts'
import type { Decisions } from './plan-table.ts'
import { Pseudonymiser } from './protect-value.ts'
import { runGroup } from './run-group.ts'
import { asRunFailure, RunOutcome } from './run-outcome.ts'
import { RunTally } from './run-tally.ts'
import type { WaitReason } from './run-waits.ts'
import type { FindBudget, Locks } from './shared-budget.ts'
import type { SourceConnection } from './source-connection.ts'
import { progressOf, recount, throttled } from './tell-progress.ts'
import { warningsOf, writeReport, type RunState } from './write-report.ts'

/**
 * What happens in a run, as it happens. An object is queued, then reading (rows land meanwhile), then loading (everything was read),
 * then it has ended; a group that has nothing left to land ends without loading.
 */
export type RunEvent =
  | {
      readonly type: 'object'
      readonly object: string
      readonly state: 'queued' | 'reading' | 'loading' | 'succeeded' | 'skipped' | 'failed' | 'cancelled'
      /** When, ISO 8601. `executeRun` always says it. */
      readonly at?: string
      /** With the end of an object: what is no failure, but should be known. */
      readonly warnings?: readonly string[]
    }
  | (RunCounts & {
      readonly type: 'progress'
      readonly object: string
      readonly requests: number
      readonly retries?: number
    })
  | {
      readonly type: 'waiting'
      /** For a person. */
      readonly reason: string
      /** Unix milliseconds; of a lock, when it will be said again. */
      readonly untilMs: number
      /** Who waits, where that is known. */
      readonly object?: string
      readonly why?: WaitReason
    }
  | { readonly type: 'account'; readonly name: string; readonly id: string; readonly region?: string }
  | { readonly type: 'warning'; readonly object: string; readonly message: string }
  /** What earlier attempts at this run landed of these objects is counted now, to the last row; the destination says so. */
  | { readonly type: 'recounted'; readonly objects: readonly string[] }

export interface RunInput {
  /** The run's id; absent: a new one. Whoever takes a run over goes on under the same id, and fences off whoever had it before. */
  readonly run?: string
  /** What earlier attempts at this run counted, as far as they could tell anybody. Absent: this is the first. */
  readonly soFar?: CountedSoFar
  readonly connector: Connector
  /** Validated: every object exists, every path may be protected as it says. */
  readonly pipeline: Pipeline
  readonly connection: SourceConnection
  readonly destination: Destination
  readonly http: HttpClient
  /** 32 bytes, of the workspace: what personal data is hashed under. */
  readonly hashKey: Buffer
  /** The key's version, which stands in every token. Absent: 1. */
  readonly hashKeyVersion?: number
  /** Makes a refresh token durable that the API put in place of the connection's. */
  readonly keepTokens?: KeepTokens
  /** The API budget that this run shares with others of the same account; absent: it has its own. */
  readonly budget?: FindBudget
  /** What only one run of an account may do at a time, across processes; absent: nobody else reads this account. */
  readonly locks?: Locks
  /**
   * What a person decided about new fields. Under block a field lands only with a decision; under auto_sync a decision goes before
   * newFields. An excluded field is ignored, and no longer told as a change.
   */
  readonly decisions?: Decisions
  /** Only these of the pipeline's objects. */
  readonly only?: readonly string[]
  /** Read everything from its beginning and replace the tables. */
  readonly fullRefresh?: boolean
  readonly clock?: Clock
  /** Between 0 and 1, for jitter. */
  readonly random?: () => number
  readonly onEvent?: (event: RunEvent) => void
  /** Hears what nobody expected, once for each object that it ended, for whoever looks for the fault; to a person the report says only that it happened. */
  readonly onTrouble?: (error: unknown) => void
  /** Aborting cancels the run at its last checkpoint. */
  readonly signal: AbortSignal
}

/** What a run counted before whoever goes on with it began. Of what landed the destination knows better. */
export interface CountedSoFar {
  readonly requests: number
  readonly retries: number
  readonly rateLimitWaitMs: number
  readonly objects: ReadonlyMap<string, RunCounts & { readonly requests: number; readonly retries: number }>
}

/**
 * Executes a pipeline once. Never rejects for a failure of the run: the report says what happened, object by object. Everything that
 * landed is covered by checkpoints, so that the next run goes on from there, whatever ended this one.
 */
export async function executeRun(input: RunInput): Promise<RunReport> {
  const clock = input.clock ?? systemClock
  const emit = input.onEvent ?? (() => undefined)
  const stop = new AbortController()
  const now = () => new Date(clock.now()).toISOString()
  const state: RunState = {
    run: input.run ?? randomUUID(),
    startedAt: now(),
    objects: chooseObjects(input.pipeline, input.only),
    tally: new RunTally(),
    outcome: new RunOutcome((object, status, failure) => {
      if (failure?.kind === 'internal') input.onTrouble?.(failure.cause)
      state.ended.set(object, now())
      noteChanges(state, object)
      const warnings = warningsOf(state, object, input.connector)
      emit({ type: 'object', object, state: status, at: now(), warnings })
      emit(progressOf(state, object))
    }),
    shapes: new Map(),
    checkpoints: new Map(),
    changes: new Map(),
    warnings: new Map(),
    before: new Map(),
    began: new Map(),
    ended: new Map(),
    client: undefined,
    error: undefined,
  }
  const signal = AbortSignal.any([input.signal, stop.signal])
  const stopRun = (reason: RunFailure) => {
    state.error ??= reason
    stop.abort(state.error)
  }
  state.tally.set(input.soFar?.objects ?? new Map())
  for (const object of state.objects) emit({ type: 'object', object, state: 'queued', at: now() })
  try {
    await runAll(input, state, { clock, emit, signal, stopRun })
  } catch (error) {
    const failure = asRunFailure(error, input.signal)
    state.error ??= failure
    for (const object of state.objects) state.outcome.failed(object, failure)
  }
  const report = writeReport(input, state, now())
  // A run that was taken over must not replace the report of whoever goes on under its id.
  const takenOver = input.run !== undefined && state.error?.kind === 'fenced'
  // The report is for whoever asked, first of all; a destination that is down must not swallow it.
  if (!takenOver) await input.destination.recordRun(report).catch(() => undefined)
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
    // A database of its own process has something to do between two pages. One of ours would only get smaller commits.
    oneByOne: !destination.inProcess,
    onWait: (waiting) => emit({ type: 'waiting', ...waiting }),
    onRetry: (object) => object !== undefined && state.tally.of(object).retries++,
  })
  state.client = client
  const tables = await destination.describe(Object.keys(pipeline.objects))
  const stored = new Map([...tables].filter(([object]) => state.objects.includes(object)))
  for (const [object, { checkpoint }] of stored) state.before.set(object, checkpoint)
  recount(input, state, stored, emit)
  const account = await identifyAccount({ connector, connection, client, stored, signal })
  emit({ type: 'account', ...account.shown })
  insistOnOwnTables(tables, account)
  const budget = input.budget?.({ id: account.shown.id, source: account.source })
  const leaveBudget = budget && client.shareBudget(budget)
  try {
    await runGroups(input, state, { ...tools, client, account, stored })
  } finally {
    leaveBudget?.()
  }
}

interface GroupTools extends RunTools {
  readonly client: ApiClient
  readonly account: IdentifiedAccount
  readonly stored: ReadonlyMap<string, StoredTable>
}

async function runGroups(input: RunInput, state: RunState, tools: GroupTools): Promise<void> {
  const { connector, pipeline, destination, locks } = input
  const { client, account, stored, clock, signal, emit } = tools
  const groups = planGroups({
    connector,
    pipeline,
    objects: state.objects,
    stored,
    pseudonymiser: new Pseudonymiser(input.hashKey, input.hashKeyVersion),
    decisions: input.decisions,
    now: state.startedAt,
  })
  for (const group of groups) {
    for (const [object, shape] of group.shapes)
      state.shapes.set(object, { shape, stored: stored.get(object) })
    for (const [object, warnings] of group.warnings) state.warnings.set(object, warnings)
  }
  const enter = (object: string, stage: 'reading' | 'loading') => {
    if (!state.outcome.has(object) && state.shapes.has(object))
      emit({ type: 'object', object, state: stage, at: new Date(clock.now()).toISOString() })
  }
  const progress = throttled(state, tools)
  await Promise.all(
    groups.map((group) =>
      runGroup({
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
        onRead: (objects) => {
          for (const object of objects) enter(object, 'loading')
        },
        holdScroll:
          locks && ((object) => holdLock({ locks, account, object, waits: client.waits, clock, signal })),
        destination,
        claim: { run: state.run, source: account.source },
        outcome: state.outcome,
        stopRun: tools.stopRun,
        onStart: ({ checkpoints, counts }) => {
          // Whoever had the tables before may have committed since they were described, and cannot any more.
          state.tally.set(counts)
          for (const object of counts.keys()) progress(object)
          for (const [object, checkpoint] of checkpoints) {
            state.before.set(object, checkpoint)
            state.began.set(object, new Date(clock.now()).toISOString())
            enter(object, 'reading')
          }
        },
        onCheckpoint: (object, checkpoint) => state.checkpoints.set(object, checkpoint),
      }),
    ),
  )
}

/** What an object's records were found to have, as of now. */
function noteChanges(state: RunState, object: string): void {
  const known = state.shapes.get(object)
  if (known) state.changes.set(object, known.shape.schemaChanges(known.stored))
}
