import type { Pagination } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import type { Page } from './fetch-page.ts'

/**
 * How many records a list is asked for at once: as many as the manifest says, and half as many after each answer that was larger than is
 * allowed. Only lists with a cursor are asked for less: where pages have numbers, a smaller page would make number 7 another place.
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
