import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { atOnce } from '../store/at-once.ts'
import { listEvents } from '../store/event-rows.ts'
import type { EventFilter } from '../store/event-rows.ts'
import { isRun } from '../store/run-rows.ts'
import { describeEvent } from './describe-run.ts'
import type { ToldEvent } from './describe-run.ts'

/** A run's log, oldest first; `nextAfter` asks for what follows, null where that was all of it. Throws `NOT_FOUND`. */
export async function readLog(
  actor: Actor,
  { id, limit, ...filter }: EventFilter & { readonly id: string },
): Promise<{ readonly events: ToldEvent[]; readonly nextAfter: number | null }> {
  const rows = await actor.transaction(async (tx) => {
    const [isThere, events] = await atOnce([
      isRun(tx, actor.workspaceId, id),
      listEvents(tx, actor.workspaceId, id, { ...filter, limit: limit + 1 }),
    ])
    if (!isThere) throw new DomainError('NOT_FOUND', 'There is no such run.')
    return events
  })
  const events = rows.slice(0, limit).map(describeEvent)
  return { events, nextAfter: rows.length > limit ? (events.at(-1)?.seq ?? null) : null }
}
