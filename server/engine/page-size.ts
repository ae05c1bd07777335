import type { Pagination } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import type { Page } from './fetch-page.ts'

/**
 * How many records a list is asked for at once: what the manifest says, and less once an answer was larger than is allowed. Only where a
 * cursor says how far a list was read: a page's number means another place where pages are smaller.
 */
export class PageSize {
  #records: number | undefined

  constructor(pagination: Pagination) {
    this.#records = pagination.type === 'cursor' ? pagination.size : undefined
  }

  /** Fetches a page, half as many records at a time until it fits. Rejects as `fetch` does, where a single record is too large. */
  async fit(fetch: (size: number | undefined) => Promise<Page>): Promise<Page> {
    for (;;) {
      const size = this.#records
      try {
        return await fetch(size)
      } catch (error) {
        const tooLarge = error instanceof RunFailure && error.kind === 'too_large'
        if (!tooLarge || size === undefined || size < 2) throw error
        // Others that read this list may have found out meanwhile.
        this.#records = Math.min(this.#records ?? size, Math.ceil(size / 2))
      }
    }
  }
}
