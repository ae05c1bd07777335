import type {
  LastRecordPages,
  LinkHeaderPages,
  NumberedPages,
  OffsetPages,
  Pagination,
} from '@penstock/schemas/generated/manifest.ts'
import { mayBeInexact, parseExact } from './exact-records.ts'
import { RunFailure } from './failures.ts'
import type { Answer } from './parse-answer.ts'
import {
  isJsonObject,
  isRawNumber,
  readPath,
  readSteps,
  scalarText,
  stepsOf,
  type Json,
} from './read-path.ts'

/** A token, or a list or an object that is sent back as it came. */
export type Cursor = string | number | readonly Json[] | Readonly<Record<string, Json>>

/** Which page to ask for. Each kind of pagination uses one of these; the first page needs none. */
export interface PageAt {
  readonly cursor?: Cursor
  readonly number?: number
  readonly offset?: number
  readonly url?: string
  /** Nothing in the answer says that there is such a page; only that the page before was full does. */
  readonly unsaid?: true
}

/** The first page of a list. */
export function firstPage(pagination: Pagination): PageAt {
  if (pagination.type === 'page') return { number: pagination.first ?? 1 }
  return pagination.type === 'offset' ? { offset: pagination.first ?? 0 } : {}
}

/**
 * The page after this one, or undefined where the answer proves that it was the last.
 * Where an answer gives several signs, any of them that there is more is believed.
 */
export function nextPage(
  pagination: Pagination,
  answer: Answer,
  at: PageAt,
  records: readonly Json[],
): PageAt | undefined {
  // An answer without content (204) is an empty list where the manifest says so, and says nothing of further pages.
  if (answer.json === undefined) return undefined
  const count = records.length
  if (count === 0 && 'emptyMeansEnd' in pagination && pagination.emptyMeansEnd === true) return undefined
  switch (pagination.type) {
    case 'none':
      return undefined
    case 'cursor':
      return endSaid(pagination, answer)
        ? undefined
        : asCursor(firstOf(pagination.nextAt, (path) => nextCursor(answer, path)))
    case 'page':
      return numberedPage(pagination, answer, at.number ?? pagination.first ?? 1, count)
    case 'offset':
      return offsetPage(pagination, answer, at.offset ?? pagination.first ?? 0, count)
    case 'last_record':
      return pageAfterLast(pagination, answer, records)
    case 'link_header': {
      const url = linkOf(answer.header('link') ?? '', pagination)
      return url === undefined ? undefined : { url: resolveUrl(url, answer.base) }
    }
    case 'next_url': {
      const url = firstOf(pagination.nextAt, (path) => readAnswer(answer, path))
      return endSaid(pagination, answer) || isNothing(url) ? undefined : { url: resolveUrl(url, answer.base) }
    }
    case 'scroll':
      return count === 0 ? undefined : asCursor(readAnswer(answer, pagination.tokenAt))
  }
}

/** What the answer says of how many pages there are in all. A hint for planning, never trusted. */
export function totalPages(pagination: Pagination, answer: Answer): number | undefined {
  const pages = 'totalPagesAt' in pagination ? readCount(answer, pagination.totalPagesAt) : undefined
  if (pages !== undefined && pages >= 0) return pages
  const total = totalRecords(pagination, answer)
  const size = 'size' in pagination ? pagination.size : undefined
  return total !== undefined && size !== undefined ? Math.ceil(total / size) : undefined
}

/** What the answer says of how many records there are in all, where the manifest knows where it says so. Not always right. */
export function totalRecords(pagination: Pagination, answer: Answer): number | undefined {
  return 'totalAt' in pagination && pagination.totalAt ? readCount(answer, pagination.totalAt) : undefined
}

/** What an answer has at a path of a pagination: in its body, or in a header. */
function readAnswer(answer: Answer, path: string): Json {
  const header = /^\$header\.(?<name>.+)$/.exec(path)?.groups?.['name']
  return header === undefined ? readPath(answer.json, path) : answer.header(header.toLowerCase())
}

/** A number, which many APIs and all headers write as text. */
function readCount(answer: Answer, path: string | undefined): number | undefined {
  const found = path === undefined ? undefined : readAnswer(answer, path)
  const count = typeof found === 'string' && /^\d{1,15}$/.test(found) ? Number(found) : found
  return typeof count === 'number' ? count : undefined
}

/** True or false, which headers and some APIs write as text. */
function readFlag(answer: Answer, path: string | undefined): boolean | undefined {
  const found = path === undefined ? undefined : readAnswer(answer, path)
  if (found === 'true' || found === 'false') return found === 'true'
  return typeof found === 'boolean' ? found : undefined
}

/** What stands at the first of these paths that has something. */
function firstOf(paths: string | readonly string[], read: (path: string) => Json): Json {
  if (typeof paths === 'string') return read(paths)
  for (const path of paths) {
    const found = read(path)
    if (!isNothing(found)) return found
  }
  return undefined
}

function asCursor(value: Json): PageAt | undefined {
  if (isNothing(value)) return undefined
  if (typeof value === 'string' || typeof value === 'number') return { cursor: value }
  if (Array.isArray(value) || isJsonObject(value)) return { cursor: value }
  throw new RunFailure('not_an_answer', 'The API named a next page in a way that is not known.')
}

