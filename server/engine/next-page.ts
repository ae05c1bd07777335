import type { NumberedPages, OffsetPages, Pagination } from '@penstock/schemas/generated/manifest.ts'
import { mayBeInexact, parseExact } from './exact-records.ts'
import { RunFailure } from './failures.ts'
import type { Answer } from './parse-answer.ts'
import { readPath, scalarText, splitPath, type Json } from './read-path.ts'

/** Which page to ask for. Each kind of pagination uses one of these; the first page needs none. */
export interface PageAt {
  readonly cursor?: string | number
  readonly number?: number
  readonly offset?: number
  readonly url?: string
}

/** The first page of a list. */
export function firstPage(pagination: Pagination): PageAt {
  if (pagination.type === 'page') return { number: pagination.first ?? 1 }
  return pagination.type === 'offset' ? { offset: 0 } : {}
}

/**
 * The page after this one, or undefined where the answer proves that it was the last.
 * Where an answer gives several signs, any of them that there is more is believed.
 */
export function nextPage(
  pagination: Pagination,
  answer: Answer,
  at: PageAt,
  count: number,
): PageAt | undefined {
  switch (pagination.type) {
    case 'none':
      return undefined
    case 'cursor':
      return endSaid(pagination, answer.json) ? undefined : asCursor(nextCursor(answer, pagination.nextAt))
    case 'page':
      return numberedPage(pagination, answer.json, at.number ?? pagination.first ?? 1, count)
    case 'offset':
      return offsetPage(pagination, answer.json, at.offset ?? 0, count)
    case 'link_header': {
      const url = linkOf(answer.header('link') ?? '', pagination.rel ?? 'next')
      return url === undefined ? undefined : { url: resolveUrl(url, answer.base) }
    }
    case 'next_url': {
      const url = readPath(answer.json, pagination.nextAt)
      if (endSaid(pagination, answer.json) || typeof url !== 'string' || url === '') return undefined
      return { url: resolveUrl(url, answer.base) }
    }
    case 'scroll':
      return count === 0 ? undefined : asCursor(readPath(answer.json, pagination.tokenAt))
  }
}

/** What the answer says of how many pages there are in all. A hint for planning, never trusted. */
export function totalPages(pagination: Pagination, answer: Json): number | undefined {
  const pages = 'totalPagesAt' in pagination ? readPath(answer, pagination.totalPagesAt ?? '') : undefined
  if (typeof pages === 'number' && pages >= 0) return pages
  const total = totalRecords(pagination, answer)
  const size = 'size' in pagination ? pagination.size : undefined
  return total !== undefined && size !== undefined ? Math.ceil(total / size) : undefined
}

/** What the answer says of how many records there are in all, where the manifest knows where it says so. Not always right. */
export function totalRecords(pagination: Pagination, answer: Json): number | undefined {
  const total =
    'totalAt' in pagination && pagination.totalAt ? readPath(answer, pagination.totalAt) : undefined
  return typeof total === 'number' ? total : undefined
}

function asCursor(value: Json): PageAt | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
    ? { cursor: value }
    : undefined
}

function resolveUrl(url: string, base: URL): string {
  if (URL.canParse(url, base.href)) return new URL(url, base).href
  throw new RunFailure('not_an_answer', 'The API named a next page that is not a URL.')
}

/**
 * A cursor stands at its path; where that path meets a URL instead, it is that URL's parameter. Text that is neither says that
 * there is more, and not where: that is no answer, and never the end.
 */
function nextCursor({ json, text }: Answer, path: string): Json {
  const direct = readPath(json, path)
  if (typeof direct === 'number' && mayBeInexact(direct)) return scalarText(readPath(parseExact(text), path))
  if (direct !== undefined) return direct
  const steps = splitPath(path)
  const around = readPath(json, steps.slice(0, -1).join('.'))
  const name = steps.at(-1)
  if (typeof around !== 'string' || around === '' || name === undefined) return undefined
  const url = URL.canParse(around, 'http://relative') ? new URL(around, 'http://relative') : undefined
  const cursor = url?.searchParams.get(name)
  if (cursor) return cursor
  throw new RunFailure('not_an_answer', 'The API named a next page in a way that is not known.')
}

/** Booleans that end a list whatever else the answer says; where declared, they must be there. */
function endSaid(pagination: { readonly moreAt?: string; readonly endAt?: string }, answer: Json): boolean {
  const said = (path: string) => {
    const value = readPath(answer, path)
    if (typeof value === 'boolean') return value
    throw new RunFailure('not_an_answer', `The API’s answer does not say whether there is more (${path}).`)
  }
  if (pagination.moreAt !== undefined && !said(pagination.moreAt)) return true
  return pagination.endAt !== undefined && said(pagination.endAt)
}

function numberedPage(
  pagination: NumberedPages,
  answer: Json,
  number: number,
  count: number,
): PageAt | undefined {
  const next = { number: number + 1 }
  if (count === 0) return undefined
  const total = pagination.totalPagesAt === undefined ? undefined : readPath(answer, pagination.totalPagesAt)
  const link = pagination.nextAt === undefined ? undefined : readPath(answer, pagination.nextAt)
  const linked = link !== undefined && link !== null && link !== false && link !== ''
  if (linked) return next
  if (typeof total === 'number') return number - (pagination.first ?? 1) + 1 < total ? next : undefined
  if (link !== undefined || pagination.absentMeansEnd === true) return undefined
  return pagination.size !== undefined && count < pagination.size ? undefined : next
}

function offsetPage(
  pagination: OffsetPages,
  answer: Json,
  offset: number,
  count: number,
): PageAt | undefined {
  const next = { offset: offset + count }
  if (count === 0) return undefined
  const more = pagination.moreAt === undefined ? undefined : readPath(answer, pagination.moreAt)
  const total = pagination.totalAt === undefined ? undefined : readPath(answer, pagination.totalAt)
  if (more === true || (typeof total === 'number' && offset + count < total)) return next
  if (more === false || typeof total === 'number') return undefined
  return count < pagination.size ? undefined : next
}

/** The target of the first link with this relation in a Link header (RFC 8288). */
function linkOf(header: string, rel: string): string | undefined {
  for (const [, target, parameters] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[^,;="]+(?:=(?:"[^"]*"|[^,;"]*))?)*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters ?? '')
    if ((relation?.[1] ?? relation?.[2])?.split(/\s+/).includes(rel)) return target
  }
  return undefined
}
