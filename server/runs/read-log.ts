import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { atOnce } from '../store/at-once.ts'
import { listEvents } from '../store/event-rows.ts'
import type { EventFilter } from '../store/event-rows.ts'
import { isRun } from '../store/run-rows.ts'
import { describeEvent } from './describe-run.ts'
import type { ToldEvent } from './describe-run.ts'

/** A part of a run's log, oldest line first. */
export interface LogPage {
  readonly events: ToldEvent[]
  /** Asks, as `after`, for what follows; null where the part reaches as far as was asked for. */
  readonly nextAfter: number | null
  /** Asks, as `before` and for the newest, for what comes earlier; null where it begins where was asked for. */
  readonly nextBefore: number | null
}

/** Reads a run's log, from its beginning or from its end. Throws `NOT_FOUND`. */
export async function readLog(
  actor: Actor,
  { id, limit, ...filter }: EventFilter & { readonly id: string },
): Promise<LogPage> {
  const rows = await actor.transaction(async (tx) => {
    const [isThere, events] = await atOnce([
      isRun(tx, actor.workspaceId, id),
      listEvents(tx, actor.workspaceId, id, { ...filter, limit: limit + 1 }),
    ])
    if (!isThere) throw new DomainError('NOT_FOUND', 'There is no such run.')
    return events
  })
  const isMore = rows.length > limit
  const newest = filter.end === 'newest'
  const events = (newest ? rows.slice(-limit) : rows.slice(0, limit)).map(describeEvent)
  return {
    events,
    nextAfter: isMore && !newest ? (events.at(-1)?.seq ?? null) : null,
    nextBefore: isMore && newest ? (events[0]?.seq ?? null) : null,
  }
}
