import { and, eq, notInArray, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { lockNames } from './lock-names.ts'
import { connections } from './tables/connections.ts'

/** A connection as it is stored: its secrets are sealed. */
export type ConnectionRow = typeof connections.$inferSelect
export type NewConnection = typeof connections.$inferInsert
export type ConnectionPatch = Partial<
  Omit<NewConnection, 'id' | 'workspaceId' | 'kind' | 'connector' | 'createdAt' | 'createdBy'>
>

/** The connection of this id; undefined where the workspace has none. */
export async function findConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const [row] = await tx.select().from(connections).where(own(workspaceId, id))
  return row
}

/** As `findConnection`, and nobody else changes the row, or shares this lock with us, until the transaction ends. */
export async function lockConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const [row] = await tx.select().from(connections).where(own(workspaceId, id)).for('update')
  return row
}

/** The workspace's connections, by name. With `lock`, nobody changes them before the transaction ends. */
export async function listConnections(
  tx: Tx,
  workspaceId: string,
  filter: { readonly kind?: ConnectionRow['kind']; readonly projectId?: string; readonly lock?: true } = {},
): Promise<readonly ConnectionRow[]> {
  const { kind, projectId, lock } = filter
  const query = tx
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        kind === undefined ? undefined : eq(connections.kind, kind),
        projectId === undefined ? undefined : eq(connections.projectId, projectId),
      ),
    )
    .orderBy(byName(connections.name), connections.id)
  return await (lock ? query.for('update') : query)
}

/** Whether another connection of the workspace has this name. Nobody else gives one until the transaction ends. */
export async function isConnectionNameTaken(
  tx: Tx,
  workspaceId: string,
  name: string,
  besides?: string,
): Promise<boolean> {
  await lockNames(tx, workspaceId, 'connection')
  const [row] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        eq(connections.name, name),
        besides === undefined ? undefined : sql`${connections.id} <> ${besides}`,
      ),
    )
  return row !== undefined
}

export async function insertConnection(tx: Tx, row: NewConnection): Promise<ConnectionRow> {
  const [inserted] = await tx.insert(connections).values(row).returning()
  if (!inserted) throw new Error('The database did not give back what it inserted.')
  return inserted
}

/** Answers the row as it is now; undefined where there is none. */
export async function updateConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
  patch: ConnectionPatch,
): Promise<ConnectionRow | undefined> {
  const [row] = await tx
    .update(connections)
    .set({ ...patch, updatedAt: sql`now()` })
    .where(own(workspaceId, id))
    .returning()
  return row
}

/**
 * Puts sealed secrets that an API renewed in place of older ones, unless the connection was disconnected, or given another credential,
 * since `credentialVersion` was read. Answers the credential's new version, of which the part before the dot stays what a person made it;
 * undefined where all stayed as it is.
 */
export async function renewSecrets(
  tx: Tx,
  workspaceId: string,
  { id, credentialVersion }: Pick<ConnectionRow, 'id' | 'credentialVersion'>,
  secrets: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const [row] = await tx
    .update(connections)
    .set({
      credentialVersion: sql`split_part(${connections.credentialVersion}, '.', 1) || '.' || gen_random_uuid()`,
      secrets: sql`${connections.secrets} || ${JSON.stringify(secrets)}::jsonb`,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        own(workspaceId, id),
        eq(connections.credentialVersion, credentialVersion),
        notInArray(connections.state, ['disconnected', 'wiping']),
      ),
    )
    .returning({ version: connections.credentialVersion })
  return row?.version
}

export async function deleteConnection(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(connections).where(own(workspaceId, id))
}

/** A pipeline that names a connection, in its draft or in the version that runs. */
export interface ConnectionUse {
  readonly connectionId: string
  readonly pipelineId: string
  readonly name: string
}

/** Which pipelines name which connections of the workspace; of one connection, where `connectionId` is given. */
export async function listConnectionUses(
  tx: Tx,
  workspaceId: string,
  connectionId?: string,
): Promise<readonly ConnectionUse[]> {
  const rows = await tx.execute<{ connection_id: string; pipeline_id: string; name: string }>(sql`
    select distinct used.connection as connection_id, p.id as pipeline_id, p.name
    from pipelines p
    left join pipeline_versions v
      on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
    cross join lateral (values
      (p.draft #>> '{source,connection}'), (p.draft #>> '{destination,connection}'),
      (v.document #>> '{source,connection}'), (v.document #>> '{destination,connection}')
    ) as used (connection)
    where p.workspace_id = ${workspaceId} and p.deleted_at is null and used.connection is not null
      and (${connectionId ?? null}::text is null or used.connection = ${connectionId ?? null}::text)
    order by p.name`)
  return rows.map((row) => ({
    connectionId: row.connection_id,
    pipelineId: row.pipeline_id,
    name: row.name,
  }))
}

/** The schemas that pipelines write to through a destination, as their drafts and running versions say. */
export async function listNamespaces(
  tx: Tx,
  workspaceId: string,
  destinationId: string,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ namespace: string }>(sql`
    select distinct named.destination ->> 'schema' as namespace
    from pipelines p
    left join pipeline_versions v
      on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
    cross join lateral (values (p.draft -> 'destination'), (v.document -> 'destination')) as named (destination)
    where p.workspace_id = ${workspaceId} and p.deleted_at is null
      and named.destination ->> 'connection' = ${destinationId} and named.destination ->> 'schema' <> ''
    order by 1`)
  return rows.map(({ namespace }) => namespace)
}

/** The pipelines that read from a source, as their drafts or running versions say. */
export async function listSourceUses(
  tx: Tx,
  workspaceId: string,
  sourceId: string,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select p.id from pipelines p
    left join pipeline_versions v
      on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
    where p.workspace_id = ${workspaceId} and p.deleted_at is null
      and (p.draft #>> '{source,connection}' = ${sourceId} or v.document #>> '{source,connection}' = ${sourceId})
    order by p.id`)
  return rows.map(({ id }) => id)
}

/** A pipeline whose draft goes from a source to a destination; the oldest, where there are several. */
export async function findPipelineBetween(
  tx: Tx,
  workspaceId: string,
  sourceId: string,
  destinationId: string,
): Promise<string | undefined> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select id from pipelines where workspace_id = ${workspaceId} and deleted_at is null
      and draft #>> '{source,connection}' = ${sourceId} and draft #>> '{destination,connection}' = ${destinationId}
    order by created_at limit 1`)
  return row?.id
}

/** The accounts of the workspace's other sources, as tables name whose data they hold: `intercom:abc123`. Those of the same account are none. */
export async function listOtherAccounts(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ source: string }>(sql`
    select distinct other.connector || ':' || other.account_id as source from connections other
    where other.workspace_id = ${workspaceId} and other.kind = 'source' and other.account_id is not null
      and not exists (
        select from connections own where own.workspace_id = other.workspace_id and own.id = ${id}
          and (own.kind = 'destination' or (own.connector, own.account_id) = (other.connector, other.account_id)))`)
  return new Set(rows.map(({ source }) => source))
}

function own(workspaceId: string, id: string) {
  return and(eq(connections.workspaceId, workspaceId), eq(connections.id, id))
}
