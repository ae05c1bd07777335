import { attachmentText } from './attachments.ts'
import type { ConversationNeeds, Customer } from './conversation-records.ts'
import { pick } from './draw.ts'
import { messageBody, messageSubject } from './messages.ts'

const sourceTypes = [
  'conversation',
  'email',
  'conversation',
  'whatsapp',
  'email',
  'facebook',
  'sms',
  'phone_call',
]

/** How the opening message of a conversation came in; null is seen live. */
export function sourceTypeAt(needs: ConversationNeeds, index: number): string | null {
  return index % 211 === 210 ? null : pick(sourceTypes, needs.draw(index, 32))
}

/** The index of the contact who opened a conversation; -1 is one that was deleted before the sandbox began. */
export function openedBy({ draw, contactCount }: ConversationNeeds, index: number): number {
  return contactCount === 0 || index % 151 === 150 ? -1 : draw(index, 33) % contactCount
}

/** A contact that conversations still refer to and that is nowhere else. */
export const ghost: Customer = {
  type: 'user',
  id: '5f0000001bb69f9f21ffffff',
  name: 'Gone Away',
  email: 'gone@example.com',
  externalId: 'user-gone',
  companyId: undefined,
  companyKey: undefined,
}

/** The conversation at `index` as JSON text, without its tags, its parts and the closing brace. */
export function conversationFields(
  needs: ConversationNeeds,
  id: string,
  index: number,
  parts: number,
): string {
  const { draw, timeline } = needs
  const drawn = draw(index, 34)
  const opener = openedBy(needs, index)
  const customer = opener < 0 ? ghost : needs.customer(opener)
  const state = stateAt(needs, index)
  const assignee = drawn % 4 === 0 ? null : pick(needs.admins, drawn >>> 4)
  const team = drawn % 3 === 0 || needs.teamIds.length === 0 ? 'null' : pick(needs.teamIds, drawn >>> 6)
  const title = drawn % 7 === 0 ? `"${messageSubject(draw, index, 36)}"` : 'null'
  const updated = timeline.updatedAt(index)
  return (
    `{"type":"conversation","id":"${id}","created_at":${timeline.createdAt(index)},"updated_at":${updated},` +
    `"waiting_since":${state === 'open' ? timeline.between(index, 0.95) : 'null'},"snoozed_until":${state === 'snoozed' ? updated + 86_400 : 'null'},` +
    `"source":${sourceText(needs, customer, index)},"contacts":${contactsText(needs, customer, index)},` +
    `"company":${customer.companyId === undefined ? 'null' : `{"type":"company","id":"${customer.companyId}","company_id":"${customer.companyKey}"}`},` +
    `"first_contact_reply":${parts > 0 ? `{"created_at":${timeline.between(index, 0.1)},"type":"conversation","url":null}` : 'null'},` +
    `"admin_assignee_id":${assignee === null ? 'null' : assignee.id},"team_assignee_id":${team},"open":${state !== 'closed'},"state":"${state}","read":${drawn % 2 === 0},` +
    `"priority":"${drawn % 12 === 0 ? 'priority' : 'not_priority'}","title":${title},"topics":{"type":"topic.list","topics":[],"total_count":0},"ticket":null,` +
    `"sla_applied":${drawn % 14 === 0 ? '{"type":"conversation_sla_summary","sla_name":"Two hours","sla_status":"hit"}' : 'null'},` +
    `"teammates":${teammatesText(needs, assignee?.id)},"conversation_rating":${ratingText(needs, customer, index)},` +
    `"statistics":${statisticsText(needs, index, parts)},"linked_objects":${linkedText(needs, index)},` +
    `"custom_attributes":${drawn % 5 === 0 ? '{"Sprache":"Deutsch","order.id":9007199254740993}' : '{}'},${aiText(index)}`
  )
}

/** Most conversations are closed in the end: what is open is what came last, and a few that were forgotten. */
function stateAt({ draw, count }: ConversationNeeds, index: number): 'closed' | 'open' | 'snoozed' {
  const drawn = draw(index, 43) % 100
  const isNew = index > count * 0.94
  if (drawn < (isNew ? 55 : 4)) return 'open'
  return drawn < (isNew ? 62 : 6) ? 'snoozed' : 'closed'
}

