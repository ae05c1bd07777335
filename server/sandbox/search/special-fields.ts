import { ticketAttributeId } from '../generate/ticket-types.ts'
import type { JsonObject } from '../json-text.ts'
import type { WorkspaceData } from '../generate/workspace-data.ts'
import { contactSegments } from '../routes/contact-lists.ts'
import { memberAt } from './record-view.ts'
import type { Searchable } from './search-fields.ts'

type Special = (record: JsonObject, field: string, index: number) => readonly unknown[] | undefined

/** The values of search fields that are not members of the record under that name. */
export function specialFields(object: Searchable, data: WorkspaceData): Special {
  switch (object) {
    case 'contacts':
      return (record, field, index) => {
        if (field === 'tag_id')
          return (data.contacts.changedDraft(index)?.tags ?? data.contactRecords.tagsAt(index)).map(
            (tag) => tag.id,
          )
        if (field === 'segment_id')
          return contactSegments(data, index, String(record['role'])).map((segment) => segment.id)
        if (field === 'avatar') return [memberAt(record, 'avatar.image_url')]
        return undefined
      }
    case 'conversations':
      return (record, field) => {
        if (field === 'contact_ids') return idsIn(memberAt(record, 'contacts.contacts'))
        if (field === 'tag_ids') return idsIn(memberAt(record, 'tags.tags'))
        if (field === 'teammate_ids')
          return idsIn(memberAt(record, 'teammates.admins') ?? memberAt(record, 'teammates.teammates'))
        if (field === 'conversation_rating.score') return [memberAt(record, 'conversation_rating.rating')]
        if (field === 'conversation_rating.contact_id')
          return [memberAt(record, 'conversation_rating.contact.id')]
        return undefined
      }
    case 'tickets':
      return (record, field) => ticketField(record, field, data)
  }
}

const ticketCategories: Readonly<Record<string, string>> = {
  Customer: 'request',
  'Back-office': 'task',
  Tracker: 'tracker',
}

function ticketField(record: JsonObject, field: string, data: WorkspaceData): readonly unknown[] | undefined {
  if (field === 'contact_ids') return idsIn(memberAt(record, 'contacts.contacts'))
  if (field === 'category') return [ticketCategories[String(record['category'])]]
  if (field === 'ticket_type_id') return [memberAt(record, 'ticket_type.id')]
  if (field === 'state') return [memberAt(record, 'ticket_state.category')]
  if (field === 'title') return [memberAt(record, 'ticket_attributes._default_title_')]
  if (field === 'description') return [memberAt(record, 'ticket_attributes._default_description_')]
  if (!field.startsWith('ticket_attribute.')) return undefined
  const type = data.ticketTypes.findIndex((one) => one.id === memberAt(record, 'ticket_type.id'))
  const names = ['_default_title_', '_default_description_', 'Priority.level', 'Amount €']
  const name = names.find((_, at) => `ticket_attribute.${ticketAttributeId(type, at)}` === field)
  return [name === undefined ? undefined : (record['ticket_attributes'] as JsonObject)[name]]
}

function idsIn(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.map((one: unknown) => (one as JsonObject)['id']) : []
}
