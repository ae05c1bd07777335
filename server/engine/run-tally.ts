import type { RunCounts } from './destination.ts'

type Counted = { -readonly [Count in keyof RunCounts]-?: number }

/** What was counted for one object, at both ends. */
export interface ObjectTally extends Counted {
  requests: number
  /** Records for which something more was asked. */
  visited: number
  /** Those of them that were listed, and gone when it was asked, landed or not. */
  gone: number
  /** Requests that were sent once more. */
  retries: number
}

/** What a report counts of an object of which nothing was read. */
export const nothingCounted = {
  extracted: 0,
  loaded: 0,
  unchanged: 0,
  filtered: 0,
  rejected: 0,
  deleted: 0,
  requests: 0,
} as const

/** The counts of a run, object by object. */
export class RunTally {
  readonly #objects = new Map<string, ObjectTally>()

  of(object: string): ObjectTally {
    const known = this.#objects.get(object)
    if (known) return known
    const made: ObjectTally = {
      ...nothingCounted,
      capped: 0,
      visited: 0,
      vanished: 0,
      gone: 0,
      retries: 0,
    }
    this.#objects.set(object, made)
    return made
  }

  /** Sets what is known by now, by object. */
  set(counts: ReadonlyMap<string, Partial<ObjectTally>>): void {
    for (const [object, known] of counts) Object.assign(this.of(object), known)
  }
}

/** The part of a tally that is kept beside the rows; a copy. */
export function landedOf(tally: ObjectTally): Counted {
  const { extracted, loaded, unchanged, filtered, rejected, deleted, capped, vanished } = tally
  return { extracted, loaded, unchanged, filtered, rejected, deleted, capped, vanished }
}

/** Every record that came in went somewhere: into a row, past one that was there already, aside, or out of the window. */
export function addsUp(tally: RunCounts): boolean {
  return tally.extracted === tally.loaded + tally.unchanged + tally.filtered + tally.rejected
}

/**
 * Whether too many records could not land: more than 100, or more than 1 %. A single poison record in a small table is set
 * aside like any other.
 */
export function tooManyRejected(tally: RunCounts): boolean {
  return tally.rejected > Math.max(1, Math.min(100, tally.extracted / 100))
}
