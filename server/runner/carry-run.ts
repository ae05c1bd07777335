import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { systemActor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { executeRun } from '../engine/execute-run.ts'
import { RunFailure } from '../engine/failures.ts'
import { errorFields } from '../log.ts'
import { explainLostKey } from '../secrets/lost-key.ts'
import type { RunChange } from '../store/carried-run-rows.ts'
import type { RunRow } from '../store/run-rows.ts'
import { guardClaims } from './guard-claims.ts'
import { holdFile } from './hold-file.ts'
import { ObjectBoard } from './object-board.ts'
import { openRun } from './open-run.ts'
import type { OpenedRun } from './open-run.ts'
import type { Carried } from './carried-run.ts'
import { followUp } from './follow-up.ts'
import { endState, RunRecorder } from './run-recorder.ts'
import { takeRun } from './take-run.ts'
import type { WorkerParts } from './worker-parts.ts'

export interface RunJob {
  readonly runId: string
  readonly workspaceId: string
  /** Aborted when the queue gave the run to another worker. */
  readonly signal: AbortSignal
}

/** After so many attempts what keeps a run from going on is no passing trouble. */
const mostAttempts = 6

/** This worker stops carrying the run, and another goes on with it. The queue must hear of it as a failure. */
export class HandedOver extends Error {
  override readonly name = 'HandedOver'
}

/**
 * Carries a run to its end: claims it under a new attempt, executes what no earlier attempt has finished, and writes down what happens.
 * Rejects with `HandedOver` where the worker is asked to stop, and with whatever keeps the end from being written: the run goes on in
 * another attempt then.
 */
export async function carryRun(parts: WorkerParts, job: RunJob): Promise<void> {
  const { database } = parts.services
  const claimed = await takeRun(parts, job)
  if (!claimed) return
  const { run } = claimed
  const stop = parts.stops.begin(run.id, job.signal)
  const log = parts.services.log.with({ run: run.id, attempt: run.attempt })
  const board = new ObjectBoard(claimed.objects)
  const recorder = new RunRecorder({ database, log, run, board, onLost: () => stop.stop('lost') })
  // What an engine says after it was stopped for good is about stopping, and the run goes on elsewhere.
  stop.onStop((why) => why !== 'cancelled' && recorder.close())
  announceStart(recorder, run, parts.name)
  log.info('run.carried')
  try {
    if (run.cancelRequestedAt) stop.stop('cancelled')
    await carryClaimed({ parts, run, recorder, stop })
  } finally {
    recorder.close()
    parts.stops.end(run.id, stop)
    log.info('run.left', { why: stop.why ?? 'ended' })
  }
}

async function carryClaimed(carried: Carried): Promise<void> {
  const { recorder, stop } = carried
  const ended = await executeOpened(carried)
  if (stop.why === 'lost') throw new HandedOver('Another worker has the run.')
  const traffic = ended.report ? trafficOf(ended.report) : {}
  if (ended.goesOn && recorder.board.open.length > 0) {
    const message = ended.goesOn
    recorder.write({ level: 'info', kind: 'handed_over', message })
    await recorder.finish({ worker: null, ...traffic })
    throw new HandedOver(message)
  }
  noteUncounted(recorder)
  const state = endState(recorder.board, ended.report)
  recorder.write({
    level: state === 'failed' ? 'error' : state === 'partial' ? 'warn' : 'info',
    kind: 'ended',
    message: ended.error ? `The run ended: ${state}. ${ended.error.message}` : `The run ended: ${state}.`,
  })
  const last: RunChange = { state, finishedAt: new Date(), worker: null, error: ended.error, ...traffic }
  if (!(await recorder.finish(last))) throw new HandedOver('Another worker has the run.')
}

/** Of all attempts so far. */
type Traffic = Pick<RunReport, 'requests' | 'retries' | 'rateLimitWaitMs'>

function trafficOf({ requests, retries, rateLimitWaitMs }: Traffic): Traffic {
  return { requests, retries, rateLimitWaitMs }
}

interface Ended {
  /** Absent where nothing could begin. */
  readonly report: RunReport | undefined
  readonly error: RunReport['error']
  /** Why another attempt should go on, in a sentence; undefined: the run is over. */
  readonly goesOn: string | undefined
}

async function executeOpened(carried: Carried): Promise<Ended> {
  const { parts, run, recorder, stop } = carried
  const only = recorder.board.open
  // A worker died between the last object's end and the run's.
  if (only.length === 0) return { report: undefined, error: run.error, goesOn: undefined }
  const actor = systemActor(run.workspaceId, parts.services)
  let opened: OpenedRun | undefined
  let file: AsyncDisposable | undefined
  try {
    opened = await openRun(actor, run)
    file = await holdFile(carried, opened)
    const report = await executeRun({
      ...opened.input,
      destination: guardClaims(opened.input.destination, () => recorder.insist()),
      run: run.id,
      ...(run.attempt > 1 ? { soFar: { ...trafficOf(run), objects: recorder.board.soFar } } : {}),
      http: parts.services.http,
      only,
      fullRefresh: run.fullRefresh,
      budget: parts.services.budgets.find(opened.sharing),
      locks: locksOf(parts, opened),
      onEvent: (event) => recorder.note(event),
      onTrouble: (error) => parts.services.log.error('run.internal', { run: run.id, ...errorFields(error) }),
      signal: stop.signal,
    })
    if (stop.why === 'lost') return { report, error: null, goesOn: undefined }
    const goesOn = whyGoOn(carried, report)
    recorder.board.finish(report, { goesOn: goesOn !== undefined })
    await followUp({ ...carried, actor, opened, report })
    return { report, error: report.error, goesOn }
  } catch (error) {
    return stopped(carried) ?? failAll(carried, explain(error, carried))
  } finally {
    await opened?.input.destination.close().catch(() => undefined)
    await file?.[Symbol.asyncDispose]()
  }
}

/** What a run holds of an account, it holds against those that share its connector. */
function locksOf({ locks }: WorkerParts, { input, sharing }: OpenedRun): WorkerParts['locks'] {
  if (sharing === input.connector.name) return locks
  return { hold: async (name, signal) => await locks.hold(`${sharing} ${name}`, signal) }
}

/** A run that was stopped before it began; undefined: it was not. */
function stopped({ stop, recorder }: Carried): Ended | undefined {
  switch (stop.why) {
    case undefined:
      return undefined
    case 'cancelled':
      for (const object of recorder.board.open)
        recorder.board.set(object, { state: 'cancelled', finishedAt: new Date() })
      return { report: undefined, error: null, goesOn: undefined }
    case 'drained':
      return { report: undefined, error: null, goesOn: draining }
    case 'lost':
      return { report: undefined, error: null, goesOn: undefined }
  }
}

function failAll({ recorder }: Carried, error: NonNullable<RunReport['error']>): Ended {
  for (const object of recorder.board.open)
    recorder.board.set(object, { state: 'failed', error, finishedAt: new Date() })
  return { report: undefined, error, goesOn: undefined }
}

const draining =
  'The worker is shutting down. The run stops at its checkpoints, and another worker goes on with it.'

function whyGoOn({ stop, run }: Carried, report: RunReport): string | undefined {
  if (stop.why === 'drained') return draining
  // One that was stopped and woke up may have claimed the tables just before it noticed that the run is no longer its own.
  if (report.error?.code === 'fenced' && stop.why === undefined && run.attempt < mostAttempts)
    return 'Someone else claimed the tables meanwhile. The run goes on in a new attempt.'
  return undefined
}

function announceStart(recorder: RunRecorder, { attempt }: RunRow, worker: string): void {
  if (attempt === 1)
    recorder.write({ level: 'info', kind: 'started', message: 'The run began.', data: { worker } })
  else
    recorder.write({
      level: 'warn',
      kind: 'taken_over',
      message: `Another worker went on with the run at its checkpoints: attempt ${attempt}.${uncounted(recorder)}`,
      data: { worker, attempt },
    })
}

/**
 * A worker that died wrote its last counts down up to half a second before; one that was asked to end wrote all of them. What landed is counted
 * beside the rows, too, and taken from there.
 */
function uncounted({ board }: RunRecorder): string {
  return board.uncounted.length > 0
    ? ' Requests of the moment before the break may be missing in their count.'
    : ''
}

/** The destination could not be asked what landed before a worker died, or did not know. */
function noteUncounted(recorder: RunRecorder): void {
  const { uncounted } = recorder.board
  if (uncounted.length === 0) return
  recorder.write({
    level: 'warn',
    kind: 'uncounted',
    message: `What landed of ${uncounted.join(', ')} in the moment before the break is in the tables, and may be missing in the counts.`,
  })
}

/** What keeps a run from beginning, for a person. Throws what nobody expected, so that it is tried again, but not for ever. */
function explain(error: unknown, { parts, run }: Carried): NonNullable<RunReport['error']> {
  if (error instanceof RunFailure) return { code: error.kind, message: error.message, advice: error.advice }
  if (error instanceof DomainError)
    return {
      code: 'refused',
      message: error.message,
      advice: 'Correct the pipeline or its connections, then run again.',
    }
  if (run.attempt < mostAttempts) throw error
  parts.services.log.error('run.failed', errorFields(error))
  const lost = explainLostKey(error)
  if (lost) return { code: 'missing_secret', ...lost }
  const { kind, message, advice } = new RunFailure('internal', 'Something went wrong inside Penstock.')
  return { code: kind, message, advice }
}
