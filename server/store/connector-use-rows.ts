import { sql } from 'drizzle-orm'
import type { Tx } from './database.ts'

/** A pipeline that reads with a connector, and what it reads. */
export interface ConnectorUse {
  readonly pipelineId: string
  readonly name: string
  /** Of the version that runs; of the draft where none does. */
  readonly objects: readonly string[]
}

/** The pipelines that read with a connector, by name: as they are published, and otherwise as they are drafted. */
export async function listConnectorUses(
  tx: Tx,
  workspaceId: string,
  connector: string,
): Promise<readonly ConnectorUse[]> {
  const rows = await tx.execute<{ id: string; name: string; objects: readonly string[] }>(sql`
    select p.id, p.name, (
        select coalesce(json_agg(key order by key), '[]') from jsonb_object_keys(
          case jsonb_typeof(used.document -> 'objects') when 'object' then used.document -> 'objects' else '{}' end
        ) as key) as objects
    from pipelines p
    left join pipeline_versions v
      on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
    cross join lateral (select coalesce(v.document, p.draft) as document) as used
    where p.workspace_id = ${workspaceId} and p.deleted_at is null
      and used.document #>> '{source,connector}' = ${connector}
    order by lower(p.name)`)
  return rows.map(({ id, name, objects }) => ({ pipelineId: id, name, objects }))
}
