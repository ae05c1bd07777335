import { and, desc, eq, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { user } from './tables/auth.ts'
import { connectors, connectorVersions } from './tables/connectors.ts'
import type { ConnectorFiles } from './tables/connectors.ts'

/** A published version without its files. */
export interface ConnectorHead {
  readonly connector: string
  readonly version: number
  /** Of the files: what is equal has the same. */
  readonly digest: string
}

/** A published version, with who published it and why. */
export interface ConnectorVersionRow extends ConnectorHead {
  readonly files: ConnectorFiles
  readonly note: string | null
  readonly publishedBy: string | null
  readonly publishedAt: Date
}

const head = {
  connector: connectorVersions.connector,
  version: connectorVersions.version,
  digest: connectorVersions.digest,
}
const whole = {
  ...head,
  files: connectorVersions.files,
  note: connectorVersions.note,
  publishedBy: sql<string | null>`coalesce(${user.name}, ${connectorVersions.publishedBy})`,
  publishedAt: connectorVersions.publishedAt,
}

/** The versions in use of all connectors of the workspace, by name; of one, where it is named. */
export async function listPublishedHeads(
  tx: Tx,
  workspaceId: string,
  name?: string,
): Promise<readonly ConnectorHead[]> {
  return await tx
    .select(head)
    .from(connectors)
    .innerJoin(
      connectorVersions,
      and(
        eq(connectorVersions.workspaceId, connectors.workspaceId),
        eq(connectorVersions.connector, connectors.name),
        eq(connectorVersions.version, connectors.publishedVersion),
      ),
    )
    .where(
      and(
        eq(connectors.workspaceId, workspaceId),
        name === undefined ? undefined : eq(connectors.name, name),
      ),
    )
    .orderBy(connectors.name)
}

/** The number of the version in use. Null: the workspace has no published connector of this name. */
export async function versionInUse(tx: Tx, workspaceId: string, name: string): Promise<number | null> {
  const [own] = await listPublishedHeads(tx, workspaceId, name)
  return own?.version ?? null
}

/** A published version by its number. */
export async function findConnectorVersion(
  tx: Tx,
  workspaceId: string,
  name: string,
  version: number,
): Promise<ConnectorVersionRow | undefined> {
  const [row] = await tx
    .select(whole)
    .from(connectorVersions)
    .leftJoin(user, eq(user.id, connectorVersions.publishedBy))
    .where(and(ofConnector(workspaceId, name), eq(connectorVersions.version, version)))
  return row
}

/** The published versions of a connector, newest first. */
export async function listConnectorVersions(
  tx: Tx,
  workspaceId: string,
  name: string,
  limit: number,
): Promise<readonly ConnectorVersionRow[]> {
  return await tx
    .select(whole)
    .from(connectorVersions)
    .leftJoin(user, eq(user.id, connectorVersions.publishedBy))
    .where(ofConnector(workspaceId, name))
    .orderBy(desc(connectorVersions.version))
    .limit(limit)
}

/** Writes a version. The numbers are the caller's, who holds the connector's lock. */
export async function insertConnectorVersion(
  tx: Tx,
  workspaceId: string,
  row: Omit<ConnectorVersionRow, 'publishedAt'>,
): Promise<void> {
  await tx.insert(connectorVersions).values({ workspaceId, ...row })
}

function ofConnector(workspaceId: string, name: string) {
  return and(eq(connectorVersions.workspaceId, workspaceId), eq(connectorVersions.connector, name))
}
