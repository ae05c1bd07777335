import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Actor } from '../actor.ts'
import { atOnce } from '../store/at-once.ts'
import type { DiscoveredField } from '../store/change-rows.ts'
import type { Draft, Layout } from '../store/pipeline-rows.ts'
import { listSummaryRows } from '../store/pipeline-summary-rows.ts'
import { connectorNamed, judgeIn, lookAround } from './judge-in-workspace.ts'
import type { JudgedProblem } from './problem.ts'
import { requirePipeline } from './require-pipeline.ts'
import { summarisePipelines } from './summarise-pipelines.ts'
import type { PipelineSummary } from './summarise-pipelines.ts'

/** A pipeline as the editor opens it. */
export interface PipelineDetails extends PipelineSummary {
  readonly draft: Draft
  readonly layout: Layout
  readonly revision: number
  readonly draftBy: string | null
  readonly draftAt: string
  readonly publishedDocument: Pipeline | null
  readonly version: number | null
  /** The version of the workspace's own connector that its runs read with, and the one in use, with which publishing goes on. */
  readonly connectorVersion: number | null
  readonly connectorVersionInUse: number | null
  /** Of the draft. */
  readonly problems: readonly JudgedProblem[]
  /** Fields that its runs met and the manifest does not know. */
  readonly discoveredFields: readonly DiscoveredField[]
}

/** A pipeline with its draft and its published document. Throws `NOT_FOUND`. */
export async function getPipeline(actor: Actor, { id }: { readonly id: string }): Promise<PipelineDetails> {
  return await actor.transaction(async (tx) => {
    const { workspaceId } = actor
    const [pipeline, rows, workspace] = await atOnce([
      requirePipeline(tx, actor, id),
      listSummaryRows(tx, workspaceId, { ids: [id], order: 'name', falling: false, limit: 1, offset: 0 }),
      lookAround(tx, actor, id),
    ])
    const connector = connectorNamed(pipeline.draft)
    const [[summary], { problems }] = await atOnce([
      summarisePipelines(tx, workspaceId, rows, actor.services.clock.now()),
      judgeIn(tx, actor, workspace, { document: pipeline.draft, pipelineId: id }),
    ])
    if (!summary) throw new Error('A pipeline that is there has no summary.')
    return {
      ...summary,
      draft: pipeline.draft,
      layout: pipeline.layout,
      revision: pipeline.revision,
      draftBy: pipeline.draftBy,
      draftAt: pipeline.draftAt.toISOString(),
      publishedDocument: pipeline.published,
      version: pipeline.publishedVersion,
      connectorVersion: pipeline.connectorVersion,
      connectorVersionInUse: connector === undefined ? null : workspace.manifests.versionInUse(connector),
      problems,
      discoveredFields: workspace.added,
    }
  })
}
