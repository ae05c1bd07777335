import { RunFailure } from './failures.ts'
import type { RequestsAhead } from './requests-ahead.ts'

/** The pages that a chain has asked for and not passed on yet. What is left of them when it ends comes to nothing. */
export class PagesAsked {
  readonly #ahead: RequestsAhead
  #pages = 0
  #ended = false

  constructor(ahead: RequestsAhead) {
    this.#ahead = ahead
  }

  /** Resolves when one more may be asked for. */
  async add(signal: AbortSignal, left: number): Promise<void> {
    await this.#ahead.take(signal, left)
    this.#pages++
    if (!this.#ended) return
    this[Symbol.dispose]()
    throw new RunFailure('cancelled', 'Nobody wants this page any more.')
  }

  /** One of them was passed on. */
  done(): void {
    this.#pages--
  }

  [Symbol.dispose](): void {
    this.#ended = true
    this.#ahead.giveBack(this.#pages)
    this.#pages = 0
  }
}
