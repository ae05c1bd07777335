import type { ConversationDraft } from '../generate/conversation-records.ts'
import { conversationIdAt } from '../generate/conversation-records.ts'
import { partIdAt } from '../generate/part-text.ts'
import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { Workspace } from '../workspace.ts'
import type { Chance } from './chance.ts'
import { chooseListed, chooseRecord } from './chance.ts'
import type { Change, ChangeMade } from './change.ts'

/** A new conversation, opened by a contact, with one part. */
export function createConversation(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { conversations, contacts } = workspace.data
  const id = conversationIdAt(conversations.end)
  const contactIndex = chooseRecord(contacts, change.otherId, chance)
  const contact = parseExactly(contacts.text(contactIndex))
  const author = { type: contact['role'], id: contact['id'], name: contact['name'], email: contact['email'] }
  const fields = {
    type: 'conversation',
    id,
    created_at: workspace.now,
    updated_at: workspace.now,
    waiting_since: workspace.now,
    snoozed_until: null,
    source: {
      type: 'conversation',
      id: String(900_000_000 + conversations.end),
      delivered_as: 'customer_initiated',
      subject: '',
      body: change.text ?? '<p>Neu: شكرًا 🙌</p>',
      author,
      attachments: [],
      url: null,
      redacted: false,
    },
    contacts: {
      type: 'contact.list',
      contacts: [{ type: 'contact', id: contact['id'], external_id: contact['external_id'] }],
    },
    company: null,
    first_contact_reply: null,
    admin_assignee_id: null,
    team_assignee_id: null,
    open: true,
    state: 'open',
    read: false,
    priority: 'not_priority',
    title: null,
    topics: {},
    ticket: null,
    sla_applied: null,
    teammates: null,
    conversation_rating: null,
    statistics: null,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    custom_attributes: {},
    ai_agent: null,
    ai_agent_participated: false,
    ...change.fields,
  }
  const index = conversations.end
  const part = newPart({ id: partIdAt(index, 0), body: '<p>Hello again</p>', author, now: workspace.now })
  conversations.add(id, { fields, tags: [], parts: [part] }, workspace.now)
  return { kind: change.kind, object: 'conversations', id }
}

/** An admin replies: a new part, and the conversation's statistics count it. */
export function replyConversation(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const admin = chooseListed(workspace.data.admins, undefined, chance)
  const author = { type: 'admin', id: admin.id, name: admin['name'], email: admin['email'] }
  return editConversation(workspace, change, chance, (draft, index) => {
    draft.parts.push(
      newPart({
        id: partIdAt(index, draft.parts.length),
        body: change.text ?? `<p>Antwort ${chance(5)} 👋</p>`,
        author,
        now: workspace.now,
      }),
    )
    const statistics = draft.fields['statistics']
    if (typeof statistics === 'object' && statistics !== null)
      Object.assign(statistics, { count_conversation_parts: draft.parts.length })
  })
}

/** A part's body is edited (`edit_part`) or redacted (`redact_part`); a conversation without parts gets a reply instead. */
export function editPart(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  return editConversation(workspace, change, chance, (draft, index) => {
    const chosen =
      change.partId === undefined
        ? draft.parts[chance(6) % Math.max(draft.parts.length, 1)]
        : draft.parts.find((part) => part['id'] === change.partId)
    if (chosen === undefined) {
      draft.parts.push(
        newPart({
          id: partIdAt(index, draft.parts.length),
          body: '<p>…</p>',
          author: null,
          now: workspace.now,
        }),
      )
      return
    }
    const redacted = change.kind === 'redact_part'
    Object.assign(chosen, {
      body: redacted
        ? '<p><i>This message was deleted</i></p>'
        : (change.text ?? `<p>Edited ${chance(7)}</p>`),
      updated_at: workspace.now,
      redacted,
    })
  })
}

/** A conversation is closed or opened again, or gets what `fields` says. */
export function updateConversation(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  return editConversation(workspace, change, chance, (draft) => {
    const open = draft.fields['open'] !== true
    Object.assign(draft.fields, { open, state: open ? 'open' : 'closed', ...change.fields })
  })
}

/** A tag is put on a conversation or taken off. */
export function tagConversation(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  return editConversation(workspace, change, chance, (draft) => {
    if (change.kind === 'untag_conversation') {
      const removed = change.tagId ?? draft.tags[0]?.id
      draft.tags = draft.tags.filter((tag) => tag.id !== removed)
      return
    }
    const tag = chooseListed(workspace.data.tags, change.tagId, chance)
    const admin = chooseListed(workspace.data.admins, undefined, chance)
    if (!draft.tags.some((own) => own.id === tag.id))
      draft.tags.push({ id: tag.id, appliedAt: workspace.now, by: { type: 'admin', id: admin.id } })
  })
}

/** A conversation is gone, without a trace. */
export function deleteConversation(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { conversations } = workspace.data
  const index = chooseRecord(conversations, change.id, chance)
  conversations.remove(index)
  return { kind: change.kind, object: 'conversations', id: conversations.idAt(index) }
}

type Edit = (draft: ConversationDraft, index: number) => void

function editConversation(workspace: Workspace, change: Change, chance: Chance, edit: Edit): ChangeMade {
  const { conversations } = workspace.data
  const index = chooseRecord(conversations, change.id, chance)
  conversations.change(index, workspace.now, (draft) => {
    draft.fields['updated_at'] = workspace.now
    edit(draft, index)
  })
  return { kind: change.kind, object: 'conversations', id: conversations.idAt(index) }
}

function newPart({
  id,
  body,
  author,
  now,
}: {
  id: string
  body: string
  author: unknown
  now: number
}): JsonObject {
  return {
    type: 'conversation_part',
    id,
    part_type: 'comment',
    body,
    created_at: now,
    updated_at: now,
    notified_at: now,
    assigned_to: null,
    author,
    attachments: [],
    external_id: null,
    redacted: false,
    email_message_metadata: null,
    metadata: {},
    state: 'open',
    tags: [],
    event_details: null,
    app_package_code: null,
  }
}
