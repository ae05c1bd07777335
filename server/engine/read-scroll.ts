import type { ListRead } from '@penstock/schemas/generated/manifest.ts'
import { EndlessList } from './endless-list.ts'
import { RunFailure } from './failures.ts'
import { fetchPage } from './fetch-page.ts'
import type { PageAt } from './next-page.ts'
import { keyText } from './object-tree.ts'
import { processPage, type PageContext } from './process-page.ts'
import { ScrollOrder } from './scroll-order.ts'

export interface ScrollContext extends Omit<PageContext, 'done' | 'rule' | 'from'> {
  readonly list: ListRead
}

/** Passes over one scroll, at the most (one in fifty answers broken off, a hundred pages: one pass in eight is whole), and lost answers in one of them. */
const mostPasses = 40
const mostLost = 20
/** 429s in a row, at the most; and so many passes that nothing but 429s interrupted are as good as one that nothing did. */
const mostRefused = 30
const enoughRefusedPasses = 8

/**
 * Reads a scroll to its end, in as many passes as it takes to prove that nothing is missing. A scroll cannot give an answer twice: one
 * that is lost on the way may have moved it on. So the pass goes on with a gap, and a later pass must close it. A 429 should not move it
 * (Intercom's do not even keep it alive), but whoever puts limits before an API may count an answer that was made already: it is a gap, too.
 * Rejects with `incomplete_read` when the passes do not prove the list whole, `restart` when one of them turns in a circle.
 */
export async function readScroll(context: ScrollContext): Promise<void> {
  const order = new ScrollOrder()
  let refusedPasses = 0
  for (let pass = 1; pass <= mostPasses; pass++) {
    order.beginPass()
    if (await readPass(order, context)) refusedPasses++
    if (order.isWhole() || refusedPasses === enoughRefusedPasses) return
  }
  throw new RunFailure('incomplete_read', 'The API broke off its list again and again.')
}

/** One pass, to the end of the list or to where the API breaks it off. Gives true where it came to the end without a lost answer. */
async function readPass(order: ScrollOrder, context: ScrollContext): Promise<boolean> {
  const endless = new EndlessList()
  let at: PageAt = {}
  let gap = false
  let refused = 0
  for (let lost = 0; lost < mostLost;) {
    const page = await fetchOnce(at, context)
    if (page === 'broken off' || (page === 'lost' && at.cursor === undefined)) return false
    if (page instanceof RunFailure) {
      if (++refused > mostRefused || context.client.gate.hopeless) throw page
      gap = true
      continue
    }
    refused = 0
    if (page === 'lost') {
      lost++
      gap = true
      continue
    }
    if (page.records.length === 0) {
      order.endPass(gap)
      return lost === 0
    }
    endless.see(page.records)
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
    if (!page.next) return false
    at = page.next
  }
  return false
}

/** The next page; or that its answer was lost, that the API has given the scroll up, or the 429 that it was refused with. */
async function fetchOnce(
  at: PageAt,
  { client, list, references, root, signal, tally }: ScrollContext,
): Promise<Awaited<ReturnType<typeof fetchPage>> | 'lost' | 'broken off' | RunFailure> {
  tally.of(root.object).requests++
  try {
    return await fetchPage(client, list, at, references, { priority: 0, signal, object: root.object })
  } catch (error) {
    if (error instanceof RunFailure && error.kind === 'lost_answer') return 'lost'
    if (error instanceof RunFailure && error.kind === 'restart') return 'broken off'
    // Before the first page there is nothing to go on from: those 429s were waited for already.
    if (error instanceof RunFailure && error.kind === 'rate_limited' && at.cursor !== undefined) return error
    // The token came from the API itself: one that it refuses is one that it has forgotten, in whatever words.
    const refused = error instanceof RunFailure && ['gone', 'invalid_request'].includes(error.kind)
    if (refused && at.cursor !== undefined) return 'broken off'
    throw error
  }
}
