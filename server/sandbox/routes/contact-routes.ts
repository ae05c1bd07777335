import type { Answer } from '../answer.ts'
import { notFound, ok } from '../answer.ts'
import { numberedPage } from '../paging/numbered-page.ts'
import { contactNotes, contactSegments, contactSubscriptions, contactTags } from './contact-lists.ts'
import type { ApiContext, ApiRequest, Route } from './route.ts'
import { scopes } from './route.ts'
import { answerList, answerSearch, contactEnvelope } from './search-request.ts'

/** Everything under /contacts. */
export const contactRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/contacts',
    scope: scopes.people,
    handle: (context, request) => answerList(context, request, contactEnvelope),
  },
  {
    method: 'POST',
    path: '/contacts/search',
    scope: scopes.people,
    handle: (context, request) => answerSearch(context, request, contactEnvelope),
  },
  { method: 'GET', path: '/contacts/:id', scope: scopes.oneOfPeople, handle: retrieve },
  {
    method: 'GET',
    path: '/contacts/find_by_external_id/:id',
    scope: scopes.oneOfPeople,
    handle: findByExternalId,
  },
  { method: 'GET', path: '/contacts/:id/companies', scope: scopes.people, handle: companies },
  { method: 'GET', path: '/contacts/:id/tags', scope: scopes.people, handle: tags },
  { method: 'GET', path: '/contacts/:id/subscriptions', scope: scopes.people, handle: subscriptions },
  { method: 'GET', path: '/contacts/:id/segments', scope: scopes.people, handle: segments },
  { method: 'GET', path: '/contacts/:id/notes', scope: scopes.people, handle: notes },
]

function contactAt({ workspace }: ApiContext, id: string): number {
  const index = workspace.data.contacts.find(id)
  if (index === undefined) throw notFound('User Not Found')
  return index
}

function retrieve(context: ApiContext, { id }: ApiRequest): Answer {
  return ok(context.workspace.data.contacts.text(contactAt(context, id)))
}

function findByExternalId({ workspace: { data } }: ApiContext, { id }: ApiRequest): Answer {
  const own = /^user-(\d+)$/.exec(id)
  const index = own ? Number(own[1]) - 1 : -1
  if (
    !(index >= 0 && index < data.contacts.end && data.contacts.isLive(index)) ||
    !data.contacts.text(index).includes(`"external_id":"${id}"`)
  )
    throw notFound('User Not Found')
  return ok(data.contacts.text(index))
}

function companies(context: ApiContext, { id, query }: ApiRequest): Answer {
  const { data, behaviour } = context.workspace
  const contact = contactAt(context, id)
  const texts = data.members.companiesOf(contact).flatMap((company) => {
    const index = data.companies.find(company)
    return index === undefined ? [] : [data.companies.text(index)]
  })
  const page = numberedPage(texts, {
    query,
    byDefault: 50,
    max: 60,
    url: `${context.baseUrl()}/contacts/${id}/companies`,
  })
  const total = texts.length + (behaviour.subListTotalCount === 'wrong' ? 3 : 0)
  return ok(
    `{"type":"list","${behaviour.contactCompaniesKey}":[${page.records.join(',')}],"total_count":${total},"pages":${page.pages}}`,
  )
}

function tags(context: ApiContext, { id }: ApiRequest): Answer {
  return single(contactTags(context.workspace.data, contactAt(context, id)))
}

function subscriptions(context: ApiContext, { id }: ApiRequest): Answer {
  return single(contactSubscriptions(context.workspace.data, contactAt(context, id)))
}

function segments(context: ApiContext, { id }: ApiRequest): Answer {
  const { data } = context.workspace
  const index = contactAt(context, id)
  const role = data.contacts.text(index).includes('"role":"lead"') ? 'lead' : 'user'
  return single(contactSegments(data, index, role))
}

function notes(context: ApiContext, { id, query }: ApiRequest): Answer {
  const all = contactNotes(context.workspace.data, contactAt(context, id))
  const page = numberedPage(all, {
    query,
    byDefault: 50,
    max: 60,
    url: `${context.baseUrl()}/contacts/${id}/notes`,
  })
  return ok(
    `{"type":"list","data":${JSON.stringify(page.records)},"total_count":${all.length},"pages":${page.pages}}`,
  )
}

function single(data: readonly unknown[]): Answer {
  return ok(JSON.stringify({ type: 'list', data }))
}
