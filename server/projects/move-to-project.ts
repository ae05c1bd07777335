import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { requireProject } from '../pipelines/create-pipeline.ts'
import { movePipeline } from '../pipelines/move-pipeline.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { moveConnection } from '../store/project-rows.ts'

export interface Move {
  readonly subjectType: 'pipeline' | 'connection'
  readonly id: string
  /** Null: into no project. */
  readonly projectId: string | null
}

/** Puts a pipeline or a connection into a project, or out of all. Throws `NOT_FOUND`. */
export async function moveToProject(actor: Actor, { subjectType, id, projectId }: Move): Promise<void> {
  if (subjectType === 'pipeline') return await movePipeline(actor, { id, projectId })
  await actor.transaction(async (tx) => {
    await requireProject(tx, actor, projectId)
    const name = await moveConnection(tx, actor.workspaceId, id, projectId)
    if (name === undefined)
      throw new DomainError('NOT_FOUND', 'There is no such connection in this workspace.')
    await recordAudit(tx, actor, {
      action: 'connection.move',
      subject: { type: 'connection', id, name },
      after: { projectId },
    })
  })
}
