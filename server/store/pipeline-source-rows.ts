import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from './database.ts'
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
    .leftJoin(
      pipelineVersions,
      and(
        eq(pipelineVersions.workspaceId, pipelines.workspaceId),
        eq(pipelineVersions.pipelineId, pipelines.id),
        eq(pipelineVersions.version, pipelines.publishedVersion),
      ),
    )
    .where(
      and(
        eq(pipelines.workspaceId, workspaceId),
        isNull(pipelines.deletedAt),
        inArray(source, [...connectionIds]),
      ),
    )
    .orderBy(asc(sql`lower(${pipelines.name})`))
}
