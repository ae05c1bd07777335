import type { Answer } from '../answer.ts'
import { notFound, ok, Refusal } from '../answer.ts'
import type { CompanyDraft } from '../generate/company-records.ts'
import type { WorkspaceData } from '../generate/workspace-data.ts'
import { parseExactly } from '../json-text.ts'
import type { JsonObject } from '../json-text.ts'
import { readPerPage, writeCursor, readCursor } from '../paging/cursor.ts'
import { numberedPage } from '../paging/numbered-page.ts'
import type { RecordStore } from '../record-store.ts'
import type { ApiContext, ApiRequest, Route } from './route.ts'
import { scopes } from './route.ts'

/** Everything under /companies. */
export const companyRoutes: readonly Route[] = [
  { method: 'GET', path: '/companies', scope: scopes.people, handle: filter },
  { method: 'POST', path: '/companies/list', scope: scopes.people, handle: list },
  { method: 'GET', path: '/companies/scroll', scope: scopes.people, handle: scroll },
  { method: 'GET', path: '/companies/:id', scope: scopes.oneOfPeople, handle: retrieve },
  { method: 'GET', path: '/companies/:id/contacts', scope: scopes.people, handle: contacts },
  { method: 'GET', path: '/companies/:id/segments', scope: scopes.people, handle: segments },
  { method: 'GET', path: '/companies/:id/notes', scope: scopes.people, handle: notes },
]

const companyNotFound = () => notFound('Company Not Found', 'company_not_found')

function companyAt({ workspace }: ApiContext, id: string): number {
  const index = workspace.data.companies.find(id)
  if (index === undefined) throw companyNotFound()
  return index
}

function retrieve(context: ApiContext, { id }: ApiRequest): Answer {
  return ok(context.workspace.data.companies.text(companyAt(context, id)))
}

function scroll(context: ApiContext, { query }: ApiRequest): Answer {
  return ok(context.scroll.read(query.get('scroll_param') || undefined))
}

/** Companies with users, by their last request; past the ceiling only the scroll goes on. */
function list(context: ApiContext, { query }: ApiRequest): Answer {
  const { data, behaviour } = context.workspace
  const perPage = Math.min(Number(query.get('per_page')) || 15, 60)
  if ((Number(query.get('page')) || 1) * perPage > behaviour.companyListCeiling)
    throw new Refusal(400, 'bad_request', 'page limit reached, please use scroll API')
  const shown = byLastRequest(data)
  return numbered(
    context,
    '/companies/list',
    query,
    query.get('order') === 'asc' ? shown : shown.toReversed(),
  )
}

const listed = new WeakMap<
  WorkspaceData,
  { readonly versions: string; readonly indexes: readonly number[] }
>()

/** Companies with users, the longest silent first; sorted anew when companies or contacts changed. */
function byLastRequest(data: WorkspaceData): readonly number[] {
  const { companies, contacts, members } = data
  const versions = `${companies.version} ${contacts.version}`
  const known = listed.get(data)
  if (known?.versions === versions) return known.indexes
  const shown = [...companies.live()].filter((index) => members.countOf(index, companies.idAt(index)) > 0)
  const requested = new Map(shown.map((index) => [index, lastRequest(companies, index)]))
  const indexes = shown.toSorted((a, b) => (requested.get(a) ?? 0) - (requested.get(b) ?? 0) || a - b)
  listed.set(data, { versions, indexes })
  return indexes
}

function lastRequest(companies: RecordStore<CompanyDraft>, index: number): number {
  return Number(/"last_request_at":(\d+)/.exec(companies.text(index))?.[1] ?? 0)
}

/** Companies by name, company_id, tag_id or segment_id; without a filter, all that have users. */
function filter(context: ApiContext, { query }: ApiRequest): Answer {
  const { data, behaviour } = context.workspace
  const wanted = ['name', 'company_id', 'tag_id', 'segment_id'].find((name) => query.get(name))
  if (wanted === undefined) return list(context, { path: '', query, id: '', body: undefined, number: 0 })
  const value = query.get(wanted)
  const found = [...data.companies.live()].filter((index) =>
    matches(parseExactly(data.companies.text(index)), wanted, value),
  )
  if (wanted !== 'name' && wanted !== 'company_id') return numbered(context, '/companies', query, found)
  const [first] = found
  if (first === undefined) throw companyNotFound()
  return behaviour.companyLookup === 'object'
    ? ok(data.companies.text(first))
    : numbered(context, '/companies', query, found)
}

function matches(company: JsonObject, name: string, value: string | null): boolean {
  if (name === 'name' || name === 'company_id') return company[name] === value
  const key = name === 'tag_id' ? 'tags' : 'segments'
  const { [key]: items } = company[key] as Record<string, readonly { id: string }[]>
  return (items ?? []).some((one) => one.id === value)
}

function numbered(
  context: ApiContext,
  path: string,
  query: URLSearchParams,
  indexes: readonly number[],
): Answer {
  const page = numberedPage(indexes, { query, byDefault: 15, max: 60, url: context.baseUrl() + path })
  const texts = page.records.map((index) => context.workspace.data.companies.text(index))
  return ok(
    `{"type":"list","data":[${texts.join(',')}],"pages":${page.pages},"total_count":${indexes.length}}`,
  )
}

function contacts(context: ApiContext, { id, query }: ApiRequest): Answer {
  const { data, behaviour } = context.workspace
  const members = data.members.membersOf(companyAt(context, id), id)
  const texts = (indexes: readonly number[]) => indexes.map((index) => data.contacts.text(index)).join(',')
  if (behaviour.companyContactsPaging === 'page') {
    const page = numberedPage(members, {
      query,
      byDefault: 50,
      max: 60,
      url: `${context.baseUrl()}/companies/${id}/contacts`,
    })
    return ok(
      `{"type":"list","data":[${texts(page.records)}],"total_count":${members.length},"pages":${page.pages}}`,
    )
  }
  const perPage = readPerPage(query.get('per_page'), 50, behaviour)
  const text = query.get('starting_after')
  const cursor = text ? readCursor(text, behaviour) : { value: -1, page: 1, id: '' }
  const rest = members.filter((index) => index > Number(cursor.value))
  const last = rest[perPage - 1]
  const more = rest.length > perPage && last !== undefined
  const next = more
    ? `,"next":{"page":${cursor.page + 1},"starting_after":"${writeCursor({ value: last, id, page: cursor.page + 1 })}"}`
    : ''
  const pages = `{"type":"pages","page":${cursor.page},"per_page":${perPage},"total_pages":${Math.ceil(members.length / perPage)}${next}}`
  return ok(
    `{"type":"list","data":[${texts(rest.slice(0, perPage))}],"total_count":${members.length},"pages":${pages}}`,
  )
}

function segments(context: ApiContext, { id }: ApiRequest): Answer {
  const company = parseExactly(context.workspace.data.companies.text(companyAt(context, id)))
  return ok(JSON.stringify({ type: 'list', data: (company['segments'] as JsonObject)['segments'] }))
}

function notes(context: ApiContext, { id, query }: ApiRequest): Answer {
  companyAt(context, id)
  const page = numberedPage([], {
    query,
    byDefault: 50,
    max: 60,
    url: `${context.baseUrl()}/companies/${id}/notes`,
  })
  return ok(`{"type":"list","data":[],"total_count":0,"pages":${page.pages}}`)
}
