import { and, asc, count, eq, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { user } from './tables/auth.ts'
import { connections, oauthProfiles } from './tables/connections.ts'
import { connectors } from './tables/connectors.ts'
import type { ConnectorFiles } from './tables/connectors.ts'

export type { ConnectorFiles } from './tables/connectors.ts'

/** A workspace's own connector: its draft, and who left it so. */
export interface ConnectorRow {
  readonly name: string
  readonly draft: ConnectorFiles
  readonly revision: number
  readonly draftBy: string | null
  readonly draftAt: Date
  readonly publishedVersion: number | null
}

const columns = {
  name: connectors.name,
  draft: connectors.draft,
  revision: connectors.revision,
  draftBy: sql<string | null>`coalesce(${user.name}, ${connectors.draftBy})`,
  draftAt: connectors.draftAt,
  publishedVersion: connectors.publishedVersion,
}

/** The connector of this name; undefined where the workspace has none. With `lock`, nobody else changes it before the transaction ends. */
export async function findOwnConnector(
  tx: Tx,
  workspaceId: string,
  name: string,
  lock: 'lock' | 'look' = 'look',
): Promise<ConnectorRow | undefined> {
  const query = tx
    .select(columns)
    .from(connectors)
    .leftJoin(user, eq(user.id, connectors.draftBy))
    .where(own(workspaceId, name))
  const [row] = await (lock === 'lock' ? query.for('update', { of: connectors }) : query)
  return row
}

/** All of them, by name. */
export async function listOwnConnectors(tx: Tx, workspaceId: string): Promise<readonly ConnectorRow[]> {
  return await tx
    .select(columns)
    .from(connectors)
    .leftJoin(user, eq(user.id, connectors.draftBy))
    .where(eq(connectors.workspaceId, workspaceId))
    .orderBy(asc(connectors.name))
}

/** Writes a new one as its first revision; false where the workspace has one of this name. */
export async function insertConnector(
  tx: Tx,
  workspaceId: string,
  row: { readonly name: string; readonly draft: ConnectorFiles; readonly draftBy: string | null },
): Promise<boolean> {
  const made = await tx
    .insert(connectors)
    .values({ workspaceId, ...row })
    .onConflictDoNothing()
    .returning({ name: connectors.name })
  return made.length > 0
}

/** Changes one. */
export async function updateConnector(
  tx: Tx,
  workspaceId: string,
  name: string,
  change: {
    readonly draft?: ConnectorFiles
    readonly revision?: number
    readonly draftBy?: string | null
    readonly draftAt?: Date
    readonly publishedVersion?: number
  },
): Promise<void> {
  await tx.update(connectors).set(change).where(own(workspaceId, name))
}

/** Removes one with all its versions. */
export async function deleteConnector(tx: Tx, workspaceId: string, name: string): Promise<void> {
  await tx.delete(connectors).where(own(workspaceId, name))
}

/** Keeps a connector from being removed until the transaction ends; nothing happens where the workspace has none of this name. */
export async function holdConnector(tx: Tx, workspaceId: string, name: string): Promise<boolean> {
  const rows = await tx
    .select({ name: connectors.name })
    .from(connectors)
    .where(own(workspaceId, name))
    .for('share')
  return rows.length > 0
}

/** What holds a secret for a connector: source connections and OAuth profiles, by name. */
export async function listSecretHolders(
  tx: Tx,
  workspaceId: string,
  name: string,
): Promise<{
  readonly connections: readonly { readonly id: string; readonly name: string }[]
  readonly profiles: readonly { readonly id: string; readonly name: string }[]
}> {
  const ours = await tx
    .select({ id: connections.id, name: connections.name })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        eq(connections.kind, 'source'),
        eq(connections.connector, name),
      ),
    )
    .orderBy(byName(connections.name))
  const profiles = await tx
    .select({ id: oauthProfiles.id, name: oauthProfiles.name })
    .from(oauthProfiles)
    .where(and(eq(oauthProfiles.workspaceId, workspaceId), eq(oauthProfiles.connector, name)))
    .orderBy(byName(oauthProfiles.name))
  return { connections: ours, profiles }
}

/** How many source connections each connector has, by its name. */
export async function listConnectionCounts(
  tx: Tx,
  workspaceId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({ connector: connections.connector, count: count() })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.kind, 'source')))
    .groupBy(connections.connector)
  return new Map(rows.map((row) => [row.connector, row.count]))
}

function own(workspaceId: string, name: string) {
  return and(eq(connectors.workspaceId, workspaceId), eq(connectors.name, name))
}
