import { setTimeout as sleep } from 'node:timers/promises'
import { RunFailure } from '../engine/failures.ts'
import type { Carried } from './carried-run.ts'
import type { OpenedRun } from './open-run.ts'

/** Nobody is told of a wait that is shorter. */
const briefMs = 500
const askEveryMs = 1000
/** For so long a run that was taken over waits for the process that carried it before. */
const patienceMs = 300_000

/**
 * Holds the destination's file, if it is one, until it is let go of: no other worker has it open then. Says so in the run's log where that
 * takes a while. Rejects with the reason of the run's stop.
 */
export async function holdFile(
  carried: Carried,
  { file, input }: OpenedRun,
): Promise<AsyncDisposable | undefined> {
  if (file === undefined) return undefined
  const { parts, recorder, stop, run } = carried
  const timer = setTimeout(() => {
    const message =
      'Waits: another worker has the destination’s file open, and only one may at a time. It goes on as soon as that one is done.'
    recorder.write({ level: 'info', kind: 'lock', message })
  }, briefMs)
  const held = await parts.files.hold(file, stop.signal).finally(() => clearTimeout(timer))
  try {
    if (run.attempt > 1) await outwaitHolder(carried, input.destination)
    return held
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw error
  }
}

/**
 * A worker that is stopped, and not dead, loses its run, and still has DuckDB’s own lock on the file. Waits until it wakes and lets go, or is
 * ended; it is not for us to end it. What else keeps the file from being opened is met by the run, which says it better.
 */
async function outwaitHolder(
  { recorder, stop }: Carried,
  destination: OpenedRun['input']['destination'],
): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (let told = false; Date.now() < deadline; told = true) {
    const failure = await failureOf(() => destination.describe([]))
    if (failure?.kind !== 'destination_unavailable') return
    if (!told)
      recorder.write({
        level: 'warn',
        kind: 'lock',
        message: `Waits: the worker that carried the run before does not answer, and still has the destination’s file open. ${failure.message} Wake that process, or end it.`,
      })
    await sleep(askEveryMs, undefined, { signal: stop.signal })
  }
}

async function failureOf(work: () => Promise<unknown>): Promise<RunFailure | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof RunFailure ? error : undefined
  }
}
