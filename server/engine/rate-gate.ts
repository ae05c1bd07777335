import type { RateLimits } from '@penstock/schemas/generated/manifest.ts'
import type { HttpResponse } from '../egress/collect-response.ts'
import type { Clock } from './clock.ts'
import { ServerClock } from './server-clock.ts'

/** Requests kept back at the end of each window, for what may be counted late. */
const reserve = 3

/** Scrolls die when they wait, so they go first; then lists, which feed everything else. */
export type Priority = 0 | 1 | 2

/** The API refused because a budget is used up. */
export interface Limited {
  readonly afterSeconds: number | undefined
}

interface Waiter {
  readonly priority: Priority
  readonly enter: () => void
}

/**
 * Lets requests through under one budget: at most `concurrency` at once, and no more in a window than the API's headers
 * say are left, less those under way, less a reserve. All requests of a run with one credential pass through one gate.
 * A window is known by its reset value; the API's clock is learned from its answers, never assumed to be ours.
 */
export class RateGate {
  readonly #clock: Clock
  readonly #rules: RateLimits
  readonly #concurrency: number
  readonly #server: ServerClock
  readonly #waiting: Waiter[] = []
  readonly #onWait: (reason: string, untilMs: number) => void
  #inFlight = 0
  #limit: number | undefined
  #remaining: number | undefined
  /** When the window ends, in the API's milliseconds. */
  #reset: number | undefined
  /** Nobody goes before this moment of our clock. */
  #closedUntil = 0
  #wakeUp: NodeJS.Timeout | undefined
  #heard = false
  /** Refusals in a row. */
  #refusals = 0
  #smoothedMs = 50
  #waitedMs = 0
  #waitingSince: number | undefined

  constructor(input: {
    readonly rules: RateLimits
    readonly concurrency: number
    readonly clock: Clock
    readonly onWait: (reason: string, untilMs: number) => void
  }) {
    this.#clock = input.clock
    this.#rules = input.rules
    this.#concurrency = input.concurrency
    this.#server = new ServerClock(input.clock)
    this.#onWait = input.onWait
  }

