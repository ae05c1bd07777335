import type { ListRead } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import { fetchListed } from './fetch-page.ts'
import { listReferences } from './list-references.ts'
import { firstPage, type PageAt } from './next-page.ts'
import { keyText } from './object-tree.ts'
import { mostReadings, PageCensus } from './page-census.ts'
import { processPage, type PageContext } from './process-page.ts'
import { readChain } from './read-chain.ts'
import { readScroll } from './read-scroll.ts'
import { withinCap } from './within-cap.ts'

export interface GenerationContext extends Omit<PageContext, 'done' | 'rule' | 'from'> {
  readonly list: ListRead
  /** The list is read again from its start: what is sent from now on belongs to another reading. */
  readonly readAgain: () => Promise<void>
  /** Waits until no other run reads a scroll of this account: an API has one at a time. Absent: nobody else does. */
  readonly holdScroll?: (object: string) => Promise<AsyncDisposable>
}

/** What the last reading of each partition counted, by its number. */
type Censuses = Map<number, PageCensus>

/**
 * Reads an object as a whole, from the first record to a proved end, and sends everything. A list that breaks off, or that moved
 * while its pages were read, is read again from the start. True where it held still in the last reading, which then is all of it. Where it never
 * does, all readings together are: who slid past an edge in one of them is met in another.
 * Rejects with `incomplete_read` where the last reading did not come to the end.
 */
export async function readGeneration(context: GenerationContext): Promise<boolean> {
  const censuses: Censuses = new Map()
  for (let reading = 1; ; reading++) {
    try {
      const moved = await readAllPartitions(censuses, context)
      if (!moved || reading >= mostReadings) return !moved
    } catch (error) {
      const again = error instanceof RunFailure && error.kind === 'restart'
      if (!again) throw error
      if (reading >= mostReadings)
        throw new RunFailure('incomplete_read', `The list could not be read to its end. ${error.message}`, {
          cause: error,
        })
    }
    await context.readAgain()
  }
}

/** True where the list moved while it was read. */
async function readAllPartitions(censuses: Censuses, context: GenerationContext): Promise<boolean> {
  let moved = false
  for (const partition of (context.list.partitions ?? [{}]).keys())
    moved = (await readPartition(partition, censuses, context)) || moved
  return moved
}

async function readPartition(
  partition: number,
  censuses: Censuses,
  context: GenerationContext,
): Promise<boolean> {
  const { list, root, tally, client, signal } = context
  const { pagination } = list
  const references = listReferences(list, undefined, { partition }, context.references)
  if (pagination.type === 'scroll') {
    await using _ = await context.holdScroll?.(root.object)
    await readScroll({ ...context, references })
    return false
  }
  const fetch = withinCap(list.mostRecords, (at: PageAt) => {
    tally.of(root.object).requests++
    return fetchListed(client, list, at, references, { priority: 1, signal, object: root.object })
  })
  const census = new PageCensus(pagination, (record) => keyText(record, root), censuses.get(partition))
  censuses.set(partition, census)
  for await (const page of readChain(fetch, firstPage(pagination))) {
    census.see(page)
    const unit = await processPage(page, 0, {
      ...context,
      references,
      rule: undefined,
      from: undefined,
      done: new Map(),
    })
    await context.send(unit)
  }
  return census.hasMoved({ toTheEnd: true })
}
