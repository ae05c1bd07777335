import type { Pagination, RecordsAt, Request } from '@penstock/schemas/generated/manifest.ts'
import type { ApiClient } from './api-client.ts'
import { buildRequest } from './build-request.ts'
import type { Priority } from './gate-lane.ts'
import { RunFailure } from './failures.ts'
import { nextPage, totalPages, totalRecords, type PageAt } from './next-page.ts'
import type { Json } from './read-path.ts'
import type { References } from './render-template.ts'
import { selectRecords } from './select-records.ts'

/** A list as a manifest describes it. */
export interface ListSpec {
  readonly request: Request
  readonly recordsAt: RecordsAt
  readonly pagination: Pagination
}

/** One answer of a list: all of its records, or none. */
export interface Page {
  /** With every large number as it was written. */
  readonly records: readonly Json[]
  /** The whole answer, for what stands beside the records. */
  readonly answer: Json
  /** The page after this one; undefined where this was proved to be the last. */
  readonly next: PageAt | undefined
  /** How many records the API says there are in all. A hint. */
  readonly total: number | undefined
  /** How many pages the API says there are. A hint. */
  readonly totalPages: number | undefined
  /** How long the answer was. */
  readonly bytes: number
}

/** How a page is asked for. */
export interface FetchOptions {
  readonly priority: Priority
  readonly signal: AbortSignal
  /** Records for a page, in place of the manifest's. */
  readonly size?: number
  /** Whose page it is: waits and retries are told of it. */
  readonly object?: string
  /** See `ApiRequest`. */
  readonly urgency?: number
}

/** Asks for one page. Retries are inside; rejects with the `RunFailure` that ended them. */
export async function fetchPage(
  client: ApiClient,
  list: ListSpec,
  at: PageAt,
  references: References,
  options: FetchOptions,
): Promise<Page> {
  const { pagination } = list
  const size = options.size ?? ('size' in pagination ? pagination.size : undefined)
  const known: References = (name) => pageReference(name, pagination, at, size) ?? references(name)
  const answersOnce = pagination.type === 'scroll' && at.cursor !== undefined
  const built = {
    ...buildRequest(list.request, known),
    answersOnce,
    object: options.object,
    urgency: options.urgency,
  }
  const request = at.url === undefined ? built : { ...built, path: at.url, query: [] }
  return client.send(request, options.priority, options.signal, (answer) => {
    const records = selectRecords(answer, list.recordsAt)
    return {
      records,
      answer: answer.json,
      next: nextPage(pagination, answer, at, records),
      total: totalRecords(pagination, answer),
      totalPages: totalPages(pagination, answer),
      bytes: answer.text.length,
    }
  })
}

/**
 * Asks for a page of an object's own list, as `fetchPage` does. A search may answer for a moment that there is no such thing, when one of its
 * records goes: it is asked three times.
 */
export async function fetchListed(...asking: Parameters<typeof fetchPage>): Promise<Page> {
  for (let left = 2; ; left--) {
    try {
      return await fetchPage(...asking)
    } catch (error) {
      const gone = error instanceof RunFailure && error.kind === 'gone'
      if (!gone || left === 0) throw error
    }
  }
}

function pageReference(name: string, pagination: Pagination, at: PageAt, size: number | undefined): Json {
  switch (name) {
    case 'page.cursor':
      return at.cursor
    case 'page.offset':
      return at.offset
    case 'page.size':
      return size
    case 'page.number': {
      const first = pagination.type === 'page' && at.number === (pagination.first ?? 1)
      return first && pagination.omitFirst === true ? undefined : at.number
    }
    default:
      return undefined
  }
}
