import type { ObjectReport, ReportedError, SchemaChange } from '@penstock/schemas/generated/run.ts'
import type { RunCounts } from './destination.ts'
import { failurePolicies, RunFailure } from './failures.ts'
import { addsUp, tooManyRejected, type RunTally } from './run-tally.ts'

type Status = ObjectReport['status']

interface Outcome {
  status: Status
  error: ReportedError | null
}

/** Hears how an object ended, and why it did not succeed. */
type OnEnd = (object: string, status: Status, failure?: RunFailure) => void

/** How each object of a run ended. */
export class RunOutcome {
  readonly #ended = new Map<string, Outcome>()
  readonly #onEnd: OnEnd

  constructor(onEnd: OnEnd) {
    this.#onEnd = onEnd
  }

  /**
   * An object was read and loaded to its end. It has succeeded only if every record that came in is accounted for, and few enough of
   * them could not land; `judged`: that was asked before, of the generation that was published, and no other attempt's records count.
   */
  finished(object: string, counts: RunCounts, { judged }: { readonly judged: boolean }): void {
    if (!judged && tooManyRejected(counts)) {
      const sentence = `${counts.rejected} of ${counts.extracted} records of ${object} could not land.`
      return this.failed(object, new RunFailure('too_many_rejected', sentence))
    }
    if (!addsUp(counts)) {
      const sentence = `${counts.extracted} records of ${object} were read, but not all of them are accounted for.`
      return this.failed(object, new RunFailure('miscounted', sentence))
    }
    this.#end(object, { status: 'succeeded', error: null })
  }

  /** An object could not be read or loaded. Whether it is skipped, failed or cancelled follows from the kind of failure. */
  failed(object: string, failure: RunFailure): void {
    const error: ReportedError = { code: failure.kind, message: failure.message, advice: failure.advice }
    const { effect } = failurePolicies[failure.kind]
    const status = failure.kind === 'cancelled' ? 'cancelled' : effect === 'skipped' ? 'skipped' : 'failed'
    this.#end(object, { status, error }, failure)
  }

  /** How an object ended; failed for want of anything better where it never did. */
  of(object: string): Outcome {
    return this.#ended.get(object) ?? { status: 'failed', error: null }
  }

  has(object: string): boolean {
    return this.#ended.has(object)
  }

  #end(object: string, outcome: Outcome, failure?: RunFailure): void {
    if (this.#ended.has(object)) return
    this.#ended.set(object, outcome)
    this.#onEnd(object, outcome.status, failure)
  }
}

/** Any error as a `RunFailure`: one of ours as it is, an abort as cancelled, and what nobody expected as internal. */
export function asRunFailure(error: unknown, signal: AbortSignal): RunFailure {
  if (error instanceof RunFailure) return error
  if (signal.aborted) {
    return signal.reason instanceof RunFailure
      ? signal.reason
      : new RunFailure('cancelled', 'The run was cancelled.', { cause: error })
  }
  return new RunFailure('internal', 'Something went wrong inside Penstock.', { cause: error })
}

/** The sentences about an object that are no failure, but that somebody should know. `parent`: the object it is read out of. */
export function warningsFor(
  object: string,
  tally: RunTally,
  changes: readonly SchemaChange[],
  parent = 'parents',
): readonly string[] {
  const { capped, vanished, rejected } = tally.of(object)
  const blocked = changes.filter(({ applied }) => applied === 'none').length
  return [
    ...(capped > 0
      ? [
          `${capped} of the ${parent} ${capped === 1 ? 'holds' : 'hold'} more ${object} than the API gives; the oldest cannot be read.`,
        ]
      : []),
    ...(vanished > 0 ? [`${records(vanished, object)} deleted while they were read.`] : []),
    ...(rejected > 0
      ? [
          `${rejected === 1 ? '1 record' : `${rejected} records`} of ${object} could not land; see _penstock_rejected.`,
        ]
      : []),
    ...(blocked > 0
      ? [
          `${blocked === 1 ? '1 schema change' : `${blocked} schema changes`} of ${object} ${blocked === 1 ? 'waits' : 'wait'} for a decision.`,
        ]
      : []),
  ]
}

function records(count: number, object: string): string {
  return count === 1 ? `1 record of ${object} was` : `${count} records of ${object} were`
}
