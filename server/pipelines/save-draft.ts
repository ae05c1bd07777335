import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findLastAct, recordAudit } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import { findRevision, keepRevision } from '../store/draft-revision-rows.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import type { Draft, Layout, PipelineRow } from '../store/pipeline-rows.ts'
import { acceptDraft, refuseUnkeepable } from './accept-draft.ts'
import { diffDocuments } from './diff-documents.ts'
import { judgeInWorkspace } from './judge-in-workspace.ts'
import { auditSentences, nameConnections } from './name-connections.ts'
import type { JudgedProblem } from './problem.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'

export interface DraftSave {
  readonly id: string
  /** The revision that the person had before them. */
  readonly baseRevision: number
  readonly document: Readonly<Record<string, unknown>>
  readonly layout?: Layout | undefined
}

export interface SavedDraft {
  readonly revision: number
  readonly problems: readonly JudgedProblem[]
}

/**
 * Saves a draft, sound or not. A document that is equal to the one that is there makes no revision, so that moving a step is no change, and a
 * save whose answer was lost may be sent again. Throws `CONFLICT`, with who saved meanwhile, when, what they changed and the document as it
 * is now in its details, where the draft is newer than `baseRevision`.
 */
export async function saveDraft(actor: Actor, input: DraftSave): Promise<SavedDraft> {
  const document = acceptDraft(input.document)
  if (input.layout) refuseUnkeepable(input.layout)
  return await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, input.id)
    const revision = await keepDraft(tx, actor, pipeline, { ...input, document })
    const { problems } = await judgeInWorkspace(tx, actor, document, pipeline.id)
    return { revision, problems }
  })
}

async function keepDraft(
  tx: Tx,
  actor: Actor,
  pipeline: PipelineRow,
  { baseRevision, document, layout }: DraftSave & { readonly document: Draft },
): Promise<number> {
  const { workspaceId } = actor
  if (isDeepStrictEqual(pipeline.draft, document)) {
    if (layout && baseRevision === pipeline.revision)
      await updatePipeline(tx, workspaceId, pipeline.id, { layout })
    return pipeline.revision
  }
  if (pipeline.revision !== baseRevision) return await refuseStale(tx, actor, pipeline, baseRevision)
  await writeDraft(tx, actor, pipeline, { document, ...(layout ? { layout } : {}) })
  if (await isSameSitting(tx, actor, pipeline.id)) return baseRevision + 1
  await recordAudit(tx, actor, {
    action: 'pipeline.save',
    subject: auditSubject(pipeline),
    after: {
      revision: baseRevision + 1,
      changes: auditSentences(diffDocuments(pipeline.draft, document, await nameConnections(tx, actor))),
    },
  })
  return baseRevision + 1
}

/** The editor saves by itself, every few seconds: one line of the audit log says that somebody sat over a draft. Each save is a revision all the same. */
const sittingMs = 10 * 60_000

async function isSameSitting(tx: Tx, actor: Actor, subjectId: string): Promise<boolean> {
  const since = new Date(actor.services.clock.now() - sittingMs)
  const last = await findLastAct(tx, actor.workspaceId, { subjectId, since })
  return last?.action === 'pipeline.save' && last.userId === actor.userId
}

/** Makes a document the next revision of a pipeline that is locked. A pipeline is called what its document says. */
export async function writeDraft(
  tx: Tx,
  actor: Actor,
  pipeline: Pick<PipelineRow, 'id' | 'name' | 'revision'>,
  { document, layout }: { readonly document: Draft; readonly layout?: Layout },
): Promise<void> {
  const revision = pipeline.revision + 1
  const { name } = document
  await updatePipeline(tx, actor.workspaceId, pipeline.id, {
    draft: document,
    revision,
    draftBy: actor.userId,
    draftAt: new Date(actor.services.clock.now()),
    name: typeof name === 'string' && name.trim() !== '' ? name.slice(0, 200) : pipeline.name,
    ...(layout ? { layout } : {}),
  })
  const kept = { pipelineId: pipeline.id, revision, document, by: actor.userId }
  await keepRevision(tx, actor.workspaceId, kept)
}

/** Throws `CONFLICT`: the draft is not the one that the person saw. */
export async function refuseStale(
  tx: Tx,
  actor: Actor,
  pipeline: PipelineRow,
  baseRevision: number,
): Promise<never> {
  const base = await findRevision(tx, actor.workspaceId, pipeline.id, baseRevision)
  const nameOf = await nameConnections(tx, actor)
  const { revision, draftBy, draftAt, draft, layout } = pipeline
  throw new DomainError(
    'CONFLICT',
    `${draftBy ?? 'Penstock'} saved “${pipeline.name}” meanwhile. Look at what changed, then save yours on top of it.`,
    {
      details: {
        revision,
        savedBy: draftBy,
        savedAt: draftAt.toISOString(),
        changes: diffDocuments(base ?? null, draft, nameOf),
        document: draft,
        layout,
      },
    },
  )
}
