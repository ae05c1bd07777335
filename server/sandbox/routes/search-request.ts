import type { Answer } from '../answer.ts'
import { notFound, ok, Refusal } from '../answer.ts'
import { signAttachments } from '../generate/attachments.ts'
import { ghost } from '../generate/conversation-text.ts'
import type { PageWanted } from '../paging/cursor-list.ts'
import { readPerPage } from '../paging/cursor.ts'
import type { RecordStore } from '../record-store.ts'
import { compileQuery } from '../search/compile-query.ts'
import type { Searchable } from '../search/search-fields.ts'
import { fieldType } from '../search/search-fields.ts'
import type { ApiContext, ApiRequest } from './route.ts'

/** How an object's cursor lists are answered. */
interface Envelope {
  readonly object: Searchable
  readonly type: string
  readonly recordsKey: string
  readonly listDefault: number
  readonly searchDefault: number
}

export const contactEnvelope: Envelope = {
  object: 'contacts',
  type: 'list',
  recordsKey: 'data',
  listDefault: 10,
  searchDefault: 50,
}
export const conversationEnvelope: Envelope = {
  object: 'conversations',
  type: 'conversation.list',
  recordsKey: 'conversations',
  listDefault: 20,
  searchDefault: 20,
}
export const ticketEnvelope: Envelope = {
  object: 'tickets',
  type: 'ticket.list',
  recordsKey: 'tickets',
  listDefault: 20,
  searchDefault: 20,
}

/** A list endpoint with cursors: newest change first. */
export function answerList(context: ApiContext, { query, number }: ApiRequest, envelope: Envelope): Answer {
  const perPage = readPerPage(query.get('per_page'), envelope.listDefault, context.workspace.behaviour)
  const startingAfter = query.get('starting_after') || undefined
  return answerPage(context, envelope, number, {
    sortField: 'updated_at',
    descending: true,
    perPage,
    startingAfter,
  })
}

/** A search endpoint. Throws the Refusal for a body that the API would not take. */
export function answerSearch(context: ApiContext, { body, number }: ApiRequest, envelope: Envelope): Answer {
  const { behaviour, now } = context.workspace
  if (typeof body !== 'object' || body === null)
    throw new Refusal(400, 'client_error', 'the body is not a JSON object')
  const { query, pagination, sort } = body as {
    query?: unknown
    pagination?: { per_page?: unknown; starting_after?: unknown }
    sort?: unknown
  }
  const test = compileQuery(query, { object: envelope.object, dates: dateMatching(context, envelope.object) })
  const perPage = readPerPage(pagination?.per_page, envelope.searchDefault, behaviour)
  const startingAfter =
    typeof pagination?.starting_after === 'string' && pagination.starting_after !== ''
      ? pagination.starting_after
      : undefined
  const staleSince = behaviour.indexLagSeconds > 0 ? now - behaviour.indexLagSeconds : undefined
  const name = JSON.stringify([
    query,
    behaviour.contactDates,
    behaviour.conversationDates,
    behaviour.afterInclusive,
  ])
  return answerPage(context, envelope, number, {
    ...readSort(context, envelope.object, sort),
    perPage,
    startingAfter,
    match: { test, name },
    staleSince,
  })
}

function answerPage(
  { workspace, lists }: ApiContext,
  envelope: Envelope,
  fetchNumber: number,
  wanted: PageWanted,
): Answer {
  const store: RecordStore = workspace.data[envelope.object]
  const { indexes, total, pages } = lists[envelope.object].read(wanted)
  const totalCount = total + (workspace.behaviour.searchTotalCount === 'wrong' ? 3 : 0)
  const poisoned =
    workspace.behaviour.poisonedSearch && wanted.match !== undefined && envelope.object === 'conversations'
  const pieces = [`{"type":"${envelope.type}","${envelope.recordsKey}":[`]
  for (const index of indexes) {
    const text = store.text(index)
    if (poisoned && text.includes(ghost.id)) throw notFound('User Not Found')
    if (pieces.length > 1) pieces.push(',')
    pieces.push(envelope.object === 'contacts' ? text : signAttachments(text, workspace.now, fetchNumber))
  }
  pieces.push(`],"total_count":${totalCount},"pages":${pages}}`)
  return ok(pieces)
}

function dateMatching({ workspace: { behaviour, timezone } }: ApiContext, object: Searchable) {
  if (object !== 'contacts')
    return { unit: behaviour.conversationDates, zone: 'UTC', inclusive: behaviour.afterInclusive }
  const unit: 'second' | 'day' = behaviour.contactDates === 'second' ? 'second' : 'day'
  return {
    unit,
    zone: behaviour.contactDates === 'utc_day' ? 'UTC' : timezone,
    inclusive: unit === 'second' && behaviour.contactAfterInclusive,
  }
}

function readSort({ workspace: { behaviour } }: ApiContext, object: Searchable, sort: unknown) {
  const byDefault = { sortField: 'updated_at', descending: true }
  if (sort === undefined || sort === null) return byDefault
  const { field, order = 'descending' } = sort as { field?: unknown; order?: unknown }
  if (order !== 'ascending' && order !== 'descending')
    throw new Refusal(400, 'invalid_sort_order', 'must be either ascending or descending', 'sort.order')
  if (typeof field !== 'string' || fieldType(object, field) === undefined)
    throw new Refusal(400, 'invalid_field', 'is not a valid sort field', 'sort.field')
  const honoured = {
    contacts: behaviour.contactSort,
    conversations: behaviour.conversationSort,
    tickets: behaviour.ticketSort,
  }[object]
  return honoured === 'ignored' ? byDefault : { sortField: field, descending: order === 'descending' }
}
