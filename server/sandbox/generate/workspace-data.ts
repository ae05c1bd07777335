import type { Behaviour } from '../behaviour-switches.ts'
import { CompanyMembers } from '../company-members.ts'
import type { JsonObject } from '../json-text.ts'
import { jsonInner } from '../json-text.ts'
import { RecordStore } from '../record-store.ts'
import type { SandboxSizes } from '../sandbox-sizes.ts'
import { makeActivityLogs } from './activity-logs.ts'
import type { CompanyDraft } from './company-records.ts'
import { companyRendering, makeCompanyRecords } from './company-records.ts'
import type { ContactDraft, ContactNeeds, ContactRecords } from './contact-records.ts'
import { contactRendering, makeContactRecords } from './contact-records.ts'
import { personAt } from './contact-text.ts'
import type {
  ConversationDraft,
  ConversationNeeds,
  ConversationRecords,
  Customer,
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

export const workspaceId = 'sandbox_workspace'

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
  const admins = reference.admins.map(personOf)
  const people = makePeople({ seed, sizes, end, behaviour, reference })
  const customer = (index: number) => customerAt(people.contactNeeds, people.contactRecords, index)
  const teamIds = reference.teams.map((team) => team.id)
  const ticketTypes = makeTicketTypes(workspaceId, end)
  const contactCount = sizes.contacts
  const talk = drawsFor(seed, 'conversations')
  const ticketDraw = drawsFor(seed, 'tickets')
  const linked = (index: number) => index % 13 === 6 && Math.floor(index / 13) < sizes.tickets
  const conversationNeeds: ConversationNeeds = {
    count: sizes.conversations,
    draw: talk,
    timeline: spreadOver(sizes.conversations, end, talk),
    tagIds: reference.tags.map((tag) => tag.id),
    admins,
    teamIds,
    contactCount,
    customer,
    tagName: namesOf(reference.tags),
    teammatesShape: () => behaviour.teammatesShape,
    linkedTicket: (index) =>
      linked(index)
        ? {
            id: ticketIdAt(Math.floor(index / 13)),
            category: String(
              ticketTypeAt({ draw: ticketDraw, types: ticketTypes }, Math.floor(index / 13))['category'],
            ),
          }
        : undefined,
  }
  const ticketNeeds: TicketNeeds = {
    count: sizes.tickets,
    draw: ticketDraw,
    timeline: spreadOver(sizes.tickets, end, ticketDraw),
    admins,
    teamIds,
    contactCount,
    customer,
    types: ticketTypes,
    typeText: (id) => ticketTypeText(ticketTypes, id, behaviour),
    conversationId: (ticket) =>
      ticket * 13 + 6 < sizes.conversations ? conversationIdAt(ticket * 13 + 6) : undefined,
  }
  const conversationRecords = makeConversationRecords(conversationNeeds)
  return {
    ...reference,
    ...makeHelpCenter(seed, sizes, end, adminIds),
    ...people,
    conversations: new RecordStore(conversationRecords, conversationRendering(conversationNeeds)),
    conversationRecords,
    tickets: new RecordStore(makeTicketRecords(ticketNeeds), ticketRendering(ticketNeeds)),
    ticketTypes,
    activityLogs: makeActivityLogs(seed, sizes.activityLogs, end, reference.admins),
    dataAttributes: makeDataAttributes(adminIds[0] ?? '0', end),
  }
}

interface PeopleNeeds {
  readonly seed: number
  readonly sizes: SandboxSizes
  readonly end: number
  readonly behaviour: Behaviour
  readonly reference: ReferenceData
}

function makePeople({ seed, sizes, end, behaviour, reference }: PeopleNeeds) {
  const unstorableText = () => behaviour.unstorableText
  const tagIds = reference.tags.map((tag) => tag.id)
  const companyDraw = drawsFor(seed, 'companies')
  const contactDraw = drawsFor(seed, 'contacts')
  let userCount: (index: number) => number = () => 0
  const companyNeeds = {
    count: sizes.companies,
    workspaceId,
    draw: companyDraw,
    timeline: spreadOver(sizes.companies, end, companyDraw),
    tagIds,
    segmentIds: reference.segments.map((segment) => segment.id),
    userCount: (index: number) => userCount(index),
    tagText: textsOf(reference.tags),
    segmentText: textsOf(reference.segments),
    unstorableText,
  }
  const companyRecords = makeCompanyRecords(companyNeeds)
  const contactNeeds: ContactNeeds = {
    workspaceId,
    draw: contactDraw,
    timeline: spreadOver(sizes.contacts, end, contactDraw),
    adminIds: reference.admins.map((admin) => admin.id),
    subscriptionIds: reference.subscriptionTypes.map((one) => one.id),
    count: sizes.contacts,
    tagIds,
    companyCount: Math.floor(sizes.companies * 0.9),
    companyId: companyRecords.idAt,
    unstorableText,
    ownerIdAsText: () => behaviour.ownerId === 'string',
    wrongTotals: () => behaviour.subListTotalCount === 'wrong',
  }
  const contactRecords = makeContactRecords(contactNeeds)
  const contacts = new RecordStore(contactRecords, contactRendering(contactNeeds))
  const members = new CompanyMembers(contacts, contactRecords, sizes.companies, companyRecords.idAt)
  const companies: RecordStore<CompanyDraft> = new RecordStore(
    companyRecords,
    companyRendering(companyNeeds, (id) => companies.indexOf(id) ?? -1),
  )
  userCount = (index) => members.countOf(index, companies.idAt(index))
  return { contacts, contactRecords, contactNeeds, companies, members }
}

function personOf(admin: Listed): Person {
  return {
    type: 'admin',
    id: admin.id,
    name: jsonInner(String(admin['name'])),
    email: String(admin['email']),
  }
}

/** A contact as conversations and tickets of the base refer to it: as the sandbox began. */
function customerAt({ draw, companyId }: ContactNeeds, records: ContactRecords, index: number): Customer {
  const { name, email, isLead, externalId } = personAt(draw, index)
  const company = records.companiesAt(index)[0]
  return {
    type: isLead ? 'lead' : 'user',
    id: records.idAt(index),
    name,
    email,
    externalId: isLead ? null : externalId,
    companyId: company === undefined ? undefined : companyId(company),
    companyKey: company === undefined ? undefined : `cust-${company + 1}`,
  }
}

function namesOf(list: readonly Listed[]): (id: string) => string {
  return (id) => jsonInner(String(list.find((one) => one.id === id)?.['name'] ?? ''))
}

function textsOf(list: readonly Listed[]): (id: string) => string {
  return (id) => JSON.stringify(list.find((one) => one.id === id) ?? null)
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
