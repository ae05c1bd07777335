import { RunFailure } from './failures.ts'
import type { Page } from './fetch-page.ts'
import type { PageAt } from './next-page.ts'

/** A question has more answers than the API gives of one. */
export class ListCapped extends RunFailure {
  constructor(most: number) {
    super('incomplete_read', `The API gives no more than ${most} records of this list, and it may hold more.`)
  }
}

/**
 * Asks for a list's pages as `fetch` does, as long as the API gives the whole list: `most` is what it gives at the most. Rejects with
 * `ListCapped` as soon as the list's total, or what came of it, is no less.
 */
export function withinCap(
  most: number | undefined,
  fetch: (at: PageAt) => Promise<Page>,
): (at: PageAt) => Promise<Page> {
  if (most === undefined) return fetch
  let seen = 0
  return async (at) => {
    const page = await fetch(at)
    seen += page.records.length
    if ((page.total ?? seen) >= most) throw new ListCapped(most)
    return page
  }
}
