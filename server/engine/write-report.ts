import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { ObjectReport, RunReport, SchemaChange } from '@penstock/schemas/generated/run.ts'
import type { ApiClient } from './api-client.ts'
import type { StoredTable } from './destination.ts'
import type { RunInput } from './execute-run.ts'
import type { RunFailure } from './failures.ts'
import { manifestOf } from './plan-table.ts'
import { warningsFor, type RunOutcome } from './run-outcome.ts'
import { nothingCounted, type RunTally } from './run-tally.ts'
import type { TableShape } from './table-shape.ts'
import { unreadOf } from './unread-records.ts'

/** What is known of a run while it goes on. */
export interface RunState {
  readonly run: string
  /** ISO 8601. */
  readonly startedAt: string
  /** The objects that it is for. */
  readonly objects: readonly string[]
  readonly tally: RunTally
  readonly outcome: RunOutcome
  /** Each object's shape, and its table as the run found it. */
  readonly shapes: Map<string, { readonly shape: TableShape; readonly stored: StoredTable | undefined }>
  readonly checkpoints: Map<string, Checkpoint | undefined>
  readonly changes: Map<string, readonly SchemaChange[]>
  readonly warnings: Map<string, readonly string[]>
  /** Where each object left off before the run. */
  readonly before: Map<string, Checkpoint | undefined>
  /** When each object's reading began, and when it ended, ISO 8601. */
  readonly began: Map<string, string>
  readonly ended: Map<string, string>
  client: ApiClient | undefined
  /** What stopped the run as a whole. */
  error: RunFailure | undefined
}

/** The run as its report: every number from the counts, every status from how the objects ended. */
export function writeReport(input: RunInput, state: RunState, finishedAt: string): RunReport {
  const { client, error } = state
  const { requests = 0, retries = 0, rateLimitWaitMs = 0 } = input.soFar ?? {}
  const objects = state.objects.map((object) => reportObject(input, state, object))
  return {
    run: state.run,
    status: statusOf(objects, input.signal.aborted),
    startedAt: state.startedAt,
    finishedAt,
    requests: requests + (client?.traffic.requests ?? 0),
    retries: retries + (client?.traffic.retries ?? 0),
    rateLimitWaitMs:
      rateLimitWaitMs + (client?.waits.totals().find(({ reason }) => reason === 'rate_limit')?.ms ?? 0),
    error: error ? { code: error.kind, message: error.message, advice: error.advice } : null,
    objects,
  }
}

function reportObject(input: RunInput, state: RunState, object: string): ObjectReport {
  const manifest = manifestOf(input.connector, object)
  const { extracted, loaded, unchanged, filtered, rejected, deleted, requests, retries } =
    state.tally.of(object)
  const { status, error } = state.outcome.of(object)
  const before = state.before.get(object)
  const checkpoint = state.checkpoints.has(object) ? state.checkpoints.get(object) : before
  return {
    object,
    status,
    mode: modeOf(manifest),
    extracted,
    loaded,
    unchanged,
    filtered,
    rejected,
    deleted,
    requests,
    retries,
    waits: [...(state.client?.waits.totals(object) ?? [])],
    startedAt: state.began.get(object) ?? null,
    finishedAt: state.ended.get(object) ?? null,
    checkpointBefore: before ? toldCheckpoint(object, before) : null,
    checkpoint: checkpoint ? toldCheckpoint(object, checkpoint) : null,
    error,
    warnings: [...warningsOf(state, object, input.connector)],
    schemaChanges: [...(state.changes.get(object) ?? [])],
  }
}

/** An object of a run that never began: nothing was read, and nothing is known of where it left off. */
export function reportNotBegun(
  connector: RunInput['connector'],
  object: string,
  ended: Pick<ObjectReport, 'status' | 'error'>,
): ObjectReport {
  return {
    object,
    status: ended.status,
    mode: modeOf(manifestOf(connector, object)),
    ...nothingCounted,
    checkpoint: null,
    error: ended.error,
    warnings: [],
    schemaChanges: [],
  }
}

function modeOf({ read, mode }: ObjectManifest): ObjectReport['mode'] {
  return read.type === 'derived' ? 'derived' : mode
}

/**
 * A checkpoint as it is told: what it claims, and which windows are open. Which records it names, by keys or by a cursor, stays in the
 * destination: a report is kept, listed and sent, and a key may be somebody's address.
 */
function toldCheckpoint(object: string, checkpoint: Checkpoint): { [k: string]: unknown } {
  const { reading, vanished: _, ...claim } = checkpoint
  const { through } = claim
  // What belongs to a record that the API failed to give is claimed by nobody, though it alone is asked for again.
  const before = unreadOf(object, checkpoint).map(({ time }) => Math.floor(time) - 1)
  const told = through === undefined ? claim : { ...claim, through: Math.min(through, ...before) }
  if (!reading) return told
  const windows = reading.windows.map(({ partition, after, before }) => ({ partition, after, before }))
  return { ...told, reading: { ...reading, windows } }
}

/** The sentences about an object that are no failure, as far as they are known by now. */
export function warningsOf(
  state: RunState,
  object: string,
  connector: RunInput['connector'],
): readonly string[] {
  const planned = state.warnings.get(object) ?? []
  const { read } = manifestOf(connector, object)
  const parent = read.type === 'children' ? read.parent : undefined
  return [...planned, ...warningsFor(object, state.tally, state.changes.get(object) ?? [], parent)]
}

function statusOf(objects: readonly ObjectReport[], cancelled: boolean): RunReport['status'] {
  const succeeded = objects.filter(({ status }) => status === 'succeeded').length
  if (succeeded === objects.length) return 'succeeded'
  if (cancelled || objects.some(({ status }) => status === 'cancelled')) return 'cancelled'
  return succeeded === 0 ? 'failed' : 'partial'
}