function sourceText(needs: ConversationNeeds, customer: Customer, index: number): string {
  const { draw } = needs
  const type = sourceTypeAt(needs, index)
  const byAdmin = draw(index, 35) % 6 === 0
  const author = byAdmin ? pick(needs.admins, draw(index, 35)) : customer
  const subject = type === 'email' ? messageSubject(draw, index, 37) : ''
  const attachments = draw(index, 38) % 9 === 0 ? attachmentText(index) : '[]'
  return (
    `{"type":${type === null ? 'null' : `"${type}"`},"id":"${403_918_000 + index}","delivered_as":"${byAdmin ? 'admin_initiated' : 'customer_initiated'}",` +
    `"subject":"${subject}","body":"${messageBody(draw, index, 39)}","author":{"type":"${author.type}","id":"${author.id}","name":"${author.name}","email":"${author.email}"},` +
    `"attachments":${attachments},"url":${type === 'conversation' ? '"https://app.example.com/settings?tab=1&x=%20"' : 'null'},"redacted":false}`
  )
}

function contactsText(
  { contactCount, customer: customerAt }: ConversationNeeds,
  customer: Customer,
  index: number,
): string {
  const reference = (one: Customer) =>
    `{"type":"contact","id":"${one.id}","external_id":${one.externalId === null ? 'null' : `"${one.externalId}"`}}`
  const second = index % 29 === 4 && contactCount > 1 ? customerAt(index % contactCount) : undefined
  const both = second !== undefined && second.id !== customer.id ? `,${reference(second)}` : ''
  return `{"type":"contact.list","contacts":[${reference(customer)}${both}]}`
}

function teammatesText({ teammatesShape }: ConversationNeeds, adminId: string | undefined): string {
  if (adminId === undefined) return 'null'
  const reference = `[{"type":"admin","id":"${adminId}"}]`
  return teammatesShape() === 'admins'
    ? `{"type":"admin.list","admins":${reference}}`
    : `{"type":"admin.list","teammates":${reference}}`
}

function ratingText(
  { draw, timeline, admins }: ConversationNeeds,
  customer: Customer,
  index: number,
): string {
  const drawn = draw(index, 41)
  if (drawn % 6 !== 0) return 'null'
  const at = timeline.between(index, 0.9)
  return (
    `{"rating":${1 + (drawn % 5)},"remark":"${drawn % 4 === 0 ? 'Très bien, مع الشكر 🌟' : ''}","created_at":${at},"updated_at":${at},` +
    `"contact":{"type":"contact","id":"${customer.id}","external_id":${customer.externalId === null ? 'null' : `"${customer.externalId}"`}},"teammate":{"type":"admin","id":"${pick(admins, drawn).id}"}}`
  )
}

function statisticsText({ timeline, draw, admins }: ConversationNeeds, index: number, parts: number): string {
  if (parts === 0 && index % 2 === 0) return 'null'
  const at = (share: number) => timeline.between(index, share)
  return (
    `{"type":"conversation_statistics","time_to_assignment":120,"time_to_admin_reply":${firstReplySeconds(draw(index, 44), draw(index, 45))},"time_to_first_close":null,"time_to_last_close":null,"median_time_to_reply":${100 + (index % 77)},` +
    `"first_contact_reply_at":${at(0.1)},"first_assignment_at":${at(0.15)},"first_admin_reply_at":${at(0.2)},"first_close_at":null,"last_assignment_at":${at(0.3)},"last_assignment_admin_reply_at":null,` +
    `"last_contact_reply_at":${at(0.8)},"last_admin_reply_at":${at(0.9)},"last_close_at":null,"last_closed_by_id":"${pick(admins, draw(index, 42)).id}","count_reopens":${draw(index, 46) % 7 === 0 ? 1 + (draw(index, 46) % 2) : 0},"count_assignments":${index % 4},` +
    `"count_conversation_parts":${parts},"assigned_team_first_response_time":[],"assigned_team_first_response_time_in_office_hours":[],"handling_time":${index % 600},"adjusted_handling_time":null}`
  )
}

/** From a minute to about two days, mostly under an hour, as it is where people answer. */
function firstReplySeconds(drawn: number, other: number): number {
  const bell = ((drawn % 1000) + (other % 1000)) / 2000
  return Math.round(60 * Math.exp(bell * 8))
}

function linkedText({ linkedTicket }: ConversationNeeds, index: number): string {
  const ticket = linkedTicket(index)
  if (ticket === undefined) return '{"type":"list","data":[],"total_count":0,"has_more":false}'
  return `{"type":"list","data":[{"type":"ticket","id":"${ticket.id}","category":"${ticket.category}"}],"total_count":1,"has_more":false}`
}

function aiText(index: number): string {
  if (index % 8 !== 0) return '"ai_agent":null,"ai_agent_participated":false'
  return (
    '"ai_agent":{"source_type":"profile","source_title":"Night shift","last_answer_type":"ai_answer","resolution_state":"assumed_resolution","rating":4,"rating_remark":null,"created_at":null,"updated_at":null,' +
    '"content_sources":{"type":"content_source.list","total_count":0,"content_sources":[]}},"ai_agent_participated":true'
  )
}
