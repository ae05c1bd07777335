import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { BaseRecords, Rendering } from '../record-store.ts'
import { attachmentText } from './attachments.ts'
import type { Customer, Person } from './conversation-records.ts'
import { decimalIndex } from './conversation-records.ts'
import type { Draw } from './draw.ts'
import { pick } from './draw.ts'
import { messageBody, messageSubject } from './messages.ts'
import type { Listed } from './reference-data.ts'
import { ticketStates } from './ticket-types.ts'
import type { Timeline } from './timeline.ts'

/** A ticket that has changed. Its type is not among its fields: it is shown as it is now. */
export interface TicketDraft {
  fields: JsonObject
}

export interface TicketNeeds {
  readonly count: number
  readonly draw: Draw
  readonly timeline: Timeline
  readonly admins: readonly Person[]
  readonly teamIds: readonly string[]
  readonly contactCount: number
  readonly customer: (contactIndex: number) => Customer
  readonly typeText: (id: string) => string
  readonly types: readonly Listed[]
  readonly conversationId: (ticketIndex: number) => string | undefined
}

const firstId = 633_000_000

/** Tickets made on demand, with their parts and the whole of their type. */
export function makeTicketRecords(needs: TicketNeeds): BaseRecords<TicketDraft> {
  const { count, timeline } = needs
  const textAt = (index: number) => ticketText(needs, index)
  return {
    count,
    idAt: ticketIdAt,
    indexOf: (id) => decimalIndex(id, firstId, 5, count),
    createdAt: timeline.createdAt,
    updatedAt: timeline.updatedAt,
    textAt,
    draftAt: (index) => ({ fields: parseExactly(textAt(index)) }),
  }
}

/** The id of the ticket at an index, also of a new one. */
export function ticketIdAt(index: number): string {
  return String(firstId + index * 5)
}

/** The type of the ticket at an index. */
export function ticketTypeAt({ draw, types }: Pick<TicketNeeds, 'draw' | 'types'>, index: number): Listed {
  return pick(types, draw(index, 60))
}

/** How a changed ticket is answered: with its type as it is now. */
export function ticketRendering(needs: TicketNeeds): Rendering<TicketDraft> {
  return {
    render: ({ fields }) => ({
      ...fields,
      ticket_type: parseExactly(needs.typeText(String((fields['ticket_type'] as JsonObject)['id']))),
    }),
    updatedAt: (draft) => Number(draft.fields['updated_at']),
    createdAt: (draft) => Number(draft.fields['created_at']),
  }
}

function ticketText(needs: TicketNeeds, index: number): string {
  const { draw, timeline } = needs
  const drawn = draw(index, 61)
  const type = ticketTypeAt(needs, index)
  const customer = needs.contactCount > 0 ? needs.customer(drawn % needs.contactCount) : undefined
  const state = drawn % 4
  const conversation = needs.conversationId(index)
  const linked =
    conversation === undefined ? '' : `{"type":"conversation","id":"${conversation}","category":null}`
  const contact =
    customer === undefined
      ? ''
      : `{"type":"contact","id":"${customer.id}","external_id":${customer.externalId === null ? 'null' : `"${customer.externalId}"`}}`
  return (
    `{"type":"ticket","id":"${ticketIdAt(index)}","ticket_id":"${index + 1}","category":"${String(type['category'])}",` +
    `"ticket_attributes":{"_default_title_":"${messageSubject(draw, index, 62)}","_default_description_":${drawn % 5 === 0 ? 'null' : `"${messageBody(draw, index, 63)}"`},"Priority.level":"High","Amount €":${(drawn % 99_999) / 100}},` +
    `"ticket_state":${JSON.stringify(ticketStates[state])},"ticket_type":${needs.typeText(type.id)},"contacts":{"type":"contact.list","contacts":[${contact}]},` +
    `"admin_assignee_id":"${drawn % 3 === 0 ? '0' : pick(needs.admins, drawn >>> 3).id}","team_assignee_id":"${drawn % 2 === 0 || needs.teamIds.length === 0 ? '0' : pick(needs.teamIds, drawn >>> 4)}",` +
    `"created_at":${timeline.createdAt(index)},"updated_at":${timeline.updatedAt(index)},"ticket_parts":${partsText(needs, index, drawn)},"open":${state !== 3},` +
    (drawn % 10 === 0 ? `"snoozed_until":${timeline.updatedAt(index) + 86_400},` : '') +
    `"linked_objects":{"type":"list","data":[${linked}],"total_count":${linked === '' ? 0 : 1},"has_more":false},"is_shared":${drawn % 6 === 0},"channel":"messenger"}`
  )
}

function partsText(needs: TicketNeeds, index: number, drawn: number): string {
  const count = 1 + (drawn % 4)
  const author = pick(needs.admins, drawn >>> 5)
  const parts = Array.from({ length: count }, (_, at) => {
    const when = needs.timeline.between(index, (at + 1) / (count + 1))
    const spoken = at % 2 === 1
    const head = `{"type":"ticket_part","id":"${188_000_000 + index * 5000 + at}","part_type":"${spoken ? 'comment' : 'ticket_state_updated_by_admin'}",`
    const body = spoken
      ? `"body":"${messageBody(needs.draw, index * 17 + at, 64)}",`
      : '"ticket_state":"in_progress","previous_ticket_state":"submitted",'
    return `${head}${body}"created_at":${when},"updated_at":${when},"author":{"id":"${author.id}","type":"admin","name":"${author.name}","email":"${author.email}"},"attachments":${spoken ? attachmentText(index) : '[]'},"redacted":false}`
  })
  return `{"type":"ticket_part.list","ticket_parts":[${parts.join(',')}],"total_count":${count}}`
}
