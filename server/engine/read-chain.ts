import { EndlessList } from './endless-list.ts'
import type { Page } from './fetch-page.ts'
import { RunFailure } from './failures.ts'
import type { PageAt } from './next-page.ts'

/**
 * A list's pages, one after the other, each asked for while the one before is worked on. Throws `restart` when the list turns
 * in a circle: a page asked for twice, or the same records again and again; `incomplete_read` where it does not end.
 */
export async function* readChain(fetch: (at: PageAt) => Promise<Page>, start: PageAt): AsyncGenerator<Page> {
  const asked = new Set<string>([JSON.stringify(start)])
  const endless = new EndlessList()
  let coming: Promise<Page> | undefined = fetch(start)
  try {
    while (coming) {
      const page: Page = await coming
      coming = undefined
      endless.see(page.records)
      if (page.next) {
        const name = JSON.stringify(page.next)
        if (asked.has(name)) throw new RunFailure('restart', 'The API’s pages turn in a circle.')
        asked.add(name)
        coming = fetch(page.next)
        // Whoever leaves early does not wait for it; whoever stays meets its failure at the await above.
        coming.catch(() => undefined)
      }
      yield page
    }
  } finally {
    coming?.catch(() => undefined)
  }
}
