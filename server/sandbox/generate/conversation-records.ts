import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { BaseRecords, Rendering } from '../record-store.ts'
import type { TagUse } from './contact-records.ts'
import { conversationFields } from './conversation-text.ts'
import { partText } from './part-text.ts'
import type { Draw } from './draw.ts'
import { pick } from './draw.ts'
import type { Timeline } from './timeline.ts'

/** A conversation that has changed; its statistics follow the parts on every change. */
export interface ConversationDraft {
  fields: JsonObject
  tags: TagUse[]
  parts: JsonObject[]
}

/** Somebody who may write: as the API shows an author. The name is escaped for JSON. */
export interface Person {
  readonly type: string
  readonly id: string
  readonly name: string
  readonly email: string
}

/** The contact of a conversation, and the company it belongs to first. */
export interface Customer extends Person {
  readonly externalId: string | null
  readonly companyId: string | undefined
  readonly companyKey: string | undefined
}

export interface ConversationNeeds {
  readonly count: number
  readonly draw: Draw
  readonly timeline: Timeline
  readonly tagIds: readonly string[]
  readonly admins: readonly Person[]
  readonly teamIds: readonly string[]
  readonly contactCount: number
  readonly customer: (contactIndex: number) => Customer
  readonly tagName: (id: string) => string
  /** The ticket linked to a conversation, where there is one. */
  readonly linkedTicket: (index: number) => { readonly id: string; readonly category: string } | undefined
  readonly teammatesShape: () => 'admins' | 'teammates'
}

/** The conversations a sandbox starts with, their tags and their parts. */
export interface ConversationRecords extends BaseRecords<ConversationDraft> {
  tagsAt(index: number): readonly TagUse[]
  partCount(index: number): number
  /** The JSON texts of the parts from `from` on, oldest first. */
  partTexts(index: number, from: number): string[]
}

const firstId = 215_470_000_000

/** Conversations made on demand; those with index 3, 11 and 27 have 503, 640 and 1,001 parts. */
export function makeConversationRecords(needs: ConversationNeeds): ConversationRecords {
  const { count, timeline } = needs
  const idAt = (index: number) => String(firstId + index * 3)
  const textAt = (index: number) => {
    const fields = conversationFields(needs, idAt(index), index, partCountAt(needs, index))
    return `${fields},"tags":${tagListText(needs, tagUses(needs, index))}}`
  }
  const partTexts = (index: number, from: number) => {
    const total = partCountAt(needs, index)
    return Array.from({ length: total - from }, (_, at) => partText(needs, index, from + at, total))
  }
  return {
    count,
    idAt,
    indexOf: (id) => decimalIndex(id, firstId, 3, count),
    createdAt: timeline.createdAt,
    updatedAt: timeline.updatedAt,
    textAt,
    draftAt: (index) => ({
      fields: parseExactly(textAt(index)),
      tags: [...tagUses(needs, index)],
      parts: partTexts(index, 0).map(parseExactly),
    }),
    tagsAt: (index) => tagUses(needs, index),
    partCount: (index) => partCountAt(needs, index),
    partTexts,
  }
}

/** The id of a new conversation: greater than every id before. */
export function conversationIdAt(index: number): string {
  return String(firstId + index * 3)
}

/** How a changed conversation is answered in a list. */
export function conversationRendering(needs: ConversationNeeds): Rendering<ConversationDraft> {
  return {
    render: (draft) => ({ ...draft.fields, tags: parseExactly(tagListText(needs, draft.tags)) }),
    updatedAt: (draft) => Number(draft.fields['updated_at']),
    createdAt: (draft) => Number(draft.fields['created_at']),
  }
}

/** The index within a decimal id that counts up from `first` in steps, or -1. */
export function decimalIndex(id: string, first: number, step: number, count: number): number {
  const index = (Number(id) - first) / step
  return Number.isInteger(index) && index >= 0 && index < count && String(first + index * step) === id
    ? index
    : -1
}

function partCountAt({ draw }: ConversationNeeds, index: number): number {
  if (index === 3) return 503
  if (index === 11) return 640
  if (index === 27) return 1001
  const drawn = draw(index, 30)
  return drawn % 9 === 0 ? 0 : 1 + (drawn % 8) + (drawn % 40 === 7 ? 30 : 0)
}

function tagUses({ draw, tagIds, admins, timeline }: ConversationNeeds, index: number): readonly TagUse[] {
  const drawn = draw(index, 31)
  if (tagIds.length === 0 || drawn % 3 !== 0) return []
  const wanted = Math.min(index % 71 === 9 ? 12 : 1 + (drawn % 2), tagIds.length)
  const by = pick(admins, drawn >>> 3)
  return Array.from({ length: wanted }, (_, at) => ({
    id: tagIds[((drawn >>> 5) + at) % tagIds.length] as string,
    appliedAt: timeline.between(index, (at + 1) / 16),
    by: { type: 'admin', id: by.id },
  }))
}

function tagListText(needs: ConversationNeeds, tags: readonly TagUse[]): string {
  const items = tags.map(
    ({ id, appliedAt, by }) =>
      `{"type":"tag","id":"${id}","name":"${needs.tagName(id)}","applied_at":${appliedAt},"applied_by":{"type":"${by.type}","id":"${by.id}"}}`,
  )
  return `{"type":"tag.list","tags":[${items.join(',')}]}`
}
