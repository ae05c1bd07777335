import type { Behaviour } from './behaviour-switches.ts'

/** What the rate limit says to one call. */
export interface RateVerdict {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Unix second at which the window ends. */
  readonly resetAt: number
}

/** Counts calls in windows aligned to the wall clock: a bucket for each token, and one that all tokens share. */
export class RateLimit {
  #window = -1
  #workspaceCalls = 0
  readonly #appCalls = new Map<string, number>()

  /** Takes one call of a token at a real time in milliseconds. A refused call uses nothing up. */
  take(token: string, behaviour: Behaviour, nowMs: number): RateVerdict {
    const lengthMs = Math.max(behaviour.rateLimitWindowSeconds, 1) * 1000
    const window = Math.floor(nowMs / lengthMs)
    if (window !== this.#window) this.#open(window, behaviour)
    const limit = behaviour.rateLimitPerApp || Infinity
    const shared = behaviour.rateLimitPerWorkspace || Infinity
    const used = this.#appCalls.get(token) ?? 0
    const allowed = used < limit && this.#workspaceCalls < shared
    if (allowed) {
      this.#appCalls.set(token, used + 1)
      this.#workspaceCalls++
    }
    const remaining = Math.max(limit - used - (allowed ? 1 : 0), 0)
    return { allowed, limit, remaining, resetAt: ((window + 1) * lengthMs) / 1000 }
  }

  #open(window: number, behaviour: Behaviour): void {
    this.#window = window
    this.#appCalls.clear()
    this.#workspaceCalls = behaviour.otherAppCalls
  }
}
