import { hash } from 'node:crypto'
import { RunFailure } from './failures.ts'
import type { Json } from './read-path.ts'

/** More pages than any list has; only a list without end gets here. */
const mostPages = 200_000
/** So many of them may be empty, one after the other: some APIs filter a page after they cut it, and say that there is more. */
const mostEmpty = 1000

/** Notices when a list does not end, or when its pages have come before, though under other page names. */
export class EndlessList {
  readonly #seen = new Map<string, number>()
  #pages = 0
  #empty = 0

  /** To be shown every page; true where it was seen before. Throws `restart` when the same came again and again, `incomplete_read` when there is no end of them. */
  see(records: readonly Json[]): boolean {
    if (++this.#pages > mostPages) throw new RunFailure('incomplete_read', 'The API’s list does not end.')
    this.#empty = records.length === 0 ? this.#empty + 1 : 0
    if (this.#empty > mostEmpty)
      throw new RunFailure('incomplete_read', 'The API gives one empty page after the other.')
    return records.length > 0 && this.#count(textOf([records.length, records[0], records.at(-1)]))
  }

  #count(text: string | undefined): boolean {
    if (text === undefined) return false
    const print = hash('sha1', text)
    const times = (this.#seen.get(print) ?? 0) + 1
    this.#seen.set(print, times)
    if (times > 3) throw new RunFailure('restart', 'The API repeats the same page.')
    return times > 1
  }
}

/** Undefined where it is nested too deep: such a record is set aside later, and must not stop its list. */
function textOf(value: Json): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
