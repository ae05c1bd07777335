import type { RecordStore } from '../record-store.ts'
import { placeOf } from '../record-store.ts'
import type { Matcher } from '../search/compile-query.ts'
import type { RecordView } from '../search/record-view.ts'
import type { Workspace } from '../workspace.ts'
import type { Cursor } from './cursor.ts'
import { badCursor, readCursor, writeCursor } from './cursor.ts'
import type { DateField, DateOrder } from './date-order.ts'
import { dateOrderOf } from './date-order.ts'
import { FieldOrder } from './field-order.ts'

/** One page to read from a cursor list. */
export interface PageWanted {
  readonly sortField: string
  readonly descending: boolean
  readonly perPage: number
  readonly startingAfter: string | undefined
  /** The filter, and a text that names it: the total is counted once for each name while the data stands still. */
  readonly match?: { readonly test: Matcher; readonly name: string }
  /** What search does not see yet: changes after this second. */
  readonly staleSince?: number
}

/** One page: the indexes of its records, and the `pages` object as JSON text. */
export interface Page {
  readonly indexes: readonly number[]
  readonly total: number
  readonly pages: string
}

interface Order {
  walk(descending: boolean, cursor: Cursor | undefined): Generator<number>
  valueOf(index: number): Cursor['value']
}

/** Reads a store page by page with cursors that are keys in a moving index, never a snapshot. */
export class CursorList {
  readonly #store: RecordStore<unknown>
  readonly #workspace: Workspace
  readonly #newView: () => RecordView
  readonly #orders = new Map<string, Order>()
  readonly #totals = new Map<string, number>()

  constructor(workspace: Workspace, store: RecordStore<unknown>, newView: () => RecordView) {
    this.#workspace = workspace
    this.#store = store
    this.#newView = newView
  }

  read(wanted: PageWanted): Page {
    const { behaviour } = this.#workspace
    const cursor =
      wanted.startingAfter === undefined ? undefined : readCursor(wanted.startingAfter, behaviour)
    if (cursor && this.#store.indexOf(cursor.id) === undefined) throw badCursor(behaviour)
    const order = this.#orderFor(wanted)
    const test = this.#testFor(wanted)
    const indexes: number[] = []
    let more = false
    for (const index of order.walk(wanted.descending, cursor)) {
      if (!test(index)) continue
      if (indexes.length === wanted.perPage) {
        more = true
        break
      }
      indexes.push(index)
    }
    const total = this.#total(wanted, test)
    const last = indexes.at(-1)
    const next =
      more && last !== undefined
        ? { value: order.valueOf(last), id: this.#store.idAt(last), page: (cursor?.page ?? 1) + 1 }
        : undefined
    return { indexes, total, pages: this.#pagesText(wanted, total, cursor, next) }
  }

  #testFor({ match, staleSince }: PageWanted): (index: number) => boolean {
    const view = this.#newView()
    return (index) => {
      const stale = staleSince === undefined ? undefined : this.#store.staleAt(index, staleSince)
      if (stale && !stale.before) return false
      return match === undefined || match.test(view.at(index, stale?.before))
    }
  }

  #orderFor({ sortField, staleSince }: PageWanted): Order {
    if (sortField !== 'created_at' && sortField !== 'updated_at')
      return this.#kept(sortField, () => new FieldOrder(this.#store, sortField))
    if (staleSince === undefined)
      return this.#kept(sortField, () => this.#byDate(sortField, (index) => this.#seconds(sortField, index)))
    return this.#byDate(sortField, (index) => this.#staleSeconds(sortField, index, staleSince))
  }

  #kept(name: string, make: () => Order): Order {
    const order = this.#orders.get(name) ?? make()
    this.#orders.set(name, order)
    return order
  }

  #byDate(field: DateField, seconds: (index: number) => number): Order {
    const order: DateOrder = dateOrderOf(this.#store, field, seconds)
    return {
      walk: (descending, cursor) =>
        order.walk(
          descending,
          cursor && placeOf(Number(cursor.value) / 1000, this.#store.indexOf(cursor.id) ?? 0),
        ),
      valueOf: (index) => seconds(index) * 1000,
    }
  }

  #seconds(field: DateField, index: number): number {
    return field === 'created_at' ? this.#store.createdAt(index) : this.#store.updatedAt(index)
  }

  #staleSeconds(field: DateField, index: number, since: number): number {
    const before = field === 'updated_at' ? this.#store.staleAt(index, since)?.before : undefined
    return before?.updatedAt ?? this.#seconds(field, index)
  }

  #total({ match, staleSince }: PageWanted, test: (index: number) => boolean): number {
    if (match === undefined && staleSince === undefined) return this.#store.liveCount
    const name = `${this.#store.version} ${staleSince ?? ''} ${match?.name ?? ''}`
    const known = this.#totals.get(name)
    if (known !== undefined) return known
    let total = 0
    for (let index = 0; index < this.#store.end; index++)
      if (this.#store.isLive(index) && test(index)) total++
    if (this.#totals.size > 50) this.#totals.clear()
    this.#totals.set(name, total)
    return total
  }

  #pagesText(
    { perPage, startingAfter }: PageWanted,
    total: number,
    cursor: Cursor | undefined,
    next: Cursor | undefined,
  ): string {
    const page = cursor?.page ?? 1
    const head = `{"type":"pages","page":${page},"per_page":${perPage},"total_pages":${Math.ceil(total / perPage)}`
    const following = next && this.#strayed(writeCursor(next), startingAfter, page)
    return following === undefined
      ? `${head}}`
      : `${head},"next":{"page":${page + 1},"starting_after":"${following}"}}`
  }

  /** The cursor to the next page, or the one that a switch leads astray with. */
  #strayed(next: string, current: string | undefined, page: number): string {
    const { cursors } = this.#workspace.behaviour
    if (page === 1) this.#secondPage = next
    if (cursors === 'repeat' && current !== undefined) return current
    if (cursors === 'loop' && page >= 3) return this.#secondPage
    return next
  }

  #secondPage = ''
}
