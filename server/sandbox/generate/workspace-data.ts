import type { Behaviour } from '../behaviour-switches.ts'
import type { CompanyMembers } from '../company-members.ts'
import type { JsonObject } from '../json-text.ts'
import { jsonInner } from '../json-text.ts'
import { RecordStore } from '../record-store.ts'
import type { SandboxSizes } from '../sandbox-sizes.ts'
import { makeActivityLogs } from './activity-logs.ts'
import type { CompanyDraft } from './company-records.ts'
import type { ContactDraft, ContactNeeds, ContactRecords } from './contact-records.ts'
import type {
  ConversationDraft,
  ConversationNeeds,
  ConversationRecords,
  Person,
} from './conversation-records.ts'
import { conversationIdAt, conversationRendering, makeConversationRecords } from './conversation-records.ts'
import { makeDataAttributes } from './data-attributes.ts'
import { drawsFor } from './draw.ts'
import type { HelpCenterData } from './help-center-data.ts'
import { makeHelpCenter } from './help-center-data.ts'
import type { Listed, ReferenceData } from './reference-data.ts'
import { makeReferenceData } from './reference-data.ts'
import type { TicketDraft, TicketNeeds } from './ticket-records.ts'
import { makeTicketRecords, ticketIdAt, ticketRendering, ticketTypeAt } from './ticket-records.ts'
import { makeTicketTypes } from './ticket-types.ts'
import { spreadOver } from './timeline.ts'

import type { People, PeopleNeeds } from './people-data.ts'
import { customerAt, makePeople, workspaceId } from './people-data.ts'

/** All records of a workspace: the big objects as stores, the small ones as lists. */
export interface WorkspaceData extends ReferenceData, HelpCenterData {
  readonly contacts: RecordStore<ContactDraft>
  readonly contactRecords: ContactRecords
  readonly contactNeeds: ContactNeeds
  readonly companies: RecordStore<CompanyDraft>
  readonly members: CompanyMembers
  readonly conversations: RecordStore<ConversationDraft>
  readonly conversationRecords: ConversationRecords
  readonly tickets: RecordStore<TicketDraft>
  readonly ticketTypes: Listed[]
  /** Oldest first. */
  readonly activityLogs: Listed[]
  readonly dataAttributes: JsonObject[]
}

/** The data of a workspace whose now is `end` (Unix seconds). Switches about shapes are read whenever a record is. */
export function makeWorkspaceData(
  seed: number,
  sizes: SandboxSizes,
  end: number,
  behaviour: Behaviour,
): WorkspaceData {
  const reference = makeReferenceData(seed, sizes, end)
  const adminIds = reference.admins.map((admin) => admin.id)
  const people = makePeople({ seed, sizes, end, behaviour, reference })
  return {
    ...reference,
    ...makeHelpCenter(seed, sizes, end, adminIds),
    ...people,
    ...makeTalk({ seed, sizes, end, behaviour, reference }, people),
    activityLogs: makeActivityLogs(seed, sizes.activityLogs, end, reference.admins),
    dataAttributes: makeDataAttributes(adminIds[0] ?? '0', end),
  }
}

/** Conversations and tickets; every thirteenth conversation is linked with a ticket, both ways. */
function makeTalk({ seed, sizes, end, behaviour, reference }: PeopleNeeds, people: People) {
  const ticketTypes = makeTicketTypes(workspaceId, end)
  const talk = drawsFor(seed, 'conversations')
  const ticketDraw = drawsFor(seed, 'tickets')
  const around = {
    admins: reference.admins.map(personOf),
    teamIds: reference.teams.map((team) => team.id),
    contactCount: sizes.contacts,
    customer: (index: number) => customerAt(people.contactNeeds, people.contactRecords, index),
  }
  const typeOf = (ticket: number) => ticketTypeAt({ draw: ticketDraw, types: ticketTypes }, ticket)
  const conversationNeeds: ConversationNeeds = {
    ...around,
    count: sizes.conversations,
    draw: talk,
    timeline: spreadOver(sizes.conversations, end, talk),
    tagIds: reference.tags.map((tag) => tag.id),
    tagName: namesOf(reference.tags),
    teammatesShape: () => behaviour.teammatesShape,
    linkedTicket: (index) => {
      const ticket = (index - 6) / 13
      if (!Number.isInteger(ticket) || ticket >= sizes.tickets) return undefined
      return { id: ticketIdAt(ticket), category: String(typeOf(ticket)['category']) }
    },
  }
  const ticketNeeds: TicketNeeds = {
    ...around,
    count: sizes.tickets,
    draw: ticketDraw,
    timeline: spreadOver(sizes.tickets, end, ticketDraw),
    types: ticketTypes,
    typeText: (id) => ticketTypeText(ticketTypes, id, behaviour),
    conversationId: (ticket) =>
      ticket * 13 + 6 < sizes.conversations ? conversationIdAt(ticket * 13 + 6) : undefined,
  }
  const conversationRecords = makeConversationRecords(conversationNeeds)
  return {
    conversations: new RecordStore(conversationRecords, conversationRendering(conversationNeeds)),
    conversationRecords,
    tickets: new RecordStore(makeTicketRecords(ticketNeeds), ticketRendering(ticketNeeds)),
    ticketTypes,
  }
}

function personOf(admin: Listed): Person {
  return {
    type: 'admin',
    id: admin.id,
    name: jsonInner(String(admin['name'])),
    email: String(admin['email']),
  }
}

function namesOf(list: readonly Listed[]): (id: string) => string {
  return (id) => {
    const name = list.find((one) => one.id === id)?.['name']
    return typeof name === 'string' ? jsonInner(name) : ''
  }
}

/** A ticket type as it is answered alone and inside tickets. */
export function ticketTypeText(types: readonly Listed[], id: string, behaviour: Behaviour): string {
  const type = types.find((one) => one.id === id)
  if (type === undefined) return 'null'
  if (behaviour.ticketTypeAttributesKey === 'data') return JSON.stringify(type)
  const attributes = (type['ticket_type_attributes'] as JsonObject)['data']
  return JSON.stringify({
    ...type,
    ticket_type_attributes: { type: 'list', ticket_type_attributes: attributes },
  })
}
