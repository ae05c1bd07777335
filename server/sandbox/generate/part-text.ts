import { attachmentText } from './attachments.ts'
import type { ConversationNeeds, Customer, Person } from './conversation-records.ts'
import { ghost, openedBy, sourceTypeAt } from './conversation-text.ts'
import { pick } from './draw.ts'
import { messageBody, messageSubject } from './messages.ts'

const operator: Person = {
  type: 'bot',
  id: '278',
  name: 'Operator',
  email: 'operator+a1b2@support.example.com',
}
const partTypes = [
  'comment',
  'comment',
  'note',
  'assignment',
  'comment',
  'close',
  'open',
  'snoozed',
  'conversation_attribute_updated_by_admin',
  'custom_action_started',
]

/** The id of a conversation's part: unique over the workspace. */
export function partIdAt(conversationIndex: number, at: number): string {
  return String(17_000_000_000 + conversationIndex * 10_000 + at)
}

/** One part of the conversation at `index` as JSON text: the `at`-th of `total`, oldest first. */
export function partText(needs: ConversationNeeds, index: number, at: number, total: number): string {
  const { draw, timeline } = needs
  const drawn = draw(index * 131 + at, 50)
  const customer = customerOf(needs, index)
  const type = pick(partTypes, drawn >>> 3)
  const author =
    type === 'comment' && drawn % 2 === 0
      ? customer
      : drawn % 13 === 0
        ? operator
        : pick(needs.admins, drawn >>> 8)
  const spoken = type === 'comment' || type === 'note'
  const created = timeline.between(index, (at + 1) / (total + 1))
  const edited = drawn % 9 === 0 ? timeline.between(index, 1) : created
  const redacted = drawn % 61 === 0
  const body = spoken
    ? redacted
      ? '"<p><i>This message was deleted</i></p>"'
      : `"${messageBody(draw, index * 131 + at, 51)}"`
    : 'null'
  const isEmail = spoken && sourceTypeAt(needs, index) === 'email'
  return (
    `{"type":"conversation_part","id":"${partIdAt(index, at)}","part_type":"${type}","body":${body},"created_at":${created},"updated_at":${edited},"notified_at":${created},` +
    `"assigned_to":${type === 'assignment' ? `{"type":"admin","id":"${pick(needs.admins, drawn >>> 9).id}"}` : 'null'},"author":${authorText(author)},` +
    `"attachments":${spoken && drawn % 17 === 0 ? attachmentText(index * 10_000 + at) : '[]'},"external_id":null,"redacted":${redacted},` +
    `"email_message_metadata":${isEmail ? emailText(needs, customer, index, at) : 'null'},"metadata":{},"state":"${type === 'close' ? 'closed' : type === 'snoozed' ? 'snoozed' : 'open'}",` +
    `"tags":[],"event_details":${eventText(type, drawn)},"app_package_code":${type === 'custom_action_started' ? '"example-tracker"' : 'null'}}`
  )
}

function authorText({ type, id, name, email }: Person): string {
  const bot = type === 'bot'
  return `{"type":"${type}","id":"${id}","name":"${name}","email":"${email}","from_ai_agent":${bot},"is_ai_answer":${bot}}`
}

function customerOf(needs: ConversationNeeds, index: number): Customer {
  const opener = openedBy(needs, index)
  return opener < 0 ? ghost : needs.customer(opener)
}

/** An e-mail's addresses; the same address repeats in some, and a name may be null. */
function emailText({ draw }: ConversationNeeds, customer: Customer, index: number, at: number): string {
  const header = (type: string, address: string, name: string | null) =>
    `{"type":"${type}","email_address":"${address}","name":${name === null ? 'null' : `"${name}"`}}`
  const headers = [
    header('from', customer.email, customer.name),
    header('to', 'team@support.example.com', null),
  ]
  if (at % 3 === 0)
    headers.push(
      header('cc', 'books@partner.example.org', 'Büro Bücher'),
      header('cc', 'books@partner.example.org', null),
    )
  return `{"subject":"${messageSubject(draw, index, 37)}","email_address_headers":[${headers.join(',')}],"message_id":"<${index}.${at}@mail.example.com>"}`
}

function eventText(type: string, drawn: number): string {
  if (type === 'custom_action_started') return '{"action":{"name":"Create issue"}}'
  if (type !== 'conversation_attribute_updated_by_admin') return drawn % 2 === 0 ? 'null' : '{}'
  return '{"attribute":{"name":"Sprache"},"value":{"name":"Deutsch","previous":"English"}}'
}
