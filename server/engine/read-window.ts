import type { OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { ListRead } from '@penstock/schemas/generated/manifest.ts'
import { cutWindow, type CutContext } from './cut-window.ts'
import { RunFailure } from './failures.ts'
import { fetchListed, type Page } from './fetch-page.ts'
import { listReferences } from './list-references.ts'
import { firstPage, type PageAt } from './next-page.ts'
import { type LookAgain, wantedOf } from './look-again.ts'
import { hasRequestsBelow, keyText } from './object-tree.ts'
import { ListMoved, mostReadings, PageCensus } from './page-census.ts'
import type { PageSize } from './page-size.ts'
import { PagesAsked } from './pages-asked.ts'
import { isBefore, processPage, type PageContext } from './process-page.ts'
import type { Wanted } from './plan-windows.ts'
import { PageChain } from './read-chain.ts'
import type { ReadProgress } from './read-progress.ts'
import type { Json } from './read-path.ts'
import { recordTime } from './record-time.ts'
import type { RequestsAhead } from './requests-ahead.ts'
import type { RowUnit } from './row-unit.ts'
import { ListCapped, withinCap } from './within-cap.ts'

export interface WindowsContext
  extends Omit<PageContext, 'done' | 'rule' | keyof Wanted>, CutContext, Wanted {
  readonly ofSuspects: Wanted
  readonly ahead: RequestsAhead
  readonly progress: ReadProgress
}

/** A window is cut only where that saves at least so many pages in a row. */
const leastPages = 4
const mostParts = 32
/** A list is cut into so many windows for each of those that are read side by side: some turn out long, and the others make up for it. */
const turns = 2
const mostRestarts = 5
/** When so many windows more than bad rows would spoil have failed, and no page came in between, it is not for those. */
const mostFailures = 4
/** A bad row may stand where the two halves of a window overlap. */
const failuresAtOnce = 2

/** How many pages of a list may be under way at once. */
export function pagesAtOnce({ client }: Pick<WindowsContext, 'client'>): number {
  return Math.max(4, Math.min(10, client.gate.usefulParallelism))
}

/** What the windows that are read side by side know together. */
export interface Share {
  /** Windows that failed since a page was last read anywhere. */
  failures: number
  /** Windows that were cut from one that failed. */
  readonly halves: Set<number>
  /** How many others were under way at once, at the most. All of them may meet bad rows at the same time. */
  atOnce: number
  readonly again: LookAgain
  readonly pageSize: PageSize
}

/**
 * Reads one window to its end; or gives the numbers of the windows that it was cut into, because it is long, the API gives only a part of it, or one
 * of its rows spoils its pages. Begins it anew where the API refuses a cursor or the list moved under it. Rejects with why it cannot be read.
 */
export async function readWindow(
  number: number,
  share: Share,
  context: WindowsContext,
): Promise<readonly number[]> {
  const { progress } = context
  let furthest = 0
  /** Of the last reading to the end, which the list moved under. */
  let moved: PageCensus | undefined
  for (let attempt = 1; ; attempt++) {
    const resumed = progress.position(number) !== undefined
    const census = newCensus(moved, context)
    const read = { pages: 0, of: Infinity, census }
    try {
      return await readOnce(number, read, share, context)
    } catch (error) {
      if (error instanceof ListCapped) return halve(number, error, context)
      if (!(error instanceof RunFailure)) throw error
      if (error instanceof ListMoved) moved = census
      // The same request was good with another cursor, so it is the cursor that is refused.
      const refused = error.kind === 'invalid_request' && read.pages > 0
      // Some cursors do not live long. What was read of records is not asked for again, so each restart gets further.
      if (refused && read.pages > furthest) [attempt, furthest] = [1, read.pages]
      if (attempt > mostRestarts) throw asIncomplete(error)
      const mayPass = error.kind === 'restart' || (resumed && refusesPosition(error))
      const oneRow = refused || mayBeOneRow(error)
      if (!mayPass && oneRow) share.failures++
      if (!mayPass && oneRow && !isBeyondRows(share)) {
        // One bad row can spoil every page it is on: closing in on it saves all the others.
        const halves = halvesOf(number, context)
        if (halves.length > 1) return closeIn(progress.split(number, halves.map(asSuspect)), share)
      }
      if (!mayPass && !refused) throw error
      progress.restart(number)
    }
  }
}

function closeIn(halves: readonly number[], share: Share): readonly number[] {
  for (const half of halves) share.halves.add(half)
  return halves
}

/** Whether more has failed than bad rows would account for. */
export function isBeyondRows({ failures, atOnce }: Share): boolean {
  return failures > failuresAtOnce * atOnce + mostFailures
}

/** Puts two windows in the place of one of which the API does not give everything. */
function halve(number: number, capped: ListCapped, context: WindowsContext): readonly number[] {
  const halves = halvesOf(number, context)
  if (halves.length < 2) throw capped
  return context.progress.split(number, halves)
}

function asSuspect(window: OpenWindow): OpenWindow {
  return { ...window, suspect: true }
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
  const { done } = progress
  const send = async (unit: RowUnit) => {
    await context.send(unit)
    progress.noteSent(unit.progress)
  }
  using asked = new PagesAsked(context.ahead)
  const fetch = async (at: PageAt) => {
    const { client, signal, root } = context
    const urgency = urgencyOf(read, list)
    await asked.add(signal, urgency)
    const page = share.pageSize.fit(async (size) => {
      context.tally.of(root.object).requests++
      const options = { priority: 1, signal, object: root.object, size, urgency } as const
      return await fetchListed(client, list, at, references, options)
    })
    const { totalPages } = await page.finally(() => asked.answered())
    read.pages++
    read.of = totalPages ?? 0
    return await page
  }
  const capped = withinCap(list.mostRecords, fetch)
  const chain = new PageChain(capped, position === undefined ? firstPage(list.pagination) : pageAt(position))
  const cuttable = position === undefined && window.again !== true && window.only !== true
  /** Passes one page on; gives the windows that are left to read when this one ends with it. */
  const passOn = async (first: boolean): Promise<readonly number[] | undefined> => {
    const page = await chain.next()
    if (!page) return []
    share.failures = 0
    if (page.next !== undefined) share.again.note(window)
    const parts = first && cuttable ? cutIfLong(window, page, context) : []
    if (parts.length > 1) return progress.split(number, parts)
    const wanted = { ...context, ...wantedOf(window, context, progress) }
    const last = isLast(page, wanted)
    const moved = hasMoved(page, last, read.census)
    const unit = await processPage(page, number, { ...wanted, references, done, send })
    asked.done()
    unit.progress.push(
      last && !moved
        ? { type: 'window', window: number }
        : { type: 'page', window: number, ...positionOf(page, list) },
    )
    await context.send(unit)
    if (moved) throw new ListMoved()
    return last ? [] : undefined
  }
  // Between two calls nothing holds on to a page or its rows: all windows wait there for their turn.
  let left = await passOn(true)
  while (!left) left = await passOn(false)
  return left
}

/** How far a window was read; `of`: about how many pages it has, infinite before the first has come, 0 where that is not known. */
interface ReadPages {
  pages: number
  of: number
  readonly census: PageCensus
}

/** Into which windows a window is cut, now that its first page told how long it is. */
function cutIfLong(window: OpenWindow, page: Page, context: WindowsContext): readonly OpenWindow[] {
  const { progress, root } = context
  // Where it was all of the window, whatever the API says of its length is wrong; some give the whole list's, for every part of it.
  if (hasRequestsBelow(root) || page.next === undefined) return []
  const pages = page.totalPages ?? 0
  progress.windowPages ??= Math.max(leastPages, Math.ceil(pages / (turns * pagesAtOnce(context))))
  if (pages <= progress.windowPages * 1.5) return []
  return cutWindow(window, Math.min(mostParts, Math.ceil(pages / progress.windowPages)), page, context)
}

/**
 * Which window's next page is asked for first, the greatest: the one with most pages to come, or nobody would know of it until the end.
 * Where a window cannot be gone on with in its middle, the one that is furthest: a crash undoes what is begun.
 */
function urgencyOf({ pages, of }: Pick<ReadPages, 'pages' | 'of'>, { pagination }: ListRead): number {
  return isResumable(pagination) ? Math.max(0, of - pages) : pages
}

function isResumable(pagination: ListRead['pagination']): boolean {
  return 'resumable' in pagination && pagination.resumable === true
}

function newCensus(earlier: PageCensus | undefined, context: WindowsContext): PageCensus {
  const { list, root, rule, client } = context
  const began = Math.floor(client.gate.serverNow() / 1000)
  const cameLately = (record: Json) => (recordTime(record, rule) ?? 0) >= began
  return new PageCensus(list.pagination, (record) => keyText(record, root), earlier, cameLately)
}

function isLast(page: Page, context: WindowsContext): boolean {
  return page.next === undefined || isPastCheckpoint(page, context)
}

/** Whether a window is to be read again, after this page, because its list moved. What the readings bring lands: where it never holds still, all together are enough. */
function hasMoved(page: Page, last: boolean, census: PageCensus): boolean {
  census.see(page)
  return last && census.reading < mostReadings && census.hasMoved({ toTheEnd: page.next === undefined })
}

/** In a list that comes newest first and cannot be filtered, everything beyond this page is claimed already. */
function isPastCheckpoint(page: Page, { rule, from, fromClaim }: WindowsContext): boolean {
  if (rule.filter !== 'client' || rule.newestFirst !== true || from === undefined) return false
  const times = page.records.map((record) => recordTime(record, rule))
  const before = from - (rule.overlapSeconds ?? 1)
  return times.length > 0 && times.every((time) => time !== undefined && isBefore(time, before, fromClaim))
}

function positionOf(page: Page, { pagination }: ListRead): { position?: string | number } {
  const position = page.next?.cursor ?? page.next?.number
  const kept = typeof position === 'string' || typeof position === 'number'
  return isResumable(pagination) && kept ? { position } : {}
}

function pageAt(position: string | number): PageAt {
  return typeof position === 'number' ? { number: position, cursor: position } : { cursor: position }
}

function refusesPosition(error: RunFailure): boolean {
  return ['invalid_request', 'gone', 'unavailable', 'not_an_answer'].includes(error.kind)
}

/** Whether one row may be why no page that it is on comes: the API cannot find it, breaks on it, or something on the way answers in its place. */
export function mayBeOneRow({ kind }: RunFailure): boolean {
  return ['gone', 'unavailable', 'not_an_answer'].includes(kind)
}

function asIncomplete(error: unknown): unknown {
  if (!(error instanceof RunFailure) || error.kind !== 'restart') return error
  return new RunFailure('incomplete_read', `The list could not be read to its end. ${error.message}`, {
    cause: error,
  })
}
