import type { Actor } from '../actor.ts'
import { createPipelineInside } from './create-pipeline.ts'
import { requirePipeline } from './require-pipeline.ts'

/** Makes a new pipeline of another one's draft: same connections, same project, not published. Versions and runs stay with the original. */
export async function duplicatePipeline(
  actor: Actor,
  input: { readonly id: string; readonly name: string },
): Promise<{ readonly id: string }> {
  return await actor.transaction(async (tx) => {
    const { draft, layout, projectId } = await requirePipeline(tx, actor, input.id)
    const copy = { name: input.name, projectId, document: { ...draft }, layout }
    return await createPipelineInside(tx, actor, copy, 'pipeline.duplicate')
  })
}
