import { hash } from 'node:crypto'
import type { Page } from './fetch-page.ts'
import { RunFailure } from './failures.ts'
import type { PageAt } from './next-page.ts'
import type { Json } from './read-path.ts'

/** More pages than any list has; only a list without end gets here. */
const mostPages = 200_000
/** So many of them may be empty, one after the other: some APIs filter a page after they cut it, and say that there is more. */
const mostEmpty = 1000

/**
 * A list's pages, one after the other, each asked for while the one before is worked on. Throws `restart` when the list turns
 * in a circle: a page asked for twice, or the same records again and again; `incomplete_read` where it does not end.
 */
export async function* readChain(fetch: (at: PageAt) => Promise<Page>, start: PageAt): AsyncGenerator<Page> {
  const asked = new Set<string>([JSON.stringify(start)])
  const circle = new CircleDetector()
  let empty = 0
  let coming: Promise<Page> | undefined = fetch(start)
  try {
    for (let count = 0; coming; count++) {
      const page: Page = await coming
      coming = undefined
      if (count > mostPages) throw new RunFailure('incomplete_read', 'The API’s list does not end.')
      circle.see(page.records)
      empty = page.records.length === 0 ? empty + 1 : 0
      if (empty > mostEmpty)
        throw new RunFailure('incomplete_read', 'The API gives one empty page after the other.')
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

/** Notices when a page's records have come before, though under other page names. */
class CircleDetector {
  readonly #seen = new Map<string, number>()

  see(records: readonly Json[]): void {
    if (records.length === 0) return
    const text = textOf([records.length, records[0], records.at(-1)])
    if (text === undefined) return
    const print = hash('sha1', text)
    const times = (this.#seen.get(print) ?? 0) + 1
    this.#seen.set(print, times)
    if (times > 3) throw new RunFailure('restart', 'The API repeats the same page.')
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
