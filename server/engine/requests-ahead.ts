/** Up to this share of the requests whose rows are durable, others may be ahead of them. */
const share = 0.05

interface Waiting {
  readonly urgency: number
  readonly go: () => void
  readonly fail: (reason: unknown) => void
}

/** How much may be asked for at once. */
export interface RequestLimits {
  /** So many requests a read may be ahead of what is durable at the least. */
  readonly least: number
  /** And so many at the most, however much has landed. */
  readonly most?: number
  /** And so many more where they are a record's own: the pages that wait for those must never keep them back. */
  readonly moreForErrands?: number
  /** How many pages may be under way, or held because their records' own requests are. */
  readonly pagesAtOnce?: () => number
}

/**
 * Bounds how many requests a read may be ahead of what is durable: those that are under way, whose answers are being shaped, or whose rows
 * wait for a commit. After a crash all of these are made once more, so they are to be few beside those that are not: `least` of them, or a
 * twentieth of what has landed where that is more, up to `most`. Without `least` no read could begin fast.
 */
export class RequestsAhead {
  readonly #limits: RequestLimits
  #ahead = 0
  #landed = 0
  #pagesHeld = 0
  readonly #pages: Waiting[] = []
  readonly #errands: Waiting[] = []
  #closed: { readonly reason: unknown } | undefined

  constructor(limits: RequestLimits) {
    this.#limits = limits
  }

  /**
   * Resolves when one more page may be asked for. Each is answered, and landed or given back. Of those who wait, whose `urgency` is greatest
   * goes first; of equals, who came last. Rejects with the reason of the signal, or of `close`.
   */
  async takePage(signal: AbortSignal, urgency: number): Promise<void> {
    await this.#wait(this.#pages, urgency, signal)
  }

  /** Resolves when one more record's own requests may be made. They are landed or given back as one. Rejects as `takePage` does. */
  async takeErrand(signal: AbortSignal): Promise<void> {
    await this.#wait(this.#errands, 0, signal)
  }

  async #wait(queue: Waiting[], urgency: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve: go, reject: fail } = Promise.withResolvers<void>()
    const waiting = { urgency, go, fail }
    const stop = () => {
      const place = queue.indexOf(waiting)
      if (place >= 0) queue.splice(place, 1)
      fail(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    queue.push(waiting)
    this.#letGo()
    await promise.finally(() => signal.removeEventListener('abort', stop))
  }

  /** No more requests are sent. */
  close(reason: unknown): void {
    this.#closed = { reason }
    this.#letGo()
  }

  /** A page that was taken has come, or failed. */
  pageAnswered(): void {
    this.#pagesHeld--
    this.#letGo()
  }

  /** Holds a page while `errands` of its records run: others are not asked for meanwhile, or memory would fill with them. */
  async hold(errands: () => Promise<void>): Promise<void> {
    this.#pagesHeld++
    await errands().finally(() => this.pageAnswered())
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
    const { least, most = Infinity, moreForErrands = 0, pagesAtOnce = () => Infinity } = this.#limits
    const waiting = [this.#pages, this.#errands]
    if (this.#closed)
      for (const { fail } of waiting.flatMap((queue) => queue.splice(0))) fail(this.#closed.reason)
    const now = Math.min(most, Math.max(least, share * this.#landed))
    while (this.#pages.length > 0 && this.#pagesHeld < pagesAtOnce() && this.#ahead < now) {
      const urgent = Math.max(...this.#pages.map(({ urgency }) => urgency))
      const place = this.#pages.findLastIndex(({ urgency }) => urgency === urgent)
      this.#ahead++
      this.#pagesHeld++
      this.#pages.splice(place, 1)[0]?.go()
    }
    while (this.#errands.length > 0 && this.#ahead < now + moreForErrands) {
      this.#ahead++
      this.#errands.shift()?.go()
    }
  }
}
