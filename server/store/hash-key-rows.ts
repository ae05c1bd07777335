import { desc, eq, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { hashKeys } from './tables/hash-keys.ts'
import { workspaceSettings } from './tables/workspaces.ts'

export interface HashKeyRow {
  readonly version: number
  readonly sealed: string
  /** Null: it came with the workspace. */
  readonly createdBy: string | null
  readonly createdAt: Date
}

/** All keys that personal data of a workspace was ever hashed under, newest first. Empty: there is no such workspace. */
export async function listHashKeys(tx: Tx, workspaceId: string): Promise<readonly HashKeyRow[]> {
  const { hashKeySealed, createdAt } = workspaceSettings
  const [first] = await tx
    .select({ sealed: hashKeySealed, createdAt })
    .from(workspaceSettings)
    .where(eq(workspaceSettings.workspaceId, workspaceId))
  if (!first) return []
  const later = await tx
    .select()
    .from(hashKeys)
    .where(eq(hashKeys.workspaceId, workspaceId))
    .orderBy(desc(hashKeys.version))
  return [...later, { ...first, version: 1, createdBy: null }]
}

/** Writes a later key. */
export async function insertHashKey(
  tx: Tx,
  workspaceId: string,
  key: Omit<HashKeyRow, 'createdBy' | 'createdAt'> & { readonly createdBy: string; readonly createdAt: Date },
): Promise<void> {
  await tx.insert(hashKeys).values({ ...key, workspaceId })
}

/** An object of a published pipeline that has hashed fields. */
export interface HashedObject extends Record<string, unknown> {
  readonly pipeline_id: string
  readonly pipeline: string
  readonly object: string
  /** Paths that the document hashes, and new fields that were hashed when they appeared or by a decision. */
  readonly fields: readonly string[]
  /** Whether rows of it landed before the newest key was made, and it was not read anew from its beginning since. */
  readonly older: boolean
}

/**
 * The objects whose rows hold tokens, by pipeline and name. `since`: when the newest key was made; null: there is only one key, and so no older
 * token. What a run landed that began before is taken to hold older tokens.
 */
export async function listHashedObjects(
  tx: Tx,
  workspaceId: string,
  since: Date | null,
): Promise<readonly HashedObject[]> {
  const moment = since?.toISOString() ?? null
  return await tx.execute<HashedObject>(sql`
    with hashed as (
      select p.id as pipeline_id, p.name as pipeline, o.key as object, array(
        select f.key from jsonb_each_text(coalesce(o.value->'fields', '{}'::jsonb)) as f where f.value = 'hash'
        union
        select c.field from schema_changes as c
        where c.workspace_id = p.workspace_id and c.pipeline_id = p.id and c.object = o.key and c.kind = 'added'
          and coalesce(c.decision, case c.applied when 'column_added_hashed' then 'hash' end) = 'hash'
          and not coalesce(o.value->'fields', '{}'::jsonb) ? c.field
        order by 1) as fields
      from pipelines as p
      join pipeline_versions as v
        on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
      cross join lateral jsonb_each(v.document->'objects') as o
      where p.workspace_id = ${workspaceId} and p.deleted_at is null)
    select hashed.*, ${moment}::timestamptz is not null
      and exists (
        select from runs as r join run_objects as ro on ro.workspace_id = r.workspace_id and ro.run_id = r.id
        where r.workspace_id = ${workspaceId} and r.pipeline_id = hashed.pipeline_id and ro.object = hashed.object
          and ro.loaded > 0 and r.started_at < ${moment}::timestamptz)
      and not exists (
        select from runs as r join run_objects as ro on ro.workspace_id = r.workspace_id and ro.run_id = r.id
        where r.workspace_id = ${workspaceId} and r.pipeline_id = hashed.pipeline_id and ro.object = hashed.object
          and (r.full_refresh or ro.mode = 'full_refresh') and ro.state in ('done', 'warning')
          and r.started_at >= ${moment}::timestamptz) as older
    from hashed where cardinality(fields) > 0
    order by ${byName(sql`pipeline`)}, pipeline_id, object`)
}