  /** Milliseconds during which somebody waited for the API's budget. */
  get waitedMs(): number {
    return Math.round(this.#waitedMs)
  }

  /** The API's time, Unix milliseconds, as far as its answers tell. */
  serverNow(): number {
    return this.#server.now()
  }

  /** How many requests in parallel use the whole budget, at the pace that answers come now. */
  get usefulParallelism(): number {
    if (this.#limit === undefined) return this.#concurrency
    const perSecond = this.#limit / (this.#rules.windowSeconds ?? 10)
    return Math.max(1, Math.min(this.#concurrency, Math.ceil((2 * perSecond * this.#smoothedMs) / 1000)))
  }

  /** Resolves when a request may be sent. Each entry is paired with one `leave`. */
  async enter(priority: Priority, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#waiting.length === 0 && this.#open()) {
      this.#inFlight++
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter: Waiter = { priority, enter: resolve }
    const at = this.#waiting.findIndex((other) => other.priority > priority)
    this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, waiter)
    const stop = () => {
      const place = this.#waiting.indexOf(waiter)
      if (place !== -1) this.#waiting.splice(place, 1)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    this.#admit()
    await promise.finally(() => signal.removeEventListener('abort', stop))
  }

  /**
   * Tells the gate that a request is over, and what came back; undefined when nothing did. `limited` is given where the
   * answer said that the budget is used up, with the seconds to wait that the manifest knows of.
   */
  leave(response: HttpResponse | undefined, limited?: Limited): void {
    this.#inFlight--
    if (response) this.#learn(response, limited)
    this.#admit()
  }

  #open(): boolean {
    if (this.#inFlight >= (this.#heard ? this.#concurrency : 1)) return false
    if (this.#clock.now() < this.#closedUntil) return false
    if (this.#remaining === undefined || this.#reset === undefined) return true
    if (this.#server.surelyPast(this.#reset)) this.#startWindow()
    if (this.#remaining === undefined) return true
    return this.#remaining - this.#inFlight > (this.#inFlight === 0 ? 0 : reserve)
  }

  /** The next window's budget is not known until its first answer: the limit, less what is under way. */
  #startWindow(): void {
    this.#remaining = this.#limit === undefined ? undefined : this.#limit - reserve
    this.#reset = undefined
  }

  #learn(response: HttpResponse, limited: Limited | undefined): void {
    this.#heard = true
    this.#smoothedMs += (response.elapsedMs - this.#smoothedMs) / 8
    this.#server.learn(response)
    const names = this.#rules.headers ?? {}
    const limit = readNumber(response, names.limit)
    const remaining = readNumber(response, names.remaining)
    const reset = readNumber(response, names.reset)
    if (limit !== undefined) this.#limit = limit
    this.#learnWindow(remaining, reset)
    // What was under way together is refused together, and counts once.
    if (!limited) this.#refusals = 0
    else if (this.#clock.now() >= this.#closedUntil) this.#refusals++
    if (limited) this.#closeFor(response, reset, limited)
  }

  #learnWindow(remaining: number | undefined, reset: number | undefined): void {
    if (remaining === undefined || reset === undefined) return
    const endsAt =
      this.#rules.resetFormat === 'delta_seconds'
        ? Math.ceil(this.#server.now() / 1000 + reset) * 1000
        : reset * 1000
    // A window that ends this far away is a misunderstanding, and nobody shall wait for it.
    if (endsAt - this.#server.now() > 2 * this.#windowMs) return
    if (this.#reset === undefined || endsAt > this.#reset) {
      this.#reset = endsAt
      this.#remaining = remaining
    } else if (endsAt === this.#reset && remaining < (this.#remaining ?? Infinity)) {
      this.#remaining = remaining
    }
  }

  /**
   * As long as the API asks for, a quarter of an hour at most; else, when the window is spent, to its end; else as the manifest says.
   * Where nothing says how long, it is another limit that was met: half a second, and twice as long each time it is met again.
   */
  #closeFor(response: HttpResponse, reset: number | undefined, { afterSeconds }: Limited): void {
    const asked = readNumber(response, this.#rules.headers?.retryAfter ?? 'Retry-After')
    const delta = this.#rules.resetFormat === 'delta_seconds'
    const toReset = reset === undefined ? 0 : delta ? reset * 1000 : this.#server.msUntil(reset * 1000)
    const spent = reset !== undefined && (this.#remaining ?? 0) <= reserve
    const unsaid = afterSeconds === undefined ? 250 * 2 ** Math.min(8, this.#refusals) : afterSeconds * 1000
    const wait = spent ? Math.min(this.#windowMs, Math.max(0, toReset)) : unsaid
    const until = this.#clock.now() + (asked === undefined ? wait : Math.min(900_000, asked * 1000)) + 50
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }

  /** How long a window may last, in milliseconds: a wrong clock must not make anyone wait longer. */
  get #windowMs(): number {
    return Math.max(60, this.#rules.windowSeconds ?? 60) * 1000
  }

  #admit(): void {
    while (this.#waiting.length > 0 && this.#open()) {
      this.#inFlight++
      this.#waiting.shift()?.enter()
    }
    const blocked = this.#waiting.length > 0 && this.#inFlight < (this.#heard ? this.#concurrency : 1)
    if (blocked) this.#waitForBudget()
    else this.#stopWaiting()
  }

  #waitForBudget(): void {
    const now = this.#clock.now()
    this.#waitingSince ??= now
    if (this.#wakeUp) return
    const untilOpen = Math.max(
      this.#closedUntil - now,
      this.#reset === undefined ? 0 : this.#server.msUntil(this.#reset),
    )
    const wait = Math.max(5, Math.min(untilOpen, 60_000))
    if (wait > 500) this.#onWait('the API’s rate limit', now + wait)
    this.#wakeUp = setTimeout(() => {
      this.#wakeUp = undefined
      this.#admit()
    }, wait)
  }

  #stopWaiting(): void {
    if (this.#waitingSince !== undefined) this.#waitedMs += this.#clock.now() - this.#waitingSince
    this.#waitingSince = undefined
    clearTimeout(this.#wakeUp)
    this.#wakeUp = undefined
  }
}

function readNumber(response: HttpResponse, name: string | undefined): number | undefined {
  const text = name === undefined ? undefined : response.headers.get(name.toLowerCase())
  if (text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}
