import type { HttpResponse } from '../egress/collect-response.ts'
import type { Clock } from './clock.ts'

/**
 * The API's clock, learned from the Date headers of its answers. Each answer bounds how far its clock is from ours: the
 * header is the second in which the answer was made, between our sending and our receiving. The bounds close in quickly.
 */
export class ServerClock {
  readonly #clock: Clock
  #least = -Infinity
  #most = Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  learn(response: HttpResponse): void {
    const date = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(date)) return
    const least = date - response.receivedAt
    const most = date + 1000 - (response.receivedAt - response.elapsedMs)
    // A clock that was set anew contradicts what was learned: begin again.
    const fits = least <= this.#most && most >= this.#least
    this.#least = fits ? Math.max(this.#least, least) : least
    this.#most = fits ? Math.min(this.#most, most) : most
  }

  /** The API's time, Unix milliseconds; ours until an answer told. Never later than it truly is, once it has. */
  now(): number {
    return this.#clock.now() + (this.#least === -Infinity ? 0 : this.#least)
  }

  /** Whether the API's clock has passed a moment, whatever the uncertainty. */
  surelyPast(moment: number): boolean {
    return this.msUntil(moment) <= 0
  }

  /** How long until the API's clock has surely passed a moment, in milliseconds. */
  msUntil(moment: number): number {
    return moment - this.now()
  }
}
