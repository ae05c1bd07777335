import type { ListRead } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import { fetchPage, type Page } from './fetch-page.ts'
import { listReferences } from './list-references.ts'
import { firstPage, type PageAt } from './next-page.ts'
import type { ObjectNode } from './object-tree.ts'
import { keyText, processPage, type PageContext } from './process-page.ts'
import { readChain } from './read-chain.ts'
import { readScroll } from './read-scroll.ts'
import { withinCap } from './within-cap.ts'

export interface GenerationContext extends Omit<PageContext, 'done' | 'rule' | 'from'> {
  readonly list: ListRead
  /** Throws away what was sent: the read begins again. */
  readonly startOver: () => Promise<void>
  /** Waits until no other run reads a scroll of this account: an API has one at a time. Absent: nobody else does. */
  readonly holdScroll?: (object: string) => Promise<AsyncDisposable>
}

const mostReads = 4

/**
 * Reads an object as a whole, from the first record to a proved end, and sends everything. A list that breaks off, or that moved
 * while its pages were read, is read again from the start. Rejects with `incomplete_read` when no read was proved complete.
 */
export async function readGeneration(context: GenerationContext): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const moved = await readAllPartitions(context)
      // A list whose own total disagrees every time is wrong about its total.
      if (!moved || attempt >= mostReads - 1) return
    } catch (error) {
      const again = error instanceof RunFailure && error.kind === 'restart'
      if (!again) throw error
      if (attempt >= mostReads)
        throw new RunFailure('incomplete_read', `The list could not be read to its end. ${error.message}`, {
          cause: error,
        })
    }
    await context.startOver()
  }
}

/** True where the list may have moved while it was read: fewer records came than it said, on any of its pages, that it has. */
async function readAllPartitions(context: GenerationContext): Promise<boolean> {
  let moved = false
  for (const partition of (context.list.partitions ?? [{}]).keys())
    moved = (await readPartition(partition, context)) || moved
  return moved
}

async function readPartition(partition: number, context: GenerationContext): Promise<boolean> {
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
    return fetchPage(client, list, at, references, { priority: 1, signal, object: root.object })
  })
  const keys = new Set<string>()
  let pages = 0
  // The largest that was said: after a record that was read is deleted, the list is shorter, and another one slid onto a page that was read.
  let total = 0
  for await (const page of readChain(fetch, firstPage(pagination))) {
    pages++
    total = Math.max(total, page.total ?? 0)
    if (isMovable(list)) noteKeys(page, root, keys)
    const unit = await processPage(page, 0, {
      ...context,
      references,
      rule: undefined,
      from: undefined,
      done: new Map(),
    })
    await context.send(unit)
  }
  return isMovable(list) && pages > 1 && keys.size < total
}

/** Numbered and offset pages shift when a record before them comes or goes. */
function isMovable({ pagination }: ListRead): boolean {
  return pagination.type === 'page' || pagination.type === 'offset'
}

function noteKeys(page: Page, root: ObjectNode, keys: Set<string>): void {
  for (const record of page.records) keys.add(keyText(record, root))
}
