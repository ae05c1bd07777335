import type { ListRead } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import { fetchPage } from './fetch-page.ts'
import type { PageAt } from './next-page.ts'
import { keyText, processPage, type PageContext } from './process-page.ts'
import { ScrollOrder } from './scroll-order.ts'

export interface ScrollContext extends Omit<PageContext, 'done' | 'rule' | 'from'> {
  readonly list: ListRead
}

/** Passes over one scroll, at the most (one in fifty answers broken off, a hundred pages: one pass in eight is whole), and lost answers in one of them. */
const mostPasses = 40
const mostLost = 20

/**
 * Reads a scroll to its end, in as many passes as it takes to prove that nothing is missing. A scroll cannot give an answer twice: one
 * that is lost on the way may have moved it on. So the pass goes on with a gap, and a later pass must close it.
 * Rejects with `incomplete_read` when the passes do not prove the list whole.
 */
export async function readScroll(context: ScrollContext): Promise<void> {
  const order = new ScrollOrder()
  for (let pass = 1; pass <= mostPasses; pass++) {
    order.beginPass()
    await readPass(order, context)
    if (order.isWhole()) return
  }
  throw new RunFailure('incomplete_read', 'The API broke off its list again and again.')
}

/** One pass, to the end of the list or to where the API breaks it off. */
async function readPass(order: ScrollOrder, context: ScrollContext): Promise<void> {
  let at: PageAt = {}
  let gap = false
  for (let lost = 0; lost < mostLost;) {
    const page = await fetchOnce(at, context)
    if (page === 'broken off' || (page === 'lost' && at.cursor === undefined)) return
    if (page === 'lost') {
      lost++
      gap = true
      continue
    }
    if (page.records.length === 0) return order.endPass(gap)
    order.add(
      page.records.map((record) => keyText(record, context.root)),
      gap,
    )
    gap = false
    const unit = await processPage(page, 0, {
      ...context,
      rule: undefined,
      from: undefined,
      done: new Map(),
    })
    await context.send(unit)
    if (!page.next) return
    at = page.next
  }
}

/** The next page; or that its answer was lost, or that the API has given the scroll up. */
async function fetchOnce(
  at: PageAt,
  { client, list, references, root, signal, tally }: ScrollContext,
): Promise<Awaited<ReturnType<typeof fetchPage>> | 'lost' | 'broken off'> {
  tally.of(root.object).requests++
  try {
    return await fetchPage(client, list, at, references, { priority: 0, signal, object: root.object })
  } catch (error) {
    if (error instanceof RunFailure && error.kind === 'lost_answer') return 'lost'
    if (error instanceof RunFailure && error.kind === 'restart') return 'broken off'
    // The token came from the API itself: one that it refuses is one that it has forgotten, in whatever words.
    const refused = error instanceof RunFailure && ['gone', 'invalid_request'].includes(error.kind)
    if (refused && at.cursor !== undefined) return 'broken off'
    throw error
  }
}
