/** Up to this share of the requests whose rows are durable, others may be ahead of them. */
const share = 0.05

interface Waiting {
  readonly urgency: number
  readonly go: () => void
  readonly fail: (reason: unknown) => void
}

/**
 * How many requests a read may be ahead of what is durable: under way, being shaped, or waiting for a commit. A crash makes all of them
 * once more, so they are to be few beside those that it does not. At the beginning a read may be `least` ahead, or it would never be fast.
 * `atOnce` says how many of its pages may be under way.
 */
export class RequestsAhead {
  readonly #least: number
  readonly #atOnce: () => number
  #ahead = 0
  #landed = 0
  #underWay = 0
  readonly #waiting: Waiting[] = []
  #closed: { readonly reason: unknown } | undefined

  constructor(least: number, atOnce: () => number = () => Infinity) {
    this.#least = least
    this.#atOnce = atOnce
  }

  /**
   * Resolves when one more request may be sent. Each is answered, and landed or given back. Of those who wait, whose `urgency` is greatest
   * goes first; of equals, who came last. Rejects with the reason of the signal, or of `close`.
   */
  async take(signal: AbortSignal, urgency = 0): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve: go, reject: fail } = Promise.withResolvers<void>()
    const waiting = { urgency, go, fail }
    const stop = () => {
      const place = this.#waiting.indexOf(waiting)
      if (place >= 0) this.#waiting.splice(place, 1)
      fail(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    this.#waiting.push(waiting)
    this.#letGo()
    await promise.finally(() => signal.removeEventListener('abort', stop))
  }

  /** No more requests are sent. */
  close(reason: unknown): void {
    this.#closed = { reason }
    this.#letGo()
  }

  /** One that was taken is not under way any more. */
  answered(): void {
    this.#underWay--
    this.#letGo()
  }

  /** What so many requests brought is durable. */
  land(requests: number): void {
    this.#landed += requests
    this.giveBack(requests)
  }

  /** So many requests came to nothing. */
  giveBack(requests: number): void {
    this.#ahead = Math.max(0, this.#ahead - requests)
    this.#letGo()
  }

  #letGo(): void {
    if (this.#closed) for (const { fail } of this.#waiting.splice(0)) fail(this.#closed.reason)
    while (
      this.#waiting.length > 0 &&
      this.#underWay < this.#atOnce() &&
      this.#ahead < Math.max(this.#least, share * this.#landed)
    ) {
      const most = Math.max(...this.#waiting.map(({ urgency }) => urgency))
      const [next] = this.#waiting.splice(
        this.#waiting.findLastIndex(({ urgency }) => urgency === most),
        1,
      )
      this.#ahead++
      this.#underWay++
      next?.go()
    }
  }
}
