import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findPipeline } from '../store/pipeline-rows.ts'
import type { PipelineRow } from '../store/pipeline-rows.ts'
import type { Tx } from '../store/database.ts'

/** The pipeline, or `NOT_FOUND`: there is none in the actor's workspace, or it was deleted. */
export async function requirePipeline(
  tx: Tx,
  actor: Actor,
  id: string,
  lock: 'lock' | 'look' = 'look',
): Promise<PipelineRow> {
  const pipeline = await findPipeline(tx, actor.workspaceId, id, lock)
  if (!pipeline) throw new DomainError('NOT_FOUND', 'There is no such pipeline in this workspace.')
  return pipeline
}

/** The same, for who is about to change it. */
export async function lockPipeline(tx: Tx, actor: Actor, id: string): Promise<PipelineRow> {
  return await requirePipeline(tx, actor, id, 'lock')
}

/** A pipeline as the audit log names it. */
export function auditSubject(pipeline: { readonly id: string; readonly name: string }) {
  return { type: 'pipeline', id: pipeline.id, name: pipeline.name }
}
