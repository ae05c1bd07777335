/** Up to this share of the requests whose rows are durable, others may be ahead of them. */
const share = 0.05

/**
 * How many requests a read may be ahead of what is durable: under way, being shaped, or waiting for a commit. A crash makes all of them
 * once more, so they are to be few beside those that it does not. At the beginning a read may be `least` ahead, or it would never be fast.
 */
export class RequestsAhead {
  readonly #least: number
  #ahead = 0
  #landed = 0
  #waiting: { readonly left: number; readonly wake: () => void }[] = []

  constructor(least: number) {
    this.#least = least
  }

  /**
   * Resolves when one more request may be sent. Each is landed, or given back. Of those who wait, who has most `left` to ask for goes first:
   * requests of one chain of pages cannot be made up for side by side. Rejects with the signal's reason.
   */
  async take(signal: AbortSignal, left = 0): Promise<void> {
    signal.throwIfAborted()
    while (this.#ahead >= Math.max(this.#least, share * this.#landed)) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      this.#waiting.push({ left, wake: resolve })
      await promise.finally(() => signal.removeEventListener('abort', stop))
    }
    this.#ahead++
  }

  /** What so many requests brought is durable. */
  land(requests: number): void {
    this.#landed += requests
    this.giveBack(requests)
  }

  /** So many requests came to nothing. */
  giveBack(requests: number): void {
    this.#ahead = Math.max(0, this.#ahead - requests)
    const waiting = this.#waiting.toSorted((a, b) => b.left - a.left)
    this.#waiting = []
    for (const { wake } of waiting) wake()
  }
}
