import { RunFailure } from '../engine/failures.ts'

/** cancelled: a person asked. drained: the worker shuts down. lost: another worker has the run. */
export type StopReason = 'cancelled' | 'drained' | 'lost'

/** How one run is stopped. The first reason stands, but for `lost`, which nothing takes back. */
export interface RunStop {
  readonly signal: AbortSignal
  readonly why: StopReason | undefined
  stop(why: StopReason): void
  onStop(told: (why: StopReason) => void): void
}

/** The runs that this worker carries, and how they are stopped. */
export class RunStops {
  readonly #stops = new Map<string, RunStop>()
  readonly #draining = new AbortController()

  /** Aborted when the worker shuts down. */
  get draining(): AbortSignal {
    return this.#draining.signal
  }

  /** A run begins. `claim` is aborted when the queue gave it to another worker. */
  begin(runId: string, claim: AbortSignal): RunStop {
    const stop = newStop()
    this.#stops.set(runId, stop)
    const lost = () => {
      // The queue aborts its signal also when the handler has ended.
      if (this.#stops.get(runId) === stop) stop.stop('lost')
    }
    claim.addEventListener('abort', lost, { once: true })
    if (claim.aborted) lost()
    if (this.draining.aborted) stop.stop('drained')
    return stop
  }

  /** This one is over. A run that the queue gave to the same worker again has another one by now, which stays. */
  end(runId: string, stop: RunStop): void {
    if (this.#stops.get(runId) === stop) this.#stops.delete(runId)
  }

  /** Somebody wants a run's end. Does nothing where another worker carries it. */
  cancel(runId: string): void {
    this.#stops.get(runId)?.stop('cancelled')
  }

  /** Every run stops at its checkpoints, those that begin from now on, too. */
  drain(): void {
    this.#draining.abort()
    for (const stop of this.#stops.values()) stop.stop('drained')
  }
}

function newStop(): RunStop {
  const abort = new AbortController()
  const listeners: ((why: StopReason) => void)[] = []
  let why: StopReason | undefined
  return {
    signal: abort.signal,
    get why() {
      return why
    },
    onStop: (told) => void (why === undefined ? listeners.push(told) : told(why)),
    stop: (reason) => {
      if (why === 'lost' || (why !== undefined && reason !== 'lost')) return
      why = reason
      for (const told of listeners) told(reason)
      abort.abort(new RunFailure(reason === 'lost' ? 'fenced' : 'cancelled', sentences[reason]))
    },
  }
}

const sentences: Readonly<Record<StopReason, string>> = {
  cancelled: 'The run was cancelled.',
  drained: 'The worker is shutting down.',
  lost: 'Another worker has taken the run over.',
}
