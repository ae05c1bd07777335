import type { JsonObject } from '../json-text.ts'
import type { Listed } from './reference-data.ts'

const categories = ['Customer', 'Back-office', 'Tracker', 'Customer']
const names = ['Bug report', 'Rückerstattung', '障害', 'Old form']

/** The four states every workspace has. */
export const ticketStates: readonly Listed[] = [
  ['submitted', 'Submitted', 'Submitted'],
  ['in_progress', 'In progress', 'In progress'],
  ['waiting_on_customer', 'Waiting on customer', 'Waiting on you'],
  ['resolved', 'Resolved', 'Resolved'],
].map(([category, internal, external], index) => ({
  type: 'ticket_state',
  id: String(8321 + index),
  category,
  internal_label: internal,
  external_label: external,
}))

/** Four ticket types with their attributes; the last is archived, and so is one attribute of the first. */
export function makeTicketTypes(workspaceId: string, end: number): Listed[] {
  return names.map((name, index) => ({
    type: 'ticket_type',
    id: String(67 + index),
    name,
    description: `${name}: what we need to know`,
    icon: ['🐞', '💶', '🦁', '🎟️'][index],
    workspace_id: workspaceId,
    archived: index === 3,
    created_at: end - 60_000_000 + index,
    updated_at: end - 9_000_000 + index * 777,
    is_internal: index === 1,
    ticket_type_attributes: { type: 'list', data: attributesOf(workspaceId, index, end - 60_000_000) },
    category: categories[index],
    ticket_states: { type: 'list', data: ticketStates },
  }))
}

function attributesOf(workspaceId: string, type: number, created: number): JsonObject[] {
  const rows: readonly [string, string, JsonObject | null][] = [
    ['_default_title_', 'string', { multiline: false }],
    ['_default_description_', 'string', { multiline: true }],
    ['Priority.level', 'list', { list_items: [{ id: 'a1', name: 'High' }] }],
    ['Amount €', 'decimal', null],
  ]
  return rows.map(([name, dataType, input], index) => ({
    type: 'ticket_type_attribute',
    id: String(ticketAttributeId(type, index)),
    workspace_id: workspaceId,
    name,
    description: index < 2 ? '' : `About ${name}`,
    data_type: dataType,
    input_options: input,
    order: index,
    required_to_create: index === 0,
    required_to_create_for_contacts: false,
    visible_on_create: true,
    visible_to_contacts: index < 2,
    default: index < 2,
    ticket_type_id: 67 + type,
    archived: type === 0 && index === 3,
    created_at: created,
    updated_at: created + index * 1000,
  }))
}

/** The id by which `ticket_attribute.{id}` is searched: another one for each ticket type. */
export function ticketAttributeId(type: number, attribute: number): number {
  return 165 + type * 10 + attribute
}
