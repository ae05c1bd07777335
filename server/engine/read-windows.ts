import type { OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { ListRead } from '@penstock/schemas/generated/manifest.ts'
import { cutWindow, type CutContext } from './cut-window.ts'
import { RunFailure } from './failures.ts'
import { fetchPage, type Page } from './fetch-page.ts'
import { listReferences } from './list-references.ts'
import { firstPage, type PageAt } from './next-page.ts'
import { LookAgain, wantedOf } from './look-again.ts'
import { hasRequestsBelow } from './object-tree.ts'
import { PageSize } from './page-size.ts'
import { PagesAsked } from './pages-asked.ts'
import { isBefore, processPage, type PageContext } from './process-page.ts'
import { readChain } from './read-chain.ts'
import type { ReadProgress } from './read-progress.ts'
import { recordTime } from './record-time.ts'
import type { RequestsAhead } from './requests-ahead.ts'
import { ListCapped, withinCap } from './within-cap.ts'

export interface WindowsContext extends Omit<PageContext, 'done' | 'rule'>, CutContext {
  readonly ahead: RequestsAhead
  readonly progress: ReadProgress
}

/** A window is cut only where that saves at least so many pages in a row. */
const leastPages = 4
const mostParts = 32
/** A list is cut into so many windows for each of those that are read side by side: some turn out long, and the others make up for it. */
const turns = 2
const mostRestarts = 5
/** When so many windows have failed and no page came in between, it is not for one bad row. */
const mostFailures = 4

/**
 * Reads every window that is not done, several side by side, and sends what it reads with the progress it earns. A window that turns
 * out long is cut into windows that can be read at once: over a real network one chain of pages is mostly waiting.
 */
export async function readWindows(context: WindowsContext): Promise<void> {
  const again = new LookAgain(context)
  const pageSize = new PageSize(context.list.pagination)
  const share: Share = { failures: 0, cuts: new Map(), again, pageSize }
  await readQueue(again.numbers('first'), share, context)
  await readQueue(again.numbers('again'), share, context)
}

async function readQueue(queue: number[], share: Share, context: WindowsContext): Promise<void> {
  const running = new Set<Promise<void>>()
  try {
    while (queue.length > 0 || running.size > 0) {
      while (running.size < parallelWindows(context)) {
        const number = takeLongest(queue, share)
        if (number === undefined) break
        const reading = readWindow(number, share, context).then((parts) => {
          running.delete(reading)
          queue.unshift(...parts)
        })
        running.add(reading)
      }
      await Promise.race(running)
    }
  } finally {
    await Promise.allSettled(running)
  }
}

/** What the windows that are read side by side know together. */
interface Share {
  /** Windows that failed since a page was last read anywhere. */
  failures: number
  /** What is known of windows that were cut out of others. */
  readonly cuts: Map<number, Cut>
  readonly again: LookAgain
  readonly pageSize: PageSize
}

interface Cut {
  /** How often it took to get there: records are the denser, the more cuts were needed. */
  readonly depth: number
  /** About how many pages the window has. */
  readonly pages: number
}

/**
 * What may be longest is read first, since nobody wants to wait for it alone in the end: where records are dense, and of equals the
 * newest, since most lists grow.
 */
function takeLongest(queue: number[], { cuts }: Share): number | undefined {
  let longest = 0
  for (const place of queue.keys()) {
    const [one, other] = [place, longest].map((at) => cuts.get(queue[at] ?? -1) ?? { depth: 0, pages: 0 })
    if (one && other && (one.depth - other.depth || one.pages - other.pages) >= 0) longest = place
  }
  return queue.splice(longest, 1)[0]
}

function parallelWindows({ root, client }: WindowsContext): number {
  return hasRequestsBelow(root) ? 1 : Math.max(4, Math.min(10, client.gate.usefulParallelism))
}

/** Reads one window to its end; or gives the numbers of the windows that it was cut into. */
async function readWindow(number: number, share: Share, context: WindowsContext): Promise<readonly number[]> {
  const { progress } = context
  for (let attempt = 1; ; attempt++) {
    const resumed = progress.position(number) !== undefined
    const read = { pages: 0, of: share.cuts.get(number)?.pages ?? 0 }
    try {
      return await readOnce(number, read, share, context)
    } catch (error) {
      if (error instanceof ListCapped) return halve(number, error, context)
      if (!(error instanceof RunFailure) || attempt > mostRestarts) throw asIncomplete(error)
      // The same request was good with another cursor, so it is the cursor that is refused.
      const refused = error.kind === 'invalid_request' && read.pages > 0
      const mayPass = error.kind === 'restart' || (resumed && refusesPosition(error))
      const oneRow = refused || error.kind === 'gone' || error.kind === 'unavailable'
      if (!mayPass && oneRow && ++share.failures <= mostFailures) {
        // One bad row can spoil every page it is on: closing in on it saves all the others.
        const halves = halvesOf(number, context)
        if (halves.length > 1) return progress.split(number, halves)
      }
      if (!mayPass && !refused) throw error
      progress.restart(number)
    }
  }
}

/** Puts two windows in the place of one of which the API does not give everything. */
function halve(number: number, capped: ListCapped, context: WindowsContext): readonly number[] {
  const halves = halvesOf(number, context)
  if (halves.length < 2) throw capped
  return context.progress.split(number, halves)
}

function halvesOf(number: number, context: WindowsContext): readonly OpenWindow[] {
  const window = new Map(context.progress.windows).get(number)
  return window ? cutWindow(window, 2, undefined, context) : []
}

async function readOnce(
  number: number,
  read: ReadPages,
  share: Share,
  context: WindowsContext,
): Promise<readonly number[]> {
  const { list, progress } = context
  const window = new Map(progress.windows).get(number) ?? {}
  const position = progress.position(number)
  const references = listReferences(list, context.rule, window, context.references)
  const done = progress.parents(number)
  using asked = new PagesAsked(context.ahead)
  const fetch = async (at: PageAt) => {
    const { client, signal, root } = context
    await asked.add(signal, read.of - read.pages)
    return await share.pageSize.fit(async (size) => {
      context.tally.of(root.object).requests++
      return await fetchPage(client, list, at, references, { priority: 1, signal, object: root.object, size })
    })
  }
  const capped = withinCap(list.mostRecords, fetch)
  const chain = readChain(capped, position === undefined ? firstPage(list.pagination) : pageAt(position))
  let first = position === undefined
  for await (const page of chain) {
    share.failures = 0
    read.pages++
    read.of = page.totalPages ?? read.of
    if (page.next !== undefined) share.again.note(window)
    const parts =
      first && window.again !== true && window.only !== true ? cutIfLong(window, page, context) : []
    if (parts.length > 1) {
      const numbers = progress.split(number, parts)
      const depth = 1 + (share.cuts.get(number)?.depth ?? 0)
      for (const part of numbers)
        share.cuts.set(part, { depth, pages: (page.totalPages ?? 0) / numbers.length })
      return numbers
    }
    first = false
    const wanted = { ...context, ...wantedOf(window, context.from, progress) }
    const last = page.next === undefined || isPastCheckpoint(page, wanted)
    const unit = await processPage(page, number, { ...wanted, references, done })
    asked.done()
    unit.progress.push(
      last ? { type: 'window', window: number } : { type: 'page', window: number, ...positionOf(page, list) },
    )
    await context.send(unit)
    if (last) break
  }
  return []
}

/** How far a window was read; `of`: about how many pages it has, 0 where that is not known. */
interface ReadPages {
  pages: number
  of: number
}

/** Into which windows a window is cut, now that its first page told how long it is. */
function cutIfLong(window: OpenWindow, page: Page, context: WindowsContext): readonly OpenWindow[] {
  const { progress, root } = context
  if (hasRequestsBelow(root)) return []
  const pages = page.totalPages ?? 0
  progress.windowPages ??= Math.max(leastPages, Math.ceil(pages / (turns * parallelWindows(context))))
  if (pages <= progress.windowPages * 1.5) return []
  return cutWindow(window, Math.min(mostParts, Math.ceil(pages / progress.windowPages)), page, context)
}

/** In a list that comes newest first and cannot be filtered, everything beyond this page is claimed already. */
function isPastCheckpoint(page: Page, { rule, from, fromClaim }: WindowsContext): boolean {
  if (rule.filter !== 'client' || rule.newestFirst !== true || from === undefined) return false
  const times = page.records.map((record) => recordTime(record, rule))
  const before = from - (rule.overlapSeconds ?? 1)
  return times.length > 0 && times.every((time) => time !== undefined && isBefore(time, before, fromClaim))
}

function positionOf(page: Page, { pagination }: ListRead): { position?: string | number } {
  const resumable = 'resumable' in pagination && pagination.resumable === true
  const position = page.next?.cursor ?? page.next?.number
  return resumable && position !== undefined ? { position } : {}
}

function pageAt(position: string | number): PageAt {
  return typeof position === 'number' ? { number: position, cursor: position } : { cursor: position }
}

function refusesPosition(error: RunFailure): boolean {
  return ['invalid_request', 'gone', 'unavailable', 'not_an_answer'].includes(error.kind)
}

function asIncomplete(error: unknown): unknown {
  if (!(error instanceof RunFailure) || error.kind !== 'restart') return error
  return new RunFailure('incomplete_read', `The list could not be read to its end. ${error.message}`, {
    cause: error,
  })
}
