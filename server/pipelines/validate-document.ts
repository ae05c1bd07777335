import type { Actor } from '../actor.ts'
import { discoveredFields } from './discovered-fields.ts'
import { judgeInWorkspace } from './judge-in-workspace.ts'
import type { JudgedProblem } from './problem.ts'

/** Every problem of a document at once, warnings included. Nothing is saved. With the pipeline's id, what its runs discovered is known, too. */
export async function validateDocument(
  actor: Actor,
  input: { readonly document: Readonly<Record<string, unknown>>; readonly id?: string | undefined },
): Promise<{ readonly problems: readonly JudgedProblem[] }> {
  return await actor.transaction(async (tx) => {
    const discovered =
      input.id === undefined ? undefined : await discoveredFields(tx, actor.workspaceId, input.id)
    const { problems } = await judgeInWorkspace(tx, actor, input.document, discovered)
    return { problems }
  })
}
