import { sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { SQL } from './drizzle.ts'
import type { Tx } from './database.ts'

/** A pipeline that reads with a connector, and what it reads. */
export interface ConnectorUse {
  readonly pipelineId: string
  readonly name: string
  /** Of the version that runs; of the draft where none does. */
  readonly objects: readonly string[]
  /** The connector's version that its runs read with. Null: it was never published, and follows what is in use. */
  readonly version: number | null
}

/** The pipelines that read with a connector, by name: as they are published, and otherwise as they are drafted. */
export async function listConnectorUses(
  tx: Tx,
  workspaceId: string,
  connector: string,
): Promise<readonly ConnectorUse[]> {
  const rows = await tx.execute<{
    id: string
    name: string
    objects: readonly string[]
    version: number | null
  }>(sql`
    select p.id, p.name, p.connector_version as version, (
        select coalesce(json_agg(key order by key), '[]') from jsonb_object_keys(
          case jsonb_typeof(used.document -> 'objects') when 'object' then used.document -> 'objects' else '{}' end
        ) as key) as objects
    from pipelines p
    left join pipeline_versions v
      on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
    cross join lateral (select coalesce(v.document, p.draft) as document) as used
    where p.workspace_id = ${workspaceId} and p.deleted_at is null
      and used.document #>> '{source,connector}' = ${connector}
    order by ${byName(sql`p.name`)}, p.id`)
  return rows.map(({ id, name, objects, version }) => ({ pipelineId: id, name, objects, version }))
}

/** Lets the runs of published pipelines that read with a connector read with this version from now on. */
export async function pinConnector(
  tx: Tx,
  workspaceId: string,
  pin: {
    readonly connector: string
    readonly version: number | null
    /** Absent: all of them. */
    readonly pipelineIds?: readonly string[]
  },
): Promise<void> {
  const { connector, version, pipelineIds } = pin
  const chosen: SQL =
    pipelineIds === undefined
      ? sql`true`
      : sql`p.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(pipelineIds)}::jsonb) as value)`
  await tx.execute(sql`
    update pipelines p set connector_version = ${version}
    from pipeline_versions v
    where p.workspace_id = ${workspaceId} and v.workspace_id = p.workspace_id and v.pipeline_id = p.id
      and v.version = p.published_version and v.document #>> '{source,connector}' = ${connector} and ${chosen}`)
}
