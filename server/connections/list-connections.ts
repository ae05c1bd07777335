import type { Actor } from '../actor.ts'
import { listConnections as listRows } from '../store/connection-rows.ts'
import { describeConnection, describeConnections } from './describe-connection.ts'
import type { ConnectionDescription } from './describe-connection.ts'
import { requireConnection } from './require-connection.ts'

/** The workspace's connections by name. */
export async function listConnections(
  actor: Actor,
  filter: { readonly kind?: 'source' | 'destination' | undefined; readonly projectId?: string | undefined },
): Promise<ConnectionDescription[]> {
  return await actor.transaction(async (tx) =>
    describeConnections(tx, actor, listRows(tx, actor.workspaceId, filter)),
  )
}

/** One of them. Throws `NOT_FOUND`. */
export async function getConnection(
  actor: Actor,
  { id }: { readonly id: string },
): Promise<ConnectionDescription> {
  return await actor.transaction(async (tx) =>
    describeConnection(tx, actor, await requireConnection(tx, actor, id)),
  )
}
