import { withoutAttachments } from '../generate/attachments.ts'
import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { RecordStore } from '../record-store.ts'
import { contactTags } from '../routes/contact-lists.ts'
import { isGoneOnRetrieve, shownParts } from '../routes/conversation-routes.ts'
import { adminsShown, segmentsShown } from '../routes/small-routes.ts'
import { ticketTypeText } from '../generate/workspace-data.ts'
import type { Workspace } from '../workspace.ts'

type Truth = (workspace: Workspace) => Iterable<unknown>

/**
 * What is true right now, object by object: each record as the API would answer it, without attachments; derived
 * objects row by row. Subscription types also have the
 * name and description of their default translation. Admins have their avatar, segments their count, data attributes those that are archived.
 */
export const truths: Readonly<Record<string, Truth>> = {
  contacts: ({ data }) => texts(data.contacts),
  companies: ({ data }) => texts(data.companies),
  conversations: ({ data }) => bare(data.conversations),
  conversation_parts: conversationParts,
  admins: ({ data }) => adminsShown(data.admins, true),
  teams: ({ data }) => data.teams,
  tags: ({ data }) => data.tags,
  segments: ({ data }) => segmentsShown(data.segments, true),
  subscription_types: ({ data }) => data.subscriptionTypes.map(withTranslation),
  data_attributes: ({ data }) => data.dataAttributes,
  tickets: ({ data }) => bare(data.tickets),
  ticket_types: ({ data, behaviour }) =>
    data.ticketTypes.map((type) => parseExactly(ticketTypeText(data.ticketTypes, type.id, behaviour))),
  articles: ({ data }) => data.articles,
  collections: ({ data }) => data.collections,
  help_centers: ({ data }) => data.helpCenters,
  activity_logs: ({ data }) => data.activityLogs,
  contact_company: contactCompany,
  contact_tag: contactTag,
  company_tag: companyTag,
  conversation_tag: conversationTag,
  team_admin: ({ data }) =>
    data.teams.flatMap((team) =>
      (team['admin_ids'] as number[]).map((admin) => ({ team_id: team.id, admin_id: String(admin) })),
    ),
  email_address_header: emailAddressHeader,
}

/** A subscription type with the name and description of its default translation beside it, as the table has them. */
function withTranslation(type: JsonObject): JsonObject {
  const { name, description } = type['default_translation'] as JsonObject
  return { ...type, name, description }
}

/** The records of an object as JSON lines. Throws a RangeError for an object that does not exist. */
export function* truthLines(workspace: Workspace, object: string): Generator<string> {
  const truth = Object.hasOwn(truths, object) ? truths[object] : undefined
  if (!truth) throw new RangeError(`There is no object ${object}.`)
  for (const record of truth(workspace))
    yield `${typeof record === 'string' ? record : JSON.stringify(record)}\n`
}

function* texts(store: RecordStore): Generator<string> {
  for (const index of store.live()) yield store.text(index)
}

function* parsed(store: RecordStore): Generator<[record: JsonObject, index: number]> {
  for (const index of store.live()) yield [parseExactly(store.text(index)), index]
}

function* bare(store: RecordStore): Generator<unknown> {
  for (const [record] of parsed(store)) yield withoutAttachments(record)
}

function* conversationParts(workspace: Workspace): Generator<JsonObject> {
  const { conversations } = workspace.data
  for (const index of conversations.live()) {
    if (isGoneOnRetrieve(workspace, index)) continue
    const conversationId = conversations.idAt(index)
    for (const text of shownParts(workspace, index).texts)
      yield { ...(withoutAttachments(parseExactly(text)) as JsonObject), conversation_id: conversationId }
  }
}

function* contactCompany({ data: { contacts, members } }: Workspace): Generator<JsonObject> {
  for (const index of contacts.live())
    for (const company of members.companiesOf(index))
      yield {
        contact_id: contacts.idAt(index),
        company_id: company,
        contact_updated_at: contacts.updatedAt(index),
      }
}

/** Who applied a tag stands only in a contact's own list, which must be read where the embedded one does not show that it is whole. */
function* contactTag({ data, behaviour }: Workspace): Generator<JsonObject> {
  const neverShown = !behaviour.subListHasMore && behaviour.subListTotalCount === 'wrong'
  for (const index of data.contacts.live()) {
    const tags = contactTags(data, index)
    const isRead = neverShown || tags.length > 10
    for (const tag of tags) {
      const by = isRead ? (tag['applied_by'] as JsonObject) : {}
      yield {
        contact_id: data.contacts.idAt(index),
        tag_id: tag['id'],
        applied_at: isRead ? tag['applied_at'] : null,
        applied_by_type: by['type'] ?? null,
        applied_by_id: by['id'] ?? null,
        contact_updated_at: data.contacts.updatedAt(index),
      }
    }
  }
}

function* companyTag({ data: { companies } }: Workspace): Generator<JsonObject> {
  for (const [company] of parsed(companies))
    for (const tag of (company['tags'] as { tags: JsonObject[] }).tags)
      yield {
        company_id: company['id'],
        tag_id: tag['id'],
        tag_name: tag['name'],
        company_updated_at: company['updated_at'],
      }
}

function* conversationTag({ data: { conversations } }: Workspace): Generator<JsonObject> {
  for (const [conversation] of parsed(conversations))
    for (const tag of (conversation['tags'] as { tags: JsonObject[] }).tags) {
      const by = tag['applied_by'] as JsonObject
      yield {
        conversation_id: conversation['id'],
        tag_id: tag['id'],
        tag_name: tag['name'],
        applied_at: tag['applied_at'],
        applied_by_type: by['type'],
        applied_by_id: by['id'],
        conversation_updated_at: conversation['updated_at'],
      }
    }
}

function* emailAddressHeader(workspace: Workspace): Generator<JsonObject> {
  for (const part of conversationParts(workspace)) {
    const metadata = part['email_message_metadata'] as { email_address_headers?: JsonObject[] } | null
    for (const [at, header] of (metadata?.email_address_headers ?? []).entries())
      yield {
        conversation_id: part['conversation_id'],
        conversation_part_id: part['id'],
        header_index: at,
        type: header['type'],
        email_address: header['email_address'],
        name: header['name'],
      }
  }
}
