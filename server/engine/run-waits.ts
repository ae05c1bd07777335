import type { Clock } from './clock.ts'

/** rate_limit: the API's budget. busy: someone else holds it at the API. retry: after a failure that passes. lock: another run holds it. */
export type WaitReason = 'rate_limit' | 'busy' | 'retry' | 'lock'

export interface Waiting {
  /** For which object, where that is known. */
  readonly object: string | undefined
  readonly why: WaitReason
  /** The same in words. */
  readonly reason: string
  /** When it may go on, at the earliest: Unix milliseconds. */
  readonly untilMs: number
}

/** During how many milliseconds something waited. */
export interface WaitTotal {
  readonly reason: WaitReason
  readonly ms: number
}

/** Shorter waits are counted, and not told. */
const worthTelling = 500

interface Stretch {
  /** How many wait now. */
  waiting: number
  since: number
  untilMs: number
  ms: number
}

/** What a run waits for, object by object. Requests that wait side by side count once: it is time that passes, not a sum. */
export class RunWaits {
  readonly #clock: Clock
  readonly #onWait: (waiting: Waiting) => void
  /** By object ('' is the run as a whole) and reason. */
  readonly #stretches = new Map<string, Map<WaitReason, Stretch>>()

  constructor(clock: Clock, onWait: (waiting: Waiting) => void) {
    this.#clock = clock
    this.#onWait = onWait
  }

  /** Something begins to wait. Gives back what to call, once, when that is over. */
  begin(waiting: Waiting): () => void {
    const now = this.#clock.now()
    const stretches = [this.#stretch('', waiting.why)]
    if (waiting.object !== undefined) stretches.push(this.#stretch(waiting.object, waiting.why))
    const own = stretches.at(-1)
    if (waiting.untilMs - now > worthTelling && own && waiting.untilMs > own.untilMs + worthTelling) {
      own.untilMs = waiting.untilMs
      this.#onWait(waiting)
    }
    for (const stretch of stretches) if (stretch.waiting++ === 0) stretch.since = now
    let over = false
    return () => {
      if (over) return
      over = true
      for (const stretch of stretches)
        if (--stretch.waiting === 0) stretch.ms += this.#clock.now() - stretch.since
    }
  }

  /** What an object waited for; without one, the whole run. Reasons that never came up are left out. */
  totals(object = ''): readonly WaitTotal[] {
    return [...(this.#stretches.get(object) ?? [])]
      .map(([reason, { ms }]) => ({ reason, ms: Math.round(ms) }))
      .filter(({ ms }) => ms > 0)
  }

  #stretch(object: string, reason: WaitReason): Stretch {
    const ofObject = this.#stretches.get(object) ?? new Map<WaitReason, Stretch>()
    this.#stretches.set(object, ofObject)
    const known = ofObject.get(reason)
    if (known) return known
    const made: Stretch = { waiting: 0, since: 0, untilMs: 0, ms: 0 }
    ofObject.set(reason, made)
    return made
  }
}
