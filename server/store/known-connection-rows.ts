import { eq } from './drizzle.ts'
import type { KnownConnection } from '../pipelines/known-connection.ts'
import type { Tx } from './database.ts'
import { connections } from './tables/connections.ts'

/** Every connection of a workspace, without its settings and secrets, by id. */
export async function listKnownConnections(
  tx: Tx,
  workspaceId: string,
): Promise<ReadonlyMap<string, KnownConnection>> {
  const rows = await tx
    .select({
      id: connections.id,
      kind: connections.kind,
      connector: connections.connector,
      name: connections.name,
      region: connections.region,
      state: connections.state,
      stateReason: connections.stateReason,
      grantedScopes: connections.grantedScopes,
      accountId: connections.accountId,
    })
    .from(connections)
    .where(eq(connections.workspaceId, workspaceId))
  return new Map(rows.map((row) => [row.id, row]))
}
