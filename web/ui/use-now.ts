import { useSyncExternalStore } from 'react'

/** The time, for all who look at it with the same patience: they move on together, so that a page is drawn once for all of them. */
class Clock {
  readonly #every: number
  readonly #listeners = new Set<() => void>()
  #now = 0
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(every: number) {
    this.#every = every
  }

  /** The time as of the last tick. While nobody looks there are no ticks, so whoever comes first gets the time of that moment. */
  readonly read = (): number => {
    if (this.#listeners.size === 0 && Date.now() - this.#now >= this.#every) this.#now = Date.now()
    return this.#now
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => this.#tick(), this.#every)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  #tick(): void {
    this.#now = Date.now()
    for (const listener of this.#listeners) listener()
  }
}

/** How often each clock moves on, in milliseconds: what it says is at most so much behind. */
export const clockPaces = { second: 1_000, halfMinute: 30_000 } as const

const clocks = { second: new Clock(clockPaces.second), halfMinute: new Clock(clockPaces.halfMinute) }

/** The time in milliseconds since 1970; it moves on while `running`, once a second or twice a minute. */
export function useNow(pace: keyof typeof clocks, running: boolean = true): number {
  const { subscribe, read } = clocks[pace]
  return useSyncExternalStore(running ? subscribe : standStill, read)
}

function standStill(): () => void {
  return () => undefined
}
