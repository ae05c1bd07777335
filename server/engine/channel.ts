/**
 * Passes things from many producers to one consumer, who takes everything that is waiting at once: a slow consumer gets
 * larger helpings. Producers wait while more than `limit` (in whatever `weigh` counts) is waiting, and what was taken counts until the
 * consumer makes room, or comes for more.
 */
export class Channel<T> {
  readonly #limit: () => number
  readonly #weigh: (item: T) => number
  #items: T[] = []
  #weight = 0
  /** The part of the weight that was taken. */
  #taken = 0
  #ended = false
  #failure: { readonly error: unknown } | undefined
  #wakeConsumer: (() => void) | undefined
  #wakeProducers: (() => void)[] = []

  /** `limit` is asked each time, so that it may grow. */
  constructor(limit: () => number, weigh: (item: T) => number) {
    this.#limit = limit
    this.#weigh = weigh
  }

  /** Resolves when there is room for more. Rejects when the channel has failed. */
  async send(item: T): Promise<void> {
    this.#check()
    this.#items.push(item)
    this.#weight += this.#weigh(item)
    this.#wakeConsumer?.()
    while (this.#weight > this.#limit() && !this.#failure) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wakeProducers.push(resolve)
      await promise
    }
    this.#check()
  }

  /** What was taken is out of the way: producers may go on. */
  makeRoom(): void {
    if (this.#taken === 0) return
    this.#weight -= this.#taken
    this.#taken = 0
    this.#release()
  }

  /** No more will come. */
  end(): void {
    this.#ended = true
    this.#wakeConsumer?.()
  }

  /**
   * Nobody goes on: producers' sends reject with this error, and so does the consumer's iteration, once what was sent before has been
   * taken. The first error counts.
   */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wakeConsumer?.()
    this.#release()
  }

  /** Everything that is waiting, again and again, until the end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<readonly T[]> {
    for (;;) {
      if (this.#items.length > 0) {
        const taken = this.#items
        this.#items = []
        this.#taken = this.#weight
        yield taken
        this.makeRoom()
      } else if (this.#failure) {
        throw this.#failure.error
      } else if (this.#ended) {
        return
      } else {
        const { promise, resolve } = Promise.withResolvers<void>()
        this.#wakeConsumer = resolve
        await promise
        this.#wakeConsumer = undefined
      }
    }
  }

  #check(): void {
    if (this.#failure) throw this.#failure.error
  }

  #release(): void {
    const waiting = this.#wakeProducers
    this.#wakeProducers = []
    for (const wake of waiting) wake()
  }
}
