import type { HttpResponse } from '../egress/collect-response.ts'
import type { RateGate } from './rate-gate.ts'

/** Scrolls die when they wait, so they go first; then lists, which feed everything else. */
export type Priority = 0 | 1 | 2

/** The API refused because a budget is used up. */
export interface Limited {
  readonly afterSeconds: number | undefined
}

/** Told when somebody begins to wait for the API's budget, and until when at the earliest; gives back what to call when that is over. */
export type OnBlocked = (untilMs: number) => () => void

interface Waiter {
  readonly priority: Priority
  readonly enter: () => void
  readonly onBlocked: OnBlocked | undefined
  unblock: (() => void) | undefined
}

/** One run's way through a gate: at most `concurrency` of its requests at once. Lanes of one gate take turns. */
export class GateLane {
  readonly concurrency: number
  inFlight = 0
  readonly #gate: RateGate
  readonly #waiting: Waiter[] = []

  constructor(gate: RateGate, concurrency: number) {
    this.#gate = gate
    this.concurrency = concurrency
  }

  /** The API's time, Unix milliseconds, as far as its answers tell. */
  serverNow(): number {
    return this.#gate.serverNow()
  }

  /** The latest that it may be, where answers told of several clocks. */
  serverLatest(): number {
    return this.#gate.serverLatest()
  }

  /** How many requests in parallel use the whole budget, at the pace that answers come now. */
  get usefulParallelism(): number {
    return this.#gate.usefulParallelism(this.concurrency)
  }

  /** See `RateGate`. */
  get hopeless(): boolean {
    return this.#gate.hopeless
  }

  get hasRoom(): boolean {
    return this.inFlight < this.concurrency
  }

  /** The priority of whoever is next; undefined where nobody waits. */
  get next(): Priority | undefined {
    return this.#waiting[0]?.priority
  }

  /** Resolves when a request may be sent. Each entry is paired with one `leave`. */
  async enter(priority: Priority, signal: AbortSignal, onBlocked?: OnBlocked): Promise<void> {
    signal.throwIfAborted()
    if (this.#gate.enterAtOnce(this)) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter: Waiter = { priority, enter: resolve, onBlocked, unblock: undefined }
    const at = this.#waiting.findIndex((other) => other.priority > priority)
    this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, waiter)
    const stop = () => {
      const place = this.#waiting.indexOf(waiter)
      if (place !== -1) this.#waiting.splice(place, 1)
      waiter.unblock?.()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    this.#gate.admit(this)
    await promise.finally(() => signal.removeEventListener('abort', stop))
  }

  /**
   * Tells the gate that a request is over, and what came back; undefined when nothing did. `limited` is given where the
   * answer said that the budget is used up, with the seconds to wait that the manifest knows of.
   */
  leave(response: HttpResponse | undefined, limited?: Limited): void {
    this.inFlight--
    this.#gate.leave(response, limited)
  }

  /** Lets whoever is next go. */
  admitNext(): void {
    const waiter = this.#waiting.shift()
    waiter?.unblock?.()
    waiter?.enter()
  }

  /** The budget is used up until then, at least: tells those who wait only for that. */
  block(untilMs: number): void {
    if (!this.hasRoom) return
    for (const waiter of this.#waiting) waiter.unblock ??= waiter.onBlocked?.(untilMs)
  }

  /** Whoever waits now waits for its own lane only. */
  unblock(): void {
    for (const waiter of this.#waiting) {
      waiter.unblock?.()
      waiter.unblock = undefined
    }
  }
}
