import type { ApiClient } from './api-client.ts'
import { elementsAt, expandDerived, expandRecord, type Errand, type Given } from './expand-record.ts'
import { RunFailure } from './failures.ts'
import { fetchPage, type ListSpec, type Page } from './fetch-page.ts'
import { firstPage } from './next-page.ts'
import { keyText, textOfKey, type ObjectNode } from './object-tree.ts'
import { mostReadings, PageCensus } from './page-census.ts'
import { readChain } from './read-chain.ts'
import { readPath, type Json } from './read-path.ts'
import type { References } from './render-template.ts'
import type { RowUnit } from './row-unit.ts'
import type { ObjectTally, RunTally } from './run-tally.ts'

export interface ErrandContext {
  readonly client: ApiClient
  readonly references: References
  readonly tally: RunTally
  readonly signal: AbortSignal
}

type ChildrenErrand = Extract<Errand, { type: 'children' }>

/**
 * Does a record's errands, and those that their answers bring, into the record's unit. Rejects with an `ErrandFailure` that
 * says which object it was for; `gone` where the record itself has vanished meanwhile.
 */
export async function runErrands(
  errands: readonly Errand[],
  unit: RowUnit,
  context: ErrandContext,
): Promise<void> {
  for (const errand of errands) {
    try {
      await runErrand(errand, unit, context)
    } catch (error) {
      throw error instanceof ErrandFailure ? error : new ErrandFailure(errand.node.object, error)
    }
  }
}

/** Whether these errands failed because the record that they are for is gone. */
export function isGone(error: unknown, errands: readonly Errand[]): boolean {
  if (!(error instanceof ErrandFailure) || !(error.cause instanceof RunFailure)) return false
  return error.cause.kind === 'gone' && errands.some(({ node }) => node.object === error.object)
}

/** Fewer records than this say nothing about whether a manifest's path is right. */
const leastVisited = 20

/** Counts a record that is gone. False where next to nothing can be found: then it is not the records that are wrong. */
export function countGone(counts: Pick<ObjectTally, 'visited' | 'gone'>): boolean {
  counts.gone++
  return counts.visited < leastVisited || counts.gone < counts.visited * 0.9
}

/** An errand failed: for which object, and why (the cause). */
export class ErrandFailure extends Error {
  override readonly name = 'ErrandFailure'
  readonly object: string

  constructor(object: string, cause: unknown) {
    super(`reading ${object} failed`, { cause })
    this.object = object
  }
}

async function runErrand(errand: Errand, unit: RowUnit, context: ErrandContext): Promise<void> {
  const pages = await readPages(errand, context)
  unit.bytes += pages.reduce((sum, page) => sum + page.bytes, 0)
  const records = pages.flatMap((page) => page.records)
  const further =
    errand.type === 'rest'
      ? expandDerived(errand.node, errand.read, { record: errand.parent, given: errand.given }, records, unit)
      : expandChildren(errand.node, records, keysFor(errand), unit)
  if (errand.type === 'children') noteCap(errand, pages, unit)
  await runFurther(further, unit, context)
}

/** Errands of records that an errand brought. Where such a record is gone by then, what is below it is missed, and nothing else. */
async function runFurther(errands: readonly Errand[], unit: RowUnit, context: ErrandContext): Promise<void> {
  for (const errand of errands) {
    const counts = context.tally.of(errand.read.parent)
    counts.visited++
    try {
      await runErrands([errand], unit, context)
    } catch (error) {
      if (!isGone(error, [errand]) || !countGone(counts)) throw error
      unit.missed.push(errand.read.parent)
    }
  }
}

/**
 * All pages of a record's own list. One that holds less than the record says contradicts it, and is read once more: a moment's empty answer would take
 * rows away. What it says then is believed, since it may have become less meanwhile. One that moved is read until it holds still.
 */
async function readPages(errand: Errand, context: ErrandContext): Promise<Page[]> {
  const list = listOf(errand)
  let census: PageCensus | undefined
  for (let reading = 1; reading <= mostReadings; reading++) {
    census = new PageCensus(list.pagination, keyIn(errand), census)
    const pages: Page[] = []
    for await (const page of readAll(list, errand, context)) {
      census.see(page)
      pages.push(page)
    }
    const came = pages.reduce((sum, { records }) => sum + records.length, 0)
    const isEnough = came >= leastIn(errand) || reading > 1
    if (isEnough && !census.hasMoved({ toTheEnd: true })) return pages
  }
  throw new RunFailure('incomplete_read', 'A list of one record moved each time it was read.')
}

/** What tells the elements of a record's own list apart. */
function keyIn({ node, ...errand }: Errand): (record: Json) => string {
  if (errand.type === 'children') return (record) => keyText(record, node)
  const { fields } = errand.read
  const paths = node.manifest.primaryKey.flatMap((field) => {
    const from = fields[field]
    return from && 'at' in from ? [from.at] : []
  })
  return (element) => textOfKey(element, paths)
}

/** How many elements the list has at the least, by what its record says. A count of children says only whether there are any: it may count others, too. */
function leastIn(errand: Errand): number {
  if (errand.type === 'rest') return elementsAt(errand.parent, errand.read.at).length
  const count = errand.read.cap && readPath(errand.parent, errand.read.cap.countAt)
  return typeof count === 'number' && count > 0 ? 1 : 0
}

function expandChildren(node: ObjectNode, records: readonly Json[], given: Given, unit: RowUnit): Errand[] {
  return records.flatMap((record) => expandRecord(node, record, given, unit))
}

/** The columns that a parent gives its children. */
export function keysFor({ read, parent }: Pick<ChildrenErrand, 'read' | 'parent'>): Given {
  const keys = Object.entries(read.keys)
  return Object.fromEntries(keys.map(([column, path]) => [column, readPath(parent, path)]))
}

function listOf(errand: Errand): ListSpec {
  if (errand.type === 'children') {
    const { request, recordsAt, pagination } = errand.read
    return { request, recordsAt, pagination: pagination ?? { type: 'none' } }
  }
  if (!errand.read.rest) throw new Error('an errand for the rest of a list that has none')
  return errand.read.rest
}

function readAll(list: ListSpec, errand: Errand, context: ErrandContext): AsyncGenerator<Page> {
  const { client, signal, tally } = context
  const references: References = (name) =>
    name.startsWith('parent.')
      ? readPath(errand.parent, name.slice('parent.'.length))
      : context.references(name)
  const fetch = (at: Parameters<typeof fetchPage>[2]) => {
    tally.of(errand.node.object).requests++
    return fetchPage(client, list, at, references, { priority: 2, signal, object: errand.node.object })
  }
  return readChain(fetch, firstPage(list.pagination))
}

/** Counts parents of which the API holds more children than it gives. */
function noteCap(errand: ChildrenErrand, pages: readonly Page[], unit: RowUnit): void {
  const { cap } = errand.read
  if (!cap) return
  const inAnswer = readPath(pages[0]?.answer, cap.countAt)
  const count = inAnswer === undefined ? readPath(errand.parent, cap.countAt) : inAnswer
  if (typeof count === 'number' && count > cap.atMost) unit.table(errand.node.object).capped++
}
