import { EndlessList } from './endless-list.ts'
import type { Page } from './fetch-page.ts'
import { RunFailure } from './failures.ts'
import type { PageAt } from './next-page.ts'

/**
 * A list's pages, one after the other, each asked for while the one before is worked on. Between two calls it holds on to no page, so
 * many chains can wait for their turn.
 */
export class PageChain {
  readonly #fetch: (at: PageAt) => Promise<Page>
  readonly #asked = new Set<string>()
  readonly #endless = new EndlessList()
  #read = 0
  #coming: Promise<Page> | undefined

  constructor(fetch: (at: PageAt) => Promise<Page>, start: PageAt) {
    this.#fetch = fetch
    this.#ask(start)
  }

  /**
   * The next page; undefined after the last. Rejects with `restart` when the list turns in a circle: a page asked for twice, or the same
   * records again and again; with `incomplete_read` where it does not end.
   */
  async next(): Promise<Page | undefined> {
    const page = await this.#coming
    this.#coming = undefined
    if (!page) return undefined
    const repeated = this.#endless.see(page.records)
    const over = repeated && page.next !== undefined && this.#saysEnough(page, page.next)
    this.#read += page.records.length
    if (over) return { ...page, next: undefined }
    if (page.next) this.#ask(page.next)
    return page
  }

  /**
   * Some APIs give their last page again for every number after it (Magento). Where nothing but a full page spoke of a next one, and as
   * many records came as the API says that there are, a page that came before is the end.
   */
  #saysEnough({ total }: Page, next: PageAt): boolean {
    return next.unsaid === true && total !== undefined && this.#read >= total
  }

  #ask(at: PageAt): void {
    const name = JSON.stringify(at)
    if (this.#asked.has(name)) throw new RunFailure('restart', 'The API’s pages turn in a circle.')
    this.#asked.add(name)
    this.#coming = this.#fetch(at)
    // Whoever leaves early does not wait for it; whoever stays meets its failure in `next`.
    this.#coming.catch(() => undefined)
  }
}

/** The pages of a `PageChain`. Throws as it does. */
export async function* readChain(fetch: (at: PageAt) => Promise<Page>, start: PageAt): AsyncGenerator<Page> {
  const chain = new PageChain(fetch, start)
  for (let page = await chain.next(); page; page = await chain.next()) yield page
}
