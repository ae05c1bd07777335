import type { RateLimits } from '@penstock/schemas/generated/manifest.ts'
import type { HttpResponse } from '../egress/collect-response.ts'
import type { Clock } from './clock.ts'
import { GateLane, type Limited } from './gate-lane.ts'
import { ServerClock } from './server-clock.ts'
import type { SharedBudget } from './shared-budget.ts'

/** Requests kept back at the end of each window, for what may be counted late. */
const reserve = 3

/**
 * An API that lets nothing through for so long, in milliseconds, beside two of its windows, and refuses so often, will not do so soon: a
 * request for which 30 refusals are too many would wait for half an hour, one after the other, where nothing says how long.
 */
const patienceMs = 300_000
const leastRefusals = 5

/** How long to wait at the most, in milliseconds, where nothing says how long: one request so often is no burden, and nobody stands still for a minute after the API is free. */
const longestUnsaidMs = 16_000

/** How often to look again, in milliseconds, while only other processes' requests stand in the way. */
const othersMs = 250

/**
 * Lets requests through under one budget: no more in a window than the API's headers say are left, less those under way, less a
 * reserve. All requests on one account's budget pass through one gate, each run's through a lane of its own.
 * A window is known by its reset value; the API's clock is learned from its answers, never assumed to be ours.
 */
export class RateGate {
  readonly #clock: Clock
  readonly #rules: RateLimits
  readonly #server: ServerClock
  readonly #lanes = new Set<GateLane>()
  #shared: SharedBudget | undefined
  #inFlight = 0
  #limit: number | undefined
  #remaining: number | undefined
  /** When the window ends, in the API's milliseconds. */
  #reset: number | undefined
  /** Nobody goes before this moment of our clock. */
  #closedUntil = 0
  #wakeUp: NodeJS.Timeout | undefined
  /** Something was heard that says whether requests are let through now; until then one goes alone and finds out. */
  #heard = false
  /** Refusals in a row. */
  #refusals = 0
  /** When the first of them came, by our clock. */
  #refusedSince = 0
  #smoothedMs = 50

  constructor(input: { readonly rules: RateLimits; readonly clock: Clock }) {
    this.#clock = input.clock
    this.#rules = input.rules
    this.#server = new ServerClock(input.clock)
  }

  /** A way through for one run: at most `concurrency` of its requests at once. */
  lane(concurrency: number): GateLane {
    return new GateLane(this, concurrency)
  }

  /** From now on other processes use up this budget, too. */
  share(budget: SharedBudget): void {
    this.#shared = budget
  }

  serverNow(): number {
    return this.#server.now()
  }

  serverLatest(): number {
    return this.#server.latest()
  }

