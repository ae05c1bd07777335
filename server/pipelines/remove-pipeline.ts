import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import { findActiveRun } from '../store/run-rows.ts'
import { recordAct } from './record-act.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'

/**
 * Removes a pipeline: it is shown nowhere but in the history of its runs, and none starts any more. Its tables in the destination stay.
 * Throws `CONFLICT`, with the run's id in its details, while one waits or is under way.
 */
export async function removePipeline(actor: Actor, { id }: { readonly id: string }): Promise<void> {
  await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, id)
    const run = await findActiveRun(tx, actor.workspaceId, id)
    if (run)
      throw new DomainError(
        'CONFLICT',
        `A run of “${pipeline.name}” is under way. Cancel it, or wait for its end; then remove the pipeline.`,
        { details: { runId: run.id } },
      )
    const deletedAt = new Date(actor.services.clock.now())
    await updatePipeline(tx, actor.workspaceId, id, { deletedAt, nextRunAt: null })
    await recordAct(tx, actor, {
      action: 'pipeline.remove',
      subject: auditSubject(pipeline),
      before: { version: pipeline.publishedVersion, projectId: pipeline.projectId },
    })
  })
}
