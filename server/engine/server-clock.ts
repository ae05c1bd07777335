import type { HttpResponse } from '../egress/collect-response.ts'
import type { Clock } from './clock.ts'

/** How long a clock that answers told is remembered when others contradict it, in milliseconds. */
const doubtMs = 3_600_000

/**
 * The API's clock, learned from the Date headers of its answers. Each answer bounds how far its clock is from ours: the
 * header is the second in which the answer was made, between our sending and our receiving. The bounds close in quickly.
 * What stands in front of an API may answer for it (a 502) by a clock of its own, and an answer does not say which clock it was.
 */
export class ServerClock {
  readonly #clock: Clock
  #least = -Infinity
  #most = Infinity
  /** The earliest and the latest of the clocks that were contradicted lately, and until when they count, by ours. */
  #doubted = { least: Infinity, most: -Infinity, until: -Infinity }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  learn(response: HttpResponse): void {
    const date = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(date)) return
    const least = date - response.receivedAt
    const most = date + 1000 - (response.receivedAt - response.elapsedMs)
    // A clock that was set anew, or another one, contradicts what was learned: begin again.
    const fits = least <= this.#most && most >= this.#least
    if (!fits) this.#doubt(this.#least)
    this.#least = fits ? Math.max(this.#least, least) : least
    this.#most = fits ? Math.min(this.#most, most) : most
  }

  /**
   * The API's time, Unix milliseconds; ours until an answer told. Never later than it truly is, once it has: of two clocks the earlier one
   * is believed. Whoever claims too little reads it again; who claims too much loses what changes until then.
   */
  now(): number {
    return Math.min(this.#told(), this.#clock.now() + this.#lastingDoubts().least)
  }

  /** The same by the latest of the clocks that were heard lately. */
  latest(): number {
    return Math.max(this.#told(), this.#clock.now() + this.#lastingDoubts().most)
  }

  /** Whether the API's clock has passed a moment, whatever the uncertainty. */
  surelyPast(moment: number): boolean {
    return this.msUntil(moment) <= 0
  }

  /** How long until the API's clock has surely passed a moment, in milliseconds. */
  msUntil(moment: number): number {
    return moment - this.#told()
  }

  /** The time by the clock that was heard last. */
  #told(): number {
    return this.#clock.now() + (this.#least === -Infinity ? 0 : this.#least)
  }

  #doubt(offset: number): void {
    const { least, most } = this.#lastingDoubts()
    this.#doubted = {
      least: Math.min(least, offset),
      most: Math.max(most, offset),
      until: this.#clock.now() + doubtMs,
    }
  }

  #lastingDoubts(): { readonly least: number; readonly most: number } {
    return this.#clock.now() < this.#doubted.until ? this.#doubted : { least: Infinity, most: -Infinity }
  }
}
