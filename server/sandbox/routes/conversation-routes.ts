import type { Answer } from '../answer.ts'
import { notFound, ok } from '../answer.ts'
import { signAttachments } from '../generate/attachments.ts'
import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { Workspace } from '../workspace.ts'
import type { ApiContext, ApiRequest, Route } from './route.ts'
import { scopes } from './route.ts'
import { answerList, answerSearch, conversationEnvelope } from './search-request.ts'

/** Everything under /conversations. */
export const conversationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/conversations',
    scope: scopes.conversations,
    handle: (context, request) => answerList(context, request, conversationEnvelope),
  },
  {
    method: 'POST',
    path: '/conversations/search',
    scope: scopes.conversations,
    handle: (context, request) => answerSearch(context, request, conversationEnvelope),
  },
  { method: 'GET', path: '/conversations/:id', scope: scopes.conversations, handle: retrieve },
  {
    method: 'GET',
    path: '/conversations/:id/handling_events',
    scope: scopes.conversations,
    handle: handlingEvents,
  },
]

const mostParts = 500

/** The texts of the parts that the API shows: the newest 500, oldest first; and how many there are. */
export function shownParts(
  { data }: Workspace,
  index: number,
): { readonly texts: readonly string[]; readonly total: number } {
  const draft = data.conversations.changedDraft(index)
  if (draft)
    return {
      texts: draft.parts.slice(-mostParts).map((part) => JSON.stringify(part)),
      total: draft.parts.length,
    }
  const total = data.conversationRecords.partCount(index)
  return { texts: data.conversationRecords.partTexts(index, Math.max(total - mostParts, 0)), total }
}

/** Whether a conversation is one that is listed and then gone, as the switch goneOnRetrieve has it. */
export function isGoneOnRetrieve({ behaviour }: Workspace, index: number): boolean {
  return behaviour.goneOnRetrieve > 0 && index % behaviour.goneOnRetrieve === 0
}

function conversationAt({ workspace }: ApiContext, id: string): number {
  const index = workspace.data.conversations.find(id)
  if (index === undefined || isGoneOnRetrieve(workspace, index)) throw notFound()
  return index
}

function retrieve(context: ApiContext, { id, query, number }: ApiRequest): Answer {
  const { workspace } = context
  const index = conversationAt(context, id)
  const { texts, total } = shownParts(workspace, index)
  const count = workspace.behaviour.partsTotalCount === 'all' ? total : texts.length
  const parts = `{"type":"conversation_part.list","conversation_parts":[${texts.join(',')}],"total_count":${count}}`
  const text = `${workspace.data.conversations.text(index).slice(0, -1)},"conversation_parts":${parts}}`
  const signed = signAttachments(text, workspace.now, number)
  return ok(query.get('display_as') === 'plaintext' ? asPlainText(signed) : signed)
}

function asPlainText(text: string): string {
  const conversation = parseExactly(text)
  const parts = (conversation['conversation_parts'] as { conversation_parts: JsonObject[] })
    .conversation_parts
  for (const holder of [conversation['source'] as JsonObject, ...parts])
    if (typeof holder['body'] === 'string') holder['body'] = holder['body'].replaceAll(/<[^>]*>/g, '')
  return JSON.stringify(conversation)
}

function handlingEvents(context: ApiContext, { id }: ApiRequest): Answer {
  const index = conversationAt(context, id)
  const { data } = context.workspace
  const admin = data.admins[index % data.admins.length]
  const teammate = { type: 'admin', id: Number(admin?.id), name: admin?.['name'], email: admin?.['email'] }
  const timestamp = new Date(data.conversations.createdAt(index) * 1000).toISOString()
  return ok(JSON.stringify({ handling_events: [{ teammate, type: 'paused', timestamp, reason: 'Paused' }] }))
}
