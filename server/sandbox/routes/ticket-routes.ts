import type { Answer } from '../answer.ts'
import { notFound, ok } from '../answer.ts'
import { signAttachments } from '../generate/attachments.ts'
import { ticketStates } from '../generate/ticket-types.ts'
import { ticketTypeText } from '../generate/workspace-data.ts'
import type { ApiContext, ApiRequest, Route } from './route.ts'
import { scopes } from './route.ts'
import { answerSearch, ticketEnvelope } from './search-request.ts'

/** Tickets, their types and their states. There is no GET /tickets. */
export const ticketRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/tickets/search',
    scope: scopes.tickets,
    handle: (context, request) => answerSearch(context, request, ticketEnvelope),
  },
  { method: 'GET', path: '/tickets/:id', scope: scopes.tickets, handle: retrieve },
  { method: 'GET', path: '/ticket_types', scope: scopes.tickets, handle: listTypes },
  { method: 'GET', path: '/ticket_types/:id', scope: scopes.tickets, handle: retrieveType },
  { method: 'GET', path: '/ticket_states', scope: scopes.tickets, handle: listStates },
]

function retrieve({ workspace }: ApiContext, { id, number }: ApiRequest): Answer {
  const index = workspace.data.tickets.find(id)
  if (index === undefined) throw notFound()
  return ok(signAttachments(workspace.data.tickets.text(index), workspace.now, number))
}

function listTypes({ workspace: { data, behaviour } }: ApiContext): Answer {
  return ok(
    `{"type":"list","data":[${data.ticketTypes.map((type) => ticketTypeText(data.ticketTypes, type.id, behaviour)).join(',')}]}`,
  )
}

function retrieveType({ workspace: { data, behaviour } }: ApiContext, { id }: ApiRequest): Answer {
  if (!data.ticketTypes.some((type) => type.id === id)) throw notFound()
  return ok(ticketTypeText(data.ticketTypes, id, behaviour))
}

function listStates({ workspace: { data } }: ApiContext): Answer {
  const types = data.ticketTypes.map(
    ({ type, id, name, description, icon, archived, is_internal, category }) => ({
      type,
      id,
      name,
      description,
      icon,
      archived,
      is_internal,
      category,
    }),
  )
  const states = ticketStates.map((state) => ({
    ...state,
    archived: false,
    ticket_types: { type: 'list', data: types },
  }))
  return ok(JSON.stringify({ type: 'list', data: states }))
}
