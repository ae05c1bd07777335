import type { Pagination } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import type { Page } from './fetch-page.ts'
import type { Json } from './read-path.ts'

/** So often a list is read at the most because it moved meanwhile. */
export const mostReadings = 4

/** Ends a reading that came to the end of its list, and is to be followed by another. */
export class ListMoved extends RunFailure {
  constructor() {
    super('restart', 'It moved while its pages were read.')
  }
}

/**
 * Counts who is on the pages of one reading of a list. Pages that are asked for by number or offset shift when a record before them comes,
 * goes or takes another place: then one slides past an edge, and is on no page that is asked for. Such a list says that it has more records
 * than came.
 */
export class PageCensus {
  /** Which reading of the list this is, from 1. */
  readonly reading: number
  readonly #pagination: Pagination
  readonly #keyOf: (record: Json) => string
  readonly #before: ReadonlySet<string>
  readonly #keys = new Set<string>()
  readonly #cameLately: (record: Json) => boolean
  /** Those that changed, or came, while this reading went on. */
  readonly #late = new Set<string>()
  #pages = 0
  #firstTotal: number | undefined
  #total = 0
  /** By how many records the total fell from one page to the next, in all: so many were deleted at the least, perhaps after they were read. */
  #fell = 0

  /** `earlier`: of the reading before, of the same list. `cameLately`: whether a record may be new to the list since this reading began. */
  constructor(
    pagination: Pagination,
    keyOf: (record: Json) => string,
    earlier?: PageCensus,
    cameLately: (record: Json) => boolean = () => false,
  ) {
    this.#pagination = pagination
    this.#keyOf = keyOf
    this.#cameLately = cameLately
    this.reading = earlier ? earlier.reading + 1 : 1
    this.#before = earlier ? earlier.#keys : new Set()
  }

  /** To be shown every page, from the first one on. */
  see({ records, total = this.#total }: Page): void {
    if (!isMovable(this.#pagination)) return
    this.#pages++
    this.#fell += Math.max(0, this.#total - total)
    this.#firstTotal ??= total
    this.#total = total
    for (const record of records) {
      const key = this.#keyOf(record)
      this.#keys.add(key)
      if (this.#cameLately(record)) this.#late.add(key)
    }
  }

  /**
   * Whether somebody may have slid past an edge; `toTheEnd`: the list was not left before its end. One whose total disagrees twice, with the
   * same records both times, is wrong about its total.
   */
  hasMoved({ toTheEnd }: { readonly toTheEnd: boolean }): boolean {
    if (this.#pages < 2) return false
    if (!toTheEnd) return this.#fell > 0
    return this.#keys.size < this.#total + this.#gone && !this.#cameBefore()
  }

  /**
   * How many have gone meanwhile, as far as the totals tell; in a first reading, also how many may have: a list that is as long as before,
   * although some came, lost as many. Most of these only changed, so for them a list is read once more, and then believed.
   */
  get #gone(): number {
    const perhaps = this.reading > 1 ? 0 : (this.#firstTotal ?? 0) + this.#late.size - this.#total
    return Math.max(this.#fell, perhaps)
  }

  #cameBefore(): boolean {
    return this.#before.size === this.#keys.size && [...this.#keys].every((key) => this.#before.has(key))
  }
}

/** Pages that go on from a cursor are cut where the one before ended; those of a resumable list hold still, as its manifest says. */
function isMovable(pagination: Pagination): boolean {
  if (pagination.type !== 'page') return pagination.type === 'offset'
  return pagination.resumable !== true
}
