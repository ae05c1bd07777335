import type { Pagination, RecordsAt, Request } from '@penstock/schemas/generated/manifest.ts'
import type { ApiClient } from './api-client.ts'
import { buildRequest } from './build-request.ts'
import { exactRecords } from './exact-records.ts'
import { RunFailure } from './failures.ts'
import type { Priority } from './gate-lane.ts'
import { nextPage, totalPages, type PageAt } from './next-page.ts'
import type { Answer } from './parse-answer.ts'
import { isJsonObject, readPath, type Json } from './read-path.ts'
import type { References } from './render-template.ts'

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
  const built = { ...buildRequest(list.request, known), answersOnce, object: options.object }
  const request = at.url === undefined ? built : { ...built, path: at.url, query: [] }
  return client.send(request, options.priority, options.signal, (answer) => {
    const records = selectRecords(answer, list.recordsAt)
    return {
      records,
      answer: answer.json,
      next: nextPage(pagination, answer, at, records.length),
      totalPages: totalPages(pagination, answer.json),
      bytes: answer.text.length,
    }
  })
}

/**
 * The records of an answer. Throws `not_an_answer` where the expected list is not there: an error list, `{}`, or another
 * API's answer must never look like an empty list.
 */
export function selectRecords(answer: Pick<Answer, 'json' | 'text'>, recordsAt: RecordsAt): readonly Json[] {
  for (const path of typeof recordsAt === 'string' ? [recordsAt] : recordsAt) {
    const found = readPath(answer.json, path)
    if (Array.isArray(found)) return exactRecords(found, answer.text, path)
  }
  const where = typeof recordsAt === 'string' ? recordsAt : recordsAt.join(' or ')
  const got = isJsonObject(answer.json) ? 'an object without it' : 'no object'
  throw new RunFailure('not_an_answer', `The API’s answer has no list of records at “${where}”: ${got}.`)
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
