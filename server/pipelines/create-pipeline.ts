import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Tx } from '../store/database.ts'
import { keepRevision } from '../store/draft-revision-rows.ts'
import { insertPipeline } from '../store/pipeline-rows.ts'
import type { Layout } from '../store/pipeline-rows.ts'
import { projectExists } from '../store/project-rows.ts'
import { recordAct } from './record-act.ts'
import { acceptDraft, refuseUnkeepable } from './accept-draft.ts'
import { auditSubject } from './require-pipeline.ts'

export interface NewPipeline {
  readonly name: string
  readonly projectId?: string | null | undefined
  /** Absent: an empty draft. Its name is replaced by `name`. */
  readonly document?: Readonly<Record<string, unknown>> | undefined
  readonly layout?: Layout | undefined
}

/** Makes a pipeline that is a draft only. Throws `INVALID` where the document holds a connection's settings. */
export async function createPipeline(actor: Actor, input: NewPipeline): Promise<{ readonly id: string }> {
  return await actor.transaction((tx) => createPipelineInside(tx, actor, input, 'pipeline.create'))
}

/** The same, as a part of something larger. `action` is what the audit log calls it. */
export async function createPipelineInside(
  tx: Tx,
  actor: Actor,
  input: NewPipeline,
  action: string,
): Promise<{ readonly id: string }> {
  const { name, projectId = null, document = { objects: {} }, layout = {} } = input
  const draft = acceptDraft({ ...document, name })
  refuseUnkeepable(layout)
  await requireProject(tx, actor, projectId)
  const id = await insertPipeline(tx, actor.workspaceId, { name, projectId, draft, layout, by: actor.userId })
  await keepRevision(tx, actor.workspaceId, {
    pipelineId: id,
    revision: 1,
    document: draft,
    by: actor.userId,
  })
  await recordAct(tx, actor, { action, subject: auditSubject({ id, name }), after: { name, projectId } })
  return { id }
}

/** Throws `NOT_FOUND` for a project of which this workspace knows nothing. Null: in no project. */
export async function requireProject(tx: Tx, actor: Actor, projectId: string | null): Promise<void> {
  if (projectId !== null && !(await projectExists(tx, actor.workspaceId, projectId)))
    throw new DomainError('NOT_FOUND', 'There is no such project in this workspace.')
}