  usefulParallelism(concurrency: number): number {
    if (this.#limit === undefined) return concurrency
    const perSecond = this.#limit / (this.#rules.windowSeconds ?? 10)
    return Math.max(1, Math.min(concurrency, Math.ceil((2 * perSecond * this.#smoothedMs) / 1000)))
  }

  /** Only refusals came for so long that nobody should wait any more. One that goes well ends that. */
  get hopeless(): boolean {
    const windows = 2000 * (this.#rules.windowSeconds ?? 10)
    return this.#refusals >= leastRefusals && this.#clock.now() - this.#refusedSince > patienceMs + windows
  }

  /** Lets a lane's request through where nothing is in its way; false where it must wait. */
  enterAtOnce(lane: GateLane): boolean {
    if (this.#lanes.size > 0 || !lane.hasRoom || !this.#open()) return false
    this.#enter(lane)
    return true
  }

  leave(response: HttpResponse | undefined, limited: Limited | undefined): void {
    this.#inFlight--
    if (response) this.#learn(response, limited)
    this.#shared?.report(this.#inFlight, this.#remaining, this.#reset)
    this.admit()
  }

  /** Lets through whoever may go by now; who cannot is told why, and is let through as soon as that is over. */
  admit(lane?: GateLane): void {
    if (lane) this.#lanes.add(lane)
    let next = this.#nextLane()
    while (next && this.#open()) {
      this.#enter(next)
      next.admitNext()
      next = this.#nextLane()
    }
    // Before anything was heard one request is under way, and all others wait for its answer, not for a budget.
    if (next && (this.#heard || this.#inFlight === 0)) this.#waitForBudget()
    else this.#stopWaiting()
  }

  #enter(lane: GateLane): void {
    this.#inFlight++
    lane.inFlight++
    this.#shared?.report(this.#inFlight, this.#remaining, this.#reset)
  }

  /** Who goes next: a scroll; else the lane with the fewest requests under way, so that no run waits for the end of another. */
  #nextLane(): GateLane | undefined {
    let best: GateLane | undefined
    for (const lane of this.#lanes) {
      if (lane.next === undefined) this.#lanes.delete(lane)
      else if (lane.hasRoom && (best === undefined || goesBefore(lane, best))) best = lane
    }
    return best
  }

  #open(): boolean {
    if (!this.#heard && this.#inFlight >= 1) return false
    if (this.#clock.now() < this.#closedUntil) return false
    this.#hearOthers()
    if (this.#reset !== undefined && this.#server.surelyPast(this.#reset)) this.#startWindow()
    if (this.#remaining === undefined) return true
    // A window of which nothing was heard yet: one goes and finds out, however small the budget.
    if (this.#reset === undefined && this.#inFlight === 0) return true
    const underWay = this.#inFlight + this.#othersInFlight
    return this.#remaining - underWay > (underWay === 0 ? 0 : reserve)
  }

  get #othersInFlight(): number {
    return Math.max(0, this.#shared?.othersInFlight() ?? 0)
  }

  #hearOthers(): void {
    const heard = this.#shared?.othersHeard?.()
    if (heard && !this.#server.surelyPast(heard.resetMs)) this.#learnWindow(heard.remaining, heard.resetMs)
  }

  /** The next window's budget is not known until its first answer: the limit, less what is under way. */
  #startWindow(): void {
    this.#remaining = this.#limit === undefined ? undefined : this.#limit - reserve
    this.#reset = undefined
  }

  #learn(response: HttpResponse, limited: Limited | undefined): void {
    if (this.#clock.now() >= this.#closedUntil) this.#heard = true
    this.#smoothedMs += (response.elapsedMs - this.#smoothedMs) / 8
    this.#server.learn(response)
    const names = this.#rules.headers ?? {}
    const limit = readNumber(response, names.limit)
    const remaining = readNumber(response, names.remaining)
    const reset = readReset(response, names.reset, this.#rules.resetFormat)
    if (limit !== undefined) this.#limit = limit
    if (remaining !== undefined && reset !== undefined) this.#learnWindow(remaining, this.#endOf(reset))
    // What was under way together is refused together, and counts once.
    if (!limited) this.#refusals = 0
    else if (this.#clock.now() >= this.#closedUntil && this.#refusals++ === 0)
      this.#refusedSince = this.#clock.now()
    if (limited) this.#closeFor(response, reset, limited)
  }

  #endOf(reset: number): number {
    if (this.#rules.resetFormat !== 'delta_seconds') return reset * 1000
    return Math.ceil(this.#server.now() / 1000 + reset) * 1000
  }

  #learnWindow(remaining: number, endsAt: number): void {
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
   * Where nothing says how long, it is another limit that was met: half a second, and twice as long each time it is met again, up to 16;
   * then one request goes alone, and the others only once it was answered. Where there is no hope left, those who wait are refused quickly.
   * An end that has passed, or is further away than a window lasts, says nothing: some send what is left, or milliseconds.
   */
  #closeFor(response: HttpResponse, reset: number | undefined, { afterSeconds }: Limited): void {
    const name = this.#rules.headers?.retryAfter ?? 'Retry-After'
    const date = readDate(response, name)
    const asked = date === undefined ? readNumber(response, name) : this.#server.msUntil(date) / 1000
    const delta = this.#rules.resetFormat === 'delta_seconds'
    const toReset = reset === undefined ? 0 : delta ? reset * 1000 : this.#server.msUntil(reset * 1000)
    const spent = toReset > 0 && toReset <= this.#windowMs && (this.#remaining ?? 0) <= reserve
    const doubled = Math.min(longestUnsaidMs, 250 * 2 ** (this.hopeless ? 1 : this.#refusals))
    const unsaid = afterSeconds === undefined ? doubled : afterSeconds * 1000
    const asks = asked !== undefined && asked > 0
    if (!asks && !spent && afterSeconds === undefined) this.#heard = false
    const until = this.#clock.now() + (asks ? Math.min(900_000, asked * 1000) : spent ? toReset : unsaid) + 50
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }

  /** How long a window may last, in milliseconds: a wrong clock must not make anyone wait longer. */
  get #windowMs(): number {
    return Math.max(60, this.#rules.windowSeconds ?? 60) * 1000
  }

  #waitForBudget(): void {
    const now = this.#clock.now()
    const others = this.#othersInFlight
    const spent = (this.#remaining ?? Infinity) - this.#inFlight - others <= reserve
    const untilReset = spent && this.#reset !== undefined ? this.#server.msUntil(this.#reset) : 0
    const untilOpen = Math.max(this.#closedUntil - now, untilReset)
    const forOthers = others > 0 && (this.#remaining ?? 0) - this.#inFlight > reserve
    const wait = Math.max(5, Math.min(untilOpen, forOthers ? othersMs : 60_000))
    for (const lane of this.#lanes) lane.block(now + wait)
    this.#wakeUp ??= setTimeout(() => {
      this.#wakeUp = undefined
      this.admit()
    }, wait)
  }

  #stopWaiting(): void {
    for (const lane of this.#lanes) lane.unblock()
    clearTimeout(this.#wakeUp)
    this.#wakeUp = undefined
  }
}

function goesBefore(one: GateLane, other: GateLane): boolean {
  if ((one.next === 0) !== (other.next === 0)) return one.next === 0
  return one.inFlight < other.inFlight
}

/** The end of a window in Unix seconds, or, where that is how it is told, in seconds from now. */
function readReset(
  response: HttpResponse,
  name: string | undefined,
  format: RateLimits['resetFormat'],
): number | undefined {
  if (format === 'iso8601') {
    const date = readDate(response, name)
    return date === undefined ? undefined : date / 1000
  }
  const value = readNumber(response, name)
  return format === 'unix_millis' && value !== undefined ? value / 1000 : value
}

/** A moment that is written as a date (Retry-After may be one, RFC 9110), in Unix milliseconds. */
function readDate(response: HttpResponse, name: string | undefined): number | undefined {
  const text = name === undefined ? undefined : response.headers.get(name.toLowerCase())
  const date = text === undefined || !/\d:\d/.test(text) ? Number.NaN : Date.parse(text)
  return Number.isNaN(date) ? undefined : date
}

function readNumber(response: HttpResponse, name: string | undefined): number | undefined {
  const text = name === undefined ? undefined : response.headers.get(name.toLowerCase())
  if (text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}
