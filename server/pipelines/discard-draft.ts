import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAct } from './record-act.ts'
import { diffDocuments } from './diff-documents.ts'
import { auditSentences, nameConnections } from './name-connections.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'
import { refuseStale, writeDraft } from './save-draft.ts'

/**
 * Makes the draft what is published, as a new revision; the name stays. Throws `CONFLICT` where nothing was ever published, or, given the
 * revision that the person saw, where someone saved meanwhile.
 */
export async function discardDraft(
  actor: Actor,
  input: { readonly id: string; readonly revision?: number | undefined },
): Promise<{ readonly revision: number }> {
  return await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, input.id)
    if (input.revision !== undefined && input.revision !== pipeline.revision)
      await refuseStale(tx, actor, pipeline, input.revision)
    if (!pipeline.published)
      throw new DomainError(
        'CONFLICT',
        `“${pipeline.name}” was never published, so there is nothing to go back to. Remove it instead.`,
      )
    const document = { ...pipeline.published, name: pipeline.name }
    const discarded = diffDocuments(document, pipeline.draft, await nameConnections(tx, actor))
    if (discarded.length === 0) return { revision: pipeline.revision }
    await writeDraft(tx, actor, pipeline, { document })
    await recordAct(tx, actor, {
      action: 'pipeline.discard_draft',
      subject: auditSubject(pipeline),
      before: { revision: pipeline.revision, changes: auditSentences(discarded) },
      after: { revision: pipeline.revision + 1 },
    })
    return { revision: pipeline.revision + 1 }
  })
}
