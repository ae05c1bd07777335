import type { Clock } from './clock.ts'

/** After so many milliseconds without one good answer, a request is tried once more; after twice as many not even that. */
const patienceMs = 300_000
const leastFailures = 4

/**
 * Which lists the API says nothing good about, and since when. A request that hangs is given many tries, since the next may be answered; where
 * all requests for a list hang, each of its windows would be given as many, one after the other, for hours.
 */
export class Silences {
  readonly #clock: Clock
  readonly #lists = new Map<string, { readonly since: number; failures: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A good answer came for the list. */
  end(list: string): void {
    this.#lists.delete(list)
  }

  /** A request for the list failed. Gives how many more tries it is worth, at the most. */
  note(list: string): number {
    const silence = this.#lists.get(list) ?? { since: this.#clock.now(), failures: 0 }
    this.#lists.set(list, silence)
    silence.failures++
    const ms = this.#clock.now() - silence.since
    if (silence.failures < leastFailures || ms < patienceMs) return Infinity
    return ms < 2 * patienceMs ? 1 : 0
  }
}
