import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { and, eq, getTableColumns, isNull, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { isPublished } from './pipeline-version-rows.ts'
import { user } from './tables/auth.ts'
import { pipelines, pipelineVersions } from './tables/pipelines.ts'

/** A document as someone left it: any JSON object. */
export type Draft = Partial<Pipeline>
export type Layout = Readonly<Record<string, unknown>>

/** A pipeline that was not deleted, with its published document and the names of who touched it. */
export interface PipelineRow {
  readonly id: string
  readonly projectId: string | null
  readonly name: string
  readonly draft: Draft
  readonly layout: Layout
  readonly revision: number
  readonly draftBy: string | null
  readonly draftAt: Date
  readonly publishedVersion: number | null
  readonly published: Pipeline | null
  /** Of the workspace's own connector, for the published document; null: the connector comes with Penstock. */
  readonly connectorVersion: number | null
  readonly pausedAt: Date | null
  readonly pausedReason: string | null
  readonly nextRunAt: Date | null
}

const { draft, layout, id, projectId, name, revision, draftAt, publishedVersion } = getTableColumns(pipelines)
const { pausedAt, pausedReason, nextRunAt, connectorVersion } = getTableColumns(pipelines)

/** A pipeline of this workspace. With `lock`, nobody else changes it before the transaction ends. Undefined: there is none, or it was deleted. */
export async function findPipeline(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<PipelineRow | undefined> {
  const query = tx
    .select({
      id,
      projectId,
      name,
      draft,
      layout,
      revision,
      draftAt,
      publishedVersion,
      connectorVersion,
      pausedAt,
      pausedReason,
      nextRunAt,
      draftBy: sql<string | null>`coalesce(${user.name}, ${pipelines.draftBy})`,
      published: pipelineVersions.document,
    })
    .from(pipelines)
    .leftJoin(user, eq(user.id, pipelines.draftBy))
    .leftJoin(pipelineVersions, isPublished)
    .where(
      and(eq(pipelines.workspaceId, workspaceId), eq(pipelines.id, pipelineId), isNull(pipelines.deletedAt)),
    )
  const [row] = await (lock === 'lock' ? query.for('update', { of: pipelines }) : query)
  return row
}

/** Writes a new pipeline and answers its id. */
export async function insertPipeline(
  tx: Tx,
  workspaceId: string,
  values: {
    readonly name: string
    readonly projectId: string | null
    readonly draft: Draft
    readonly layout: Layout
    readonly by: string | null
  },
): Promise<string> {
  const { by, ...rest } = values
  const [row] = await tx
    .insert(pipelines)
    .values({ workspaceId, ...rest, createdBy: by, draftBy: by })
    .returning({ id: pipelines.id })
  if (!row) throw new Error('The pipeline was not written.')
  return row.id
}

/** What of a pipeline can be changed by itself. */
export interface PipelineChange {
  readonly name?: string
  readonly projectId?: string | null
  readonly draft?: Draft
  readonly layout?: Layout
  readonly revision?: number
  readonly draftBy?: string | null
  readonly draftAt?: Date
  readonly publishedVersion?: number
  readonly connectorVersion?: number | null
  readonly pausedAt?: Date | null
  readonly pausedReason?: string | null
  readonly nextRunAt?: Date | null
  readonly deletedAt?: Date
}

/** Changes a pipeline of this workspace. */
export async function updatePipeline(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  change: PipelineChange,
): Promise<void> {
  await tx
    .update(pipelines)
    .set(change)
    .where(and(eq(pipelines.workspaceId, workspaceId), eq(pipelines.id, pipelineId)))
}
