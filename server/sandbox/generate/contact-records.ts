import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { BaseRecords, Rendering } from '../record-store.ts'
import type { ContactSurroundings } from './contact-text.ts'
import { contactHead } from './contact-text.ts'
import { pick } from './draw.ts'
import { objectIdOf } from './timeline.ts'

/** A tag on a record: which, since when, by whom. */
export interface TagUse {
  readonly id: string
  readonly appliedAt: number
  readonly by: { readonly type: string; readonly id: string }
}

/** A contact that has changed: its own fields, and the lists the API embeds. */
export interface ContactDraft {
  fields: JsonObject
  tags: TagUse[]
  companies: string[]
}

/** The contacts a sandbox starts with, and how each is tied to tags and companies. */
export interface ContactRecords extends BaseRecords<ContactDraft> {
  tagsAt(index: number): readonly TagUse[]
  /** Indexes of companies. */
  companiesAt(index: number): readonly number[]
}

export interface ContactNeeds extends ContactSurroundings {
  readonly count: number
  readonly tagIds: readonly string[]
  /** How many companies have users: those with an index below. */
  readonly companyCount: number
  readonly companyId: (index: number) => string
  readonly unstorableText: () => boolean
  readonly ownerIdAsText: () => boolean
  readonly wrongTotals: () => boolean
  readonly saysHasMore: () => boolean
}

const middle = '1bb69f9f21'

/** Contacts made on demand. One in 97 belongs to 11 to 15 companies and one in 89 has 11 to 16 tags. */
export function makeContactRecords(needs: ContactNeeds): ContactRecords {
  const { timeline, count } = needs
  const idAt = (index: number) => contactIdAt(timeline.createdAt(index), index)
  const companiesAt = (index: number) => companyIndexes(needs, index)
  const tagsAt = (index: number) => tagUses(needs, index)
  const textAt = (index: number) => {
    const id = idAt(index)
    const companies = companyIndexes(needs, index).map(needs.companyId)
    const tags = tagIdsAt(needs, index)
    return `${contactHead(needs, id, index, needs)},${embeddedLists(needs, id, tags, companies)}}`
  }
  return {
    count,
    idAt,
    indexOf: (id) => indexOfObjectId(id, count, idAt),
    createdAt: timeline.createdAt,
    updatedAt: timeline.updatedAt,
    textAt,
    draftAt: (index) => ({
      fields: parseExactly(textAt(index)),
      tags: [...tagsAt(index)],
      companies: companiesAt(index).map(needs.companyId),
    }),
    tagsAt,
    companiesAt,
  }
}

/** The id of a contact made at `seconds` with an index. */
export function contactIdAt(seconds: number, index: number): string {
  return objectIdOf(seconds, middle, index)
}

/** How many notes the contact with an id has: twelve, a few, or none. */
export function noteCountOf(contactId: string): number {
  const index = Number.parseInt(contactId.slice(18), 16)
  return index % 31 === 0 ? 12 : index % 6 === 0 ? 1 + (index % 2) : 0
}

/** How a changed contact is answered: its fields with the embedded lists of now. */
export function contactRendering(needs: ContactNeeds): Rendering<ContactDraft> {
  return {
    render: (draft, id) => ({
      ...draft.fields,
      ...parseExactly(
        `{${embeddedLists(
          needs,
          id,
          draft.tags.map((tag) => tag.id),
          draft.companies,
        )}}`,
      ),
    }),
    updatedAt: (draft) => Number(draft.fields['updated_at']),
    createdAt: (draft) => Number(draft.fields['created_at']),
  }
}

/** The index within an id made by objectIdOf, or -1 where that record has another id. */
export function indexOfObjectId(id: string, count: number, idAt: (index: number) => string): number {
  if (id.length !== 24) return -1
  const index = Number.parseInt(id.slice(18), 16)
  return index < count && idAt(index) === id ? index : -1
}

function embeddedLists(
  { wrongTotals, saysHasMore }: ContactNeeds,
  id: string,
  tags: readonly string[],
  companies: readonly string[],
): string {
  const notes = noteCountOf(id)
  const says = { more: wrongTotals() ? 3 : 0, hasMore: saysHasMore() }
  const noteIds = Array.from({ length: notes }, (_, at) => noteId(id, at))
  return `"tags":${embedded(tags, 'tag', '/tags/', `/contacts/${id}/tags`, says)},"notes":${embedded(noteIds, 'note', '/notes/', `/contacts/${id}/notes`, says)},"companies":${embedded(companies, 'company', '/companies/', `/contacts/${id}/companies`, says)}`
}

/** The id of a contact's note. */
export function noteId(contactId: string, at: number): string {
  return String(Number.parseInt(contactId.slice(18), 16) * 20 + at + 1)
}

/** What an embedded list tells of itself: what its total_count is wrong by, and whether it has a has_more. */
interface ListSays {
  readonly more: number
  readonly hasMore: boolean
}

/** The first ten of a list, as a contact embeds it. */
function embedded(
  ids: readonly string[],
  type: string,
  itemUrl: string,
  url: string,
  { more, hasMore }: ListSays,
): string {
  let items = ''
  for (let at = 0; at < ids.length && at < 10; at++)
    items += `${at === 0 ? '' : ','}{"id":"${ids[at]}","type":"${type}","url":"${itemUrl}${ids[at]}"}`
  const flag = hasMore ? `,"has_more":${ids.length > 10}` : ''
  return `{"type":"list","data":[${items}],"url":"${url}","total_count":${ids.length + more}${flag}}`
}

function companyIndexes({ draw, companyCount }: ContactNeeds, index: number): readonly number[] {
  if (companyCount === 0 || index % 10 === 9) return []
  const drawn = draw(index, 20)
  const first = drawn % companyCount
  if (index % 97 === 5) return run(first, Math.min(11 + (drawn % 5), companyCount), companyCount)
  return drawn % 10 === 1 ? run(first, Math.min(2, companyCount), companyCount) : [first]
}

function tagIdsAt({ draw, tagIds }: ContactNeeds, index: number): readonly string[] {
  if (tagIds.length === 0) return []
  const drawn = draw(index, 21)
  const wanted = index % 89 === 7 ? 11 + (drawn % 6) : drawn % 4 === 0 ? 1 + (drawn % 3) : 0
  if (wanted === 0) return []
  return run(drawn >>> 4, Math.min(wanted, tagIds.length), tagIds.length).map((at) => tagIds[at] as string)
}

function tagUses(needs: ContactNeeds, index: number): readonly TagUse[] {
  const adminId = pick(needs.adminIds, needs.draw(index, 22))
  return tagIdsAt(needs, index).map((id, at) => ({
    id,
    appliedAt: needs.timeline.between(index, (at + 1) / 20),
    by: { type: 'admin', id: adminId },
  }))
}

function run(start: number, length: number, size: number): number[] {
  return Array.from({ length }, (_, at) => (start + at) % size)
}
