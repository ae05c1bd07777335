import { and, eq, inArray, isNull, ne, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import { isPublished } from './pipeline-version-rows.ts'
import { pipelines, pipelineVersions } from './tables/pipelines.ts'

/** The pipelines that read through one of these connections, by name: as they are published, and otherwise as they are drafted. */
export async function listPipelinesOf(
  tx: Tx,
  workspaceId: string,
  connectionIds: readonly string[],
): Promise<readonly { readonly pipelineId: string; readonly name: string }[]> {
  const source = sql<string>`coalesce(${pipelineVersions.document}, ${pipelines.draft})#>>'{source,connection}'`
  return await tx
    .select({ pipelineId: pipelines.id, name: pipelines.name })
    .from(pipelines)
    .leftJoin(pipelineVersions, isPublished)
    .where(
      and(
        eq(pipelines.workspaceId, workspaceId),
        isNull(pipelines.deletedAt),
        inArray(source, [...connectionIds]),
      ),
    )
    .orderBy(byName(pipelines.name))
}

/** A published pipeline and the objects whose tables it fills. */
export interface Writer {
  readonly name: string
  readonly objects: readonly string[]
}

/** The published pipelines that fill tables in one schema of a destination, but for one. */
export async function listWriters(
  tx: Tx,
  workspaceId: string,
  place: { readonly connection: string; readonly schema: string; readonly exceptId: string | undefined },
): Promise<readonly Writer[]> {
  const { document } = pipelineVersions
  const rows = await tx
    .select({
      name: pipelines.name,
      objects: sql<
        readonly string[]
      >`(select coalesce(json_agg(key), '[]') from jsonb_object_keys(${document}->'objects') as key)`,
    })
    .from(pipelines)
    .innerJoin(pipelineVersions, isPublished)
    .where(
      and(
        eq(pipelines.workspaceId, workspaceId),
        isNull(pipelines.deletedAt),
        eq(sql`${document}#>>'{destination,connection}'`, place.connection),
        eq(sql`${document}#>>'{destination,schema}'`, place.schema),
        place.exceptId === undefined ? undefined : ne(pipelines.id, place.exceptId),
      ),
    )
    .orderBy(byName(pipelines.name))
  return rows
}