/** How answers write that there is no next page; PHP writes an empty object as an empty list. */
function isNothing(value: Json): boolean {
  if (value === undefined || value === null || value === false || value === '') return true
  return typeof value === 'object' && !isRawNumber(value) && Object.keys(value).length === 0
}

function resolveUrl(url: Json, base: URL): string {
  if (typeof url === 'string' && URL.canParse(url, base.href)) return new URL(url, base).href
  throw new RunFailure('not_an_answer', 'The API named a next page that is not a URL.')
}

/**
 * A cursor stands at its path; where that path meets a URL instead, it is that URL's parameter. Text that is neither says that
 * there is more, and not where: that is no answer, and never the end.
 */
function nextCursor(answer: Answer, path: string): Json {
  const { json, text } = answer
  const direct = readAnswer(answer, path)
  if (typeof direct === 'number' && mayBeInexact(direct)) return scalarText(readPath(parseExact(text), path))
  if (typeof direct === 'object' && !isNothing(direct)) return readPath(parseExact(text), path)
  if (direct !== undefined) return direct
  const steps = stepsOf(path)
  const around = readSteps(json, steps.slice(0, -1))
  const name = steps.at(-1)
  if (typeof around !== 'string' || around === '' || name === undefined) return undefined
  const url = URL.canParse(around, 'http://relative') ? new URL(around, 'http://relative') : undefined
  const cursor = url?.searchParams.get(name)
  if (cursor) return cursor
  throw new RunFailure('not_an_answer', 'The API named a next page in a way that is not known.')
}

/** Booleans that end a list whatever else the answer says; where declared, they must be there. */
function endSaid(pagination: { readonly moreAt?: string; readonly endAt?: string }, answer: Answer): boolean {
  const said = (path: string) => {
    const value = readFlag(answer, path)
    if (value !== undefined) return value
    throw new RunFailure('not_an_answer', `The API’s answer does not say whether there is more (${path}).`)
  }
  if (pagination.moreAt !== undefined && !said(pagination.moreAt)) return true
  return pagination.endAt !== undefined && said(pagination.endAt)
}

function numberedPage(
  pagination: NumberedPages,
  answer: Answer,
  number: number,
  count: number,
): PageAt | undefined {
  const next = { number: number + 1 }
  if (count === 0) return undefined
  const ended = readFlag(answer, pagination.endAt)
  if (ended !== undefined) return ended ? undefined : next
  const total = readCount(answer, pagination.totalPagesAt)
  const link = pagination.nextAt === undefined ? undefined : readAnswer(answer, pagination.nextAt)
  const linked = link !== undefined && link !== null && link !== false && link !== ''
  if (linked) return next
  if (total !== undefined) return number - (pagination.first ?? 1) + 1 < total ? next : undefined
  if (link !== undefined || pagination.absentMeansEnd === true) return undefined
  return pagination.size !== undefined && count < pagination.size ? undefined : { ...next, unsaid: true }
}

function offsetPage(
  pagination: OffsetPages,
  answer: Answer,
  offset: number,
  count: number,
): PageAt | undefined {
  const next = { offset: offset + count }
  if (count === 0) return undefined
  const ended = readFlag(answer, pagination.endAt)
  const more = readFlag(answer, pagination.moreAt) ?? (ended === undefined ? undefined : !ended)
  const total = readCount(answer, pagination.totalAt)
  if (more === true || (total !== undefined && offset - (pagination.first ?? 0) + count < total)) return next
  if (more === false || total !== undefined) return undefined
  return count < pagination.size ? undefined : next
}

/** An answer that says that there is more, and holds nothing to go on from, is no answer. */
function pageAfterLast(
  pagination: LastRecordPages,
  answer: Answer,
  records: readonly Json[],
): PageAt | undefined {
  const { moreAt, endAt, size, at } = pagination
  const told = moreAt !== undefined || endAt !== undefined
  if (told ? endSaid(pagination, answer) : records.length < (size ?? 1)) return undefined
  const last = readPath(records.at(-1), at)
  const next = asCursor(isRawNumber(last) ? scalarText(last) : last)
  if (next) return next
  throw new RunFailure('not_an_answer', `The list goes on, but its last record has nothing at “${at}”.`)
}

/** The target of the first link with this relation in a Link header (RFC 8288); undefined where that link itself says that it leads to nothing. */
function linkOf(header: string, { rel = 'next', endWhen = {} }: LinkHeaderPages): string | undefined {
  for (const [, target, text = ''] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[^,;="]+(?:=(?:"[^"]*"|[^,;"]*))?)*)/g,
  )) {
    const attributes = attributesOf(text)
    if (!attributes.get('rel')?.split(/\s+/).includes(rel)) continue
    const ends = Object.entries(endWhen)
    const isEnd =
      ends.length > 0 && ends.every(([name, value]) => attributes.get(name.toLowerCase()) === value)
    return isEnd ? undefined : target
  }
  return undefined
}

/** A link's attributes, by name in small letters; the first of a name counts. */
function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/;\s*([^\s=;"]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/g)]
  return new Map(
    found.toReversed().map(([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain]),
  )
}
