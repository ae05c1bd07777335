import type { Actor } from '../actor.ts'
import { judgeInWorkspace } from './judge-in-workspace.ts'
import type { JudgedProblem } from './problem.ts'

/** Every problem of a document at once, warnings included. Nothing is saved. With the pipeline's id, what its runs discovered is known, too. */
export async function validateDocument(
  actor: Actor,
  input: { readonly document: Readonly<Record<string, unknown>>; readonly id?: string | undefined },
): Promise<{ readonly problems: readonly JudgedProblem[] }> {
  const { problems } = await actor.transaction((tx) => judgeInWorkspace(tx, actor, input.document, input.id))
  return { problems }
}
