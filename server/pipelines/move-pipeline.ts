import type { Actor } from '../actor.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import { recordAct } from './record-act.ts'
import { requireProject } from './create-pipeline.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'

/** Puts a pipeline into a project; null: into none. */
export async function movePipeline(
  actor: Actor,
  { id, projectId }: { readonly id: string; readonly projectId: string | null },
): Promise<void> {
  await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, id)
    await requireProject(tx, actor, projectId)
    if (pipeline.projectId === projectId) return
    await updatePipeline(tx, actor.workspaceId, id, { projectId })
    await recordAct(tx, actor, {
      action: 'pipeline.move',
      subject: auditSubject(pipeline),
      before: { projectId: pipeline.projectId },
      after: { projectId },
    })
  })
}
