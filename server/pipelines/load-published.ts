import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { DomainError } from '../domain-error.ts'
import type { Tx } from '../store/database.ts'
import { findPipeline } from '../store/pipeline-rows.ts'
import { findVersion } from '../store/pipeline-version-rows.ts'

/** What a run needs to know of its pipeline: a published document, and the saved connections it names. */
export interface PublishedPipeline {
  readonly pipelineId: string
  readonly name: string
  readonly version: number
  readonly document: Pipeline
  readonly sourceConnectionId: string
  readonly destinationConnectionId: string
  readonly pausedAt: Date | null
}

/**
 * The published document of a pipeline: its current version, or one that was published before (a run keeps the version it was queued with).
 * Throws `NOT_FOUND` where the pipeline was deleted, or is another workspace's, and `CONFLICT` where it was never published.
 */
export async function loadPublished(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  version?: number,
): Promise<PublishedPipeline> {
  const pipeline = await findPipeline(tx, workspaceId, pipelineId)
  if (!pipeline) throw new DomainError('NOT_FOUND', 'There is no such pipeline in this workspace.')
  const wanted = version ?? pipeline.publishedVersion
  if (wanted === null)
    throw new DomainError('CONFLICT', `“${pipeline.name}” was never published. Publish it, then run it.`)
  const document =
    wanted === pipeline.publishedVersion
      ? pipeline.published
      : (await findVersion(tx, workspaceId, pipelineId, wanted))?.document
  if (!document) throw new DomainError('NOT_FOUND', `“${pipeline.name}” has no version ${wanted}.`)
  return {
    pipelineId,
    name: pipeline.name,
    version: wanted,
    document,
    sourceConnectionId: savedId(document.source.connection),
    destinationConnectionId: savedId(document.destination.connection),
    pausedAt: pipeline.pausedAt,
  }
}

/** Publishing refuses anything but a saved connection's id. */
function savedId(connection: unknown): string {
  if (typeof connection === 'string') return connection
  throw new Error('A published document names a connection that is not saved.')
}
