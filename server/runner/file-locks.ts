import type { Locks } from '../engine/shared-budget.ts'

interface Held {
  users: number
  readonly lock: Promise<AsyncDisposable>
  readonly giveUp: AbortController
}

/**
 * Locks that all runs of this process hold together, and no other process beside it: a DuckDB file can be open in one process only, and
 * there many may write.
 */
export class FileLocks implements Locks {
  readonly #locks: Locks
  readonly #held = new Map<string, Held>()

  /** `locks`: those between processes. */
  constructor(locks: Locks) {
    this.#locks = locks
  }

  /** Rejects with the signal's reason when it is aborted first. */
  async hold(name: string, signal: AbortSignal): Promise<AsyncDisposable> {
    signal.throwIfAborted()
    const held = this.#held.get(name) ?? this.#begin(name)
    held.users += 1
    try {
      await Promise.race([held.lock, abortOf(signal)])
    } catch (error) {
      await this.#leave(name, held)
      throw error
    }
    return { [Symbol.asyncDispose]: () => this.#leave(name, held) }
  }

  #begin(name: string): Held {
    const giveUp = new AbortController()
    const held = { users: 0, lock: this.#locks.hold(name, giveUp.signal), giveUp }
    this.#held.set(name, held)
    return held
  }

  /** The last one lets it go, also one that nobody waits for any more. */
  async #leave(name: string, held: Held): Promise<void> {
    held.users -= 1
    if (held.users > 0) return
    if (this.#held.get(name) === held) this.#held.delete(name)
    held.giveUp.abort()
    await held.lock.then(
      (lock) => lock[Symbol.asyncDispose](),
      () => undefined,
    )
  }
}

async function abortOf(signal: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
