import type { Actor } from '../actor.ts'
import { openManifests } from '../connections/open-manifests.ts'
import { DomainError } from '../domain-error.ts'
import { atOnce } from '../store/at-once.ts'
import { findLastWait } from '../store/event-rows.ts'
import type { RunEventRow } from '../store/event-rows.ts'
import { findRunPlace } from '../store/run-place-rows.ts'
import { findRun, listRunObjects, listRunRows } from '../store/run-rows.ts'
import type { RunFilter } from '../store/run-rows.ts'
import type { RunState, RunTrigger } from '../store/tables/runs.ts'
import { describeObject, describeRun } from './describe-run.ts'
import type { RunObject, RunSummary } from './describe-run.ts'
import { findSurroundings, inOrder } from './find-surroundings.ts'
import type { RunDestination } from './find-surroundings.ts'

/** Which runs somebody wants to see; moments are ISO 8601 and bound when a run was queued. */
export interface RunQuery {
  readonly pipelineId?: string | undefined
  readonly state?: RunState | undefined
  readonly trigger?: RunTrigger | undefined
  readonly object?: string | undefined
  readonly hadRows?: boolean | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Runs of the workspace, newest first. */
export async function listRuns(
  actor: Actor,
  { limit, cursor, ...query }: RunQuery & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly items: RunSummary[]; readonly nextCursor: string | null }> {
  const filter = { ...filterOf(query), before: cursor === undefined ? undefined : readCursor(cursor) }
  const rows = await actor.transaction((tx) =>
    listRunRows(tx, actor.workspaceId, { ...filter, limit: limit + 1 }),
  )
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => describeRun(row)),
    nextCursor: last ? `${last.queuedAt.toISOString()}~${last.id}` : null,
  }
}

/** A run, its objects, and what it waits for at this moment. */
export interface RunDetails extends RunSummary {
  /** In the connector's order, as the canvas has them. */
  readonly objects: RunObject[]
  readonly destination: RunDestination | null
  /** The version of the workspace's own connector that it reads with. Null: the connector comes with Penstock. */
  readonly connectorVersion: number | null
  readonly waitingNow: {
    readonly reason: string
    readonly object: string | null
    readonly until: string
  } | null
}

/** Throws `NOT_FOUND`. */
export async function getRun(actor: Actor, { id }: { readonly id: string }): Promise<RunDetails> {
  return await actor.transaction(async (tx) => {
    const [run, objects, wait, place, manifests] = await atOnce([
      findRun(tx, actor.workspaceId, id),
      listRunObjects(tx, actor.workspaceId, id),
      findLastWait(tx, actor.workspaceId, id),
      findRunPlace(tx, actor.workspaceId, id),
      openManifests(tx, actor.workspaceId),
    ])
    if (!run) throw new DomainError('NOT_FOUND', 'There is no such run.')
    const { destination, order } = await findSurroundings(manifests, run, place)
    return {
      ...describeRun(run),
      objects: inOrder(objects, order).map(describeObject),
      destination,
      connectorVersion: run.connectorVersion,
      waitingNow: run.state === 'running' ? waitOf(wait) : null,
    }
  })
}

/** A wait that is still to end. */
function waitOf(event: RunEventRow | undefined): RunDetails['waitingNow'] {
  const { until, reason } = event?.data ?? {}
  if (!event || typeof until !== 'string' || typeof reason !== 'string') return null
  return Date.parse(until) > Date.now() ? { reason, object: event.object, until } : null
}

/** The store's filter of a query. */
export function filterOf({ from, to, ...query }: RunQuery): Omit<RunFilter, 'limit'> {
  return {
    ...query,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  }
}

function readCursor(cursor: string): { readonly queuedAt: Date; readonly id: string } {
  const [moment = '', id = ''] = cursor.split('~')
  const queuedAt = new Date(moment)
  if (Number.isNaN(queuedAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw new DomainError('INVALID', 'This is not where a page of runs ended.')
  return { queuedAt, id }
}
