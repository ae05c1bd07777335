import { noteCountOf, noteId } from '../generate/contact-records.ts'
import { chosenSubscriptions } from '../generate/contact-text.ts'
import { drawsFor } from '../generate/draw.ts'
import type { Listed } from '../generate/reference-data.ts'
import type { WorkspaceData } from '../generate/workspace-data.ts'
import type { JsonObject } from '../json-text.ts'

/** The segments a contact is in: up to two of those for its role. */
export function contactSegments({ segments }: WorkspaceData, index: number, role: string): readonly Listed[] {
  const forRole = segments.filter(
    (segment) => segment['person_type'] === (role === 'lead' ? 'contact' : 'user'),
  )
  if (forRole.length === 0) return []
  const drawn = drawsFor(7, 'segments')(index, 1)
  return forRole.slice(drawn % forRole.length, (drawn % forRole.length) + (drawn % 3))
}

/** A contact's tags with when and by whom each was applied. */
export function contactTags(data: WorkspaceData, index: number): JsonObject[] {
  const uses = data.contacts.changedDraft(index)?.tags ?? data.contactRecords.tagsAt(index)
  return uses.map(({ id, appliedAt, by }) => ({
    type: 'tag',
    id,
    name: data.tags.find((tag) => tag.id === id)?.['name'],
    applied_at: appliedAt,
    applied_by: by,
  }))
}

/** The subscription types a contact chose: opted out of those that are on by default, into the others. */
export function contactSubscriptions(data: WorkspaceData, index: number): readonly Listed[] {
  if (index >= data.contacts.base.count) return []
  const chosen = chosenSubscriptions(data.contactNeeds, index)
  return data.subscriptionTypes.filter((type) => chosen.out.includes(type.id) || chosen.in.includes(type.id))
}

/** A contact's notes, newest first. */
export function contactNotes(data: WorkspaceData, index: number): JsonObject[] {
  const id = data.contacts.idAt(index)
  const author = data.admins[0]
  const created = data.contacts.createdAt(index)
  return Array.from({ length: noteCountOf(id) }, (_, at) => ({
    type: 'note',
    id: noteId(id, at),
    created_at: created + at * 3600,
    contact: { type: 'contact', id },
    author,
    body: `<p>Note ${at}: bitte zurückrufen ☎️</p>`,
  })).toReversed()
}
