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

  /** Resolves when one more may be asked for; `urgency` as `RequestsAhead` has it. Call `answered` when it was. */
  async add(signal: AbortSignal, urgency: number): Promise<void> {
    await this.#ahead.takePage(signal, urgency)
    this.#pages++
    if (!this.#ended) return
    this.answered()
    this[Symbol.dispose]()
    throw new RunFailure('cancelled', 'Nobody wants this page any more.')
  }

  /** One of them came, or failed. */
  answered(): void {
    this.#ahead.pageAnswered()
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
