import type { Actor } from '../actor.ts'
import { recordAct } from './record-act.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'
import { writeDraft } from './save-draft.ts'

/** Gives a pipeline another name, at once and in its draft, whose new revision is answered. */
export async function renamePipeline(
  actor: Actor,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<{ readonly revision: number }> {
  return await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, id)
    if (pipeline.name === name && pipeline.draft.name === name) return { revision: pipeline.revision }
    await writeDraft(tx, actor, pipeline, { document: { ...pipeline.draft, name } })
    await recordAct(tx, actor, {
      action: 'pipeline.rename',
      subject: auditSubject({ id, name }),
      before: { name: pipeline.name },
      after: { name },
    })
    return { revision: pipeline.revision + 1 }
  })
}
