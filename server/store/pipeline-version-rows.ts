import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { and, desc, eq, inArray, lt, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import type { Layout } from './pipeline-rows.ts'
import { user } from './tables/auth.ts'
import { pipelines, pipelineVersions } from './tables/pipelines.ts'
import { runs } from './tables/runs.ts'

/** A published document, with who published it and why. */
export interface VersionRow {
  readonly version: number
  readonly document: Pipeline
  readonly layout: Layout
  readonly note: string | null
  readonly publishedBy: string | null
  readonly publishedAt: Date
}

const columns = {
  version: pipelineVersions.version,
  document: pipelineVersions.document,
  layout: pipelineVersions.layout,
  note: pipelineVersions.note,
  publishedBy: sql<string | null>`coalesce(${user.name}, ${pipelineVersions.publishedBy})`,
  publishedAt: pipelineVersions.publishedAt,
}

/** Joins pipelines with the version of each that runs. */
export const isPublished = and(
  eq(pipelineVersions.workspaceId, pipelines.workspaceId),
  eq(pipelineVersions.pipelineId, pipelines.id),
  eq(pipelineVersions.version, pipelines.publishedVersion),
)

const ofPipeline = (workspaceId: string, pipelineId: string) =>
  and(eq(pipelineVersions.workspaceId, workspaceId), eq(pipelineVersions.pipelineId, pipelineId))

/** A published version; it stays readable when its pipeline was deleted, for runs that are in the history. */
export async function findVersion(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  version: number,
): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select(columns)
    .from(pipelineVersions)
    .leftJoin(user, eq(user.id, pipelineVersions.publishedBy))
    .where(and(ofPipeline(workspaceId, pipelineId), eq(pipelineVersions.version, version)))
  return row
}

/** Published versions, newest first, from below `before` on. */
export async function listVersions(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly VersionRow[]> {
  return await tx
    .select(columns)
    .from(pipelineVersions)
    .leftJoin(user, eq(user.id, pipelineVersions.publishedBy))
    .where(
      and(
        ofPipeline(workspaceId, pipelineId),
        page.before === undefined ? undefined : lt(pipelineVersions.version, page.before),
      ),
    )
    .orderBy(desc(pipelineVersions.version))
    .limit(page.limit)
}

/** Writes a version. The numbers are the caller's, who holds the pipeline's lock. */
export async function insertVersion(
  tx: Tx,
  workspaceId: string,
  row: Omit<VersionRow, 'publishedAt'> & { readonly pipelineId: string },
): Promise<void> {
  await tx.insert(pipelineVersions).values({ workspaceId, ...row })
}

/** The highest number a version of the pipeline has; 0: none was ever published. */
export async function lastVersion(tx: Tx, workspaceId: string, pipelineId: string): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${pipelineVersions.version}), 0)::int` })
    .from(pipelineVersions)
    .where(ofPipeline(workspaceId, pipelineId))
  return row?.last ?? 0
}

/** The schema in which a pipeline's last run for an account landed something, where its destination is still the one of today. */
export async function findSchemaOf(
  tx: Tx,
  workspaceId: string,
  { pipelineId, accountId }: { readonly pipelineId: string; readonly accountId: string },
): Promise<string | undefined> {
  const { document } = pipelineVersions
  const [row] = await tx
    .select({ schema: sql<string>`${document}#>>'{destination,schema}'` })
    .from(runs)
    .innerJoin(
      pipelineVersions,
      and(ofPipeline(workspaceId, pipelineId), eq(pipelineVersions.version, runs.version)),
    )
    .innerJoin(pipelines, and(eq(pipelines.workspaceId, workspaceId), eq(pipelines.id, pipelineId)))
    .where(
      and(
        eq(runs.workspaceId, workspaceId),
        eq(runs.pipelineId, pipelineId),
        inArray(runs.state, ['succeeded', 'partial']),
        sql`${runs.account}->>'id' = ${accountId}`,
        sql`${document}#>>'{destination,connection}' = ${pipelines.draft}#>>'{destination,connection}'`,
      ),
    )
    .orderBy(desc(runs.queuedAt))
    .limit(1)
  return row?.schema
}
