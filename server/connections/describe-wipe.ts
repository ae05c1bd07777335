import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findWipe, listWipes as listRows } from '../store/wipe-rows.ts'
import type { WipeRow } from '../store/wipe-rows.ts'
import { readProgress } from './wipe-progress.ts'

/** "Delete all data" as the API tells it. */
export interface WipeDescription {
  readonly id: string
  readonly connectionId: string
  readonly connectionName: string
  readonly state: WipeRow['state']
  readonly objects: {
    readonly destination: string
    readonly schema: string
    readonly object: string
    /** Null until they were counted. */
    readonly rows: number | null
    readonly done: boolean
  }[]
  readonly error: string | null
  readonly requestedBy: string | null
  readonly createdAt: string
  readonly finishedAt: string | null
}

export function describeWipe(row: WipeRow): WipeDescription {
  const { targets } = readProgress(row.progress)
  return {
    id: row.id,
    connectionId: row.connectionId,
    connectionName: row.connectionName,
    state: row.state,
    objects: targets.flatMap(({ destinationName, schema, objects }) =>
      objects.map(({ object, counted, done }) => ({
        destination: destinationName,
        schema,
        object,
        rows: counted,
        done,
      })),
    ),
    error: row.error,
    requestedBy: row.requestedBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

/** The workspace's last wipes, the newest first. */
export async function listWipes(actor: Actor): Promise<WipeDescription[]> {
  const rows = await actor.transaction((tx) => listRows(tx, actor.workspaceId, 100))
  return rows.map(describeWipe)
}

/** Throws `NOT_FOUND`. */
export async function getWipe(actor: Actor, { id }: { readonly id: string }): Promise<WipeDescription> {
  const row = await actor.transaction((tx) => findWipe(tx, actor.workspaceId, id))
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such deletion.')
  return describeWipe(row)
}
