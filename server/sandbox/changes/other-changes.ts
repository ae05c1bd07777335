import { makeActivityLog } from '../generate/activity-logs.ts'
import { drawsFor, uuidFrom } from '../generate/draw.ts'
import type { Listed } from '../generate/reference-data.ts'
import { ticketIdAt } from '../generate/ticket-records.ts'
import { ticketStates } from '../generate/ticket-types.ts'
import { parseExactly } from '../json-text.ts'
import type { Workspace } from '../workspace.ts'
import type { Chance } from './chance.ts'
import { chooseListed, chooseRecord } from './chance.ts'
import type { Change, ChangeKind, ChangeMade } from './change.ts'

/** A new ticket, made like the others; its dates are now. */
export function createTicket(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { tickets } = workspace.data
  const like = chooseRecord(tickets, undefined, chance)
  const id = ticketIdAt(tickets.end)
  const fields = parseExactly(tickets.text(like))
  Object.assign(fields, {
    id,
    ticket_id: String(tickets.end + 1),
    created_at: workspace.now,
    updated_at: workspace.now,
    ...change.fields,
  })
  fields['ticket_parts'] = { type: 'ticket_part.list', ticket_parts: [], total_count: 0 }
  fields['linked_objects'] = { type: 'list', data: [], total_count: 0, has_more: false }
  tickets.add(id, { fields }, workspace.now)
  return { kind: change.kind, object: 'tickets', id }
}

/** A ticket moves to another state, or gets what `fields` says. */
export function updateTicket(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { tickets } = workspace.data
  const index = chooseRecord(tickets, change.id, chance)
  const state = ticketStates[chance(8) % ticketStates.length]
  tickets.change(index, workspace.now, ({ fields }) => {
    Object.assign(fields, {
      ticket_state: state,
      open: state?.['category'] !== 'resolved',
      updated_at: workspace.now,
      ...change.fields,
    })
  })
  return { kind: change.kind, object: 'tickets', id: tickets.idAt(index) }
}

export function deleteTicket(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { tickets } = workspace.data
  const index = chooseRecord(tickets, change.id, chance)
  tickets.remove(index)
  return { kind: change.kind, object: 'tickets', id: tickets.idAt(index) }
}

/** An article is created, rewritten or deleted. */
export function changeArticle(
  { data: { articles }, now }: Workspace,
  change: Change,
  chance: Chance,
): ChangeMade {
  const chosen = chooseListed(articles, change.id, chance)
  const at = articles.indexOf(chosen)
  const dates = { updated_at: now, ...change.fields }
  if (change.kind === 'delete_article') articles.splice(at, 1)
  if (change.kind === 'update_article')
    articles[at] = { ...chosen, body: change.text ?? `<p>Rewritten ${chance(9)}</p>`, ...dates }
  if (change.kind !== 'create_article') return { kind: change.kind, object: 'articles', id: chosen.id }
  const id = String(Math.max(...articles.map((article) => Number(article.id))) + 1)
  articles.push({ ...chosen, id, created_at: now, ...dates })
  return { kind: change.kind, object: 'articles', id }
}

/** One more entry in the activity log. */
export function logActivity({ data, now }: Workspace, change: Change, chance: Chance): ChangeMade {
  const id = uuidFrom(drawsFor(data.activityLogs.length, 'new activity'), chance(10))
  const log = makeActivityLog({
    id,
    created: now,
    kind: chance(11) % 5,
    admin: chooseListed(data.admins, undefined, chance),
  })
  data.activityLogs.push(log)
  return { kind: change.kind, object: 'activity_logs', id }
}

export function createTag({ data: { tags } }: Workspace, change: Change): ChangeMade {
  const id = String(Number(tags.at(-1)?.id ?? 7_400_097) + 3)
  tags.push({ type: 'tag', id, name: change.text ?? `Tag ${id}` })
  return { kind: change.kind, object: 'tags', id }
}

/** A record of a small object gets another name; where it has an updated_at, that moves. */
export function renameListed(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const [object, list] = listFor(workspace, change.kind)
  const chosen = chooseListed(list, change.id, chance)
  const dates = 'updated_at' in chosen ? { updated_at: workspace.now } : {}
  list[list.indexOf(chosen)] = {
    ...chosen,
    name: change.text ?? `Renamed ${chance(12) % 1000}`,
    ...dates,
    ...change.fields,
  }
  return { kind: change.kind, object, id: chosen.id }
}

function listFor({ data }: Workspace, kind: ChangeKind): [object: string, list: Listed[]] {
  switch (kind) {
    case 'rename_admin':
      return ['admins', data.admins]
    case 'rename_team':
      return ['teams', data.teams]
    case 'rename_segment':
      return ['segments', data.segments]
    case 'rename_ticket_type':
      return ['ticket_types', data.ticketTypes]
    case 'rename_collection':
      return ['collections', data.collections]
    default:
      return ['tags', data.tags]
  }
}
