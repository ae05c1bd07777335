import { randomUUID } from 'node:crypto'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { connectionSecretUse } from '@penstock/server/connections/secret-use.ts'
import type { Vault } from '@penstock/server/secrets/vault.ts'
import type { Sql } from 'postgres'

/** A saved source and destination. */
export interface Wiring {
  readonly sourceId: string
  readonly destinationId: string
}

/** Saves a sandbox workspace as a source, and a PostgreSQL database as a destination. */
export async function saveConnections(input: {
  readonly sql: Sql
  readonly vault: Vault
  readonly workspaceId: string
  readonly sandboxUrl: string
  readonly warehouseUrl: string
}): Promise<Wiring> {
  const { sql, vault, workspaceId } = input
  const [sourceId, destinationId] = [randomUUID(), randomUUID()]
  const token = await vault.seal(connectionSecretUse(sourceId, 'accessToken'), 'sandbox-token')
  const address = await vault.seal(connectionSecretUse(destinationId, 'url'), input.warehouseUrl)
  await sql`insert into connections (id, workspace_id, kind, connector, name, region, settings, secrets, method, state) values
    (${sourceId}, ${workspaceId}, 'source', 'intercom', ${`Intercom ${sourceId}`}, 'us', ${sql.json({ apiBaseUrl: input.sandboxUrl })}, ${sql.json({ accessToken: token })}, 'settings', 'healthy'),
    (${destinationId}, ${workspaceId}, 'destination', 'postgres', ${`Warehouse ${destinationId}`}, null, '{}', ${sql.json({ url: address })}, 'settings', 'healthy')`
  return { sourceId, destinationId }
}

/** Saves a pipeline of these objects as published; its tables land in the schema that `schemaOf` names. */
export async function savePipeline(input: {
  readonly sql: Sql
  readonly workspaceId: string
  readonly wiring: Wiring
  readonly objects: Pipeline['objects'] | readonly string[]
  readonly options?: Partial<Pipeline>
}): Promise<string> {
  const { sql, workspaceId, wiring, objects, options } = input
  const id = randomUUID()
  const document = {
    name: `Pipeline ${id}`,
    source: { connector: 'intercom', connection: wiring.sourceId },
    objects: Array.isArray(objects) ? Object.fromEntries(objects.map((name) => [name, {}])) : objects,
    destination: { type: 'postgres', connection: wiring.destinationId, schema: schemaOf(id) },
    ...options,
  }
  const text = JSON.stringify(document)
  await sql`insert into pipelines (id, workspace_id, name, draft, published_version)
    values (${id}, ${workspaceId}, ${document.name}, ${text}::text::jsonb, 1)`
  await sql`insert into pipeline_versions (workspace_id, pipeline_id, version, document)
    values (${workspaceId}, ${id}, 1, ${text}::text::jsonb)`
  return id
}

export function schemaOf(pipelineId: string): string {
  return `p_${pipelineId.slice(0, 8)}`
}

/** A table's rows that are not marked as deleted; none where there is no table. */
export async function landedRows(
  sql: Sql,
  pipelineId: string,
  object: string,
): Promise<readonly Record<string, unknown>[]> {
  const schema = schemaOf(pipelineId)
  const there = await sql`select to_regclass(${`${schema}.${object}`}) as name`
  return there[0]?.['name'] === null
    ? []
    : sql`select * from ${sql(schema)}.${sql(object)} where _deleted_at is null`
}
