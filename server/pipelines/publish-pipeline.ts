import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Tx } from '../store/database.ts'
import { versionInUse } from '../store/connector-version-rows.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import { insertVersion, lastVersion } from '../store/pipeline-version-rows.ts'
import { recordAct } from './record-act.ts'
import { diffDocuments } from './diff-documents.ts'
import { judgeInWorkspace } from './judge-in-workspace.ts'
import { auditSentences, nameConnections } from './name-connections.ts'
import { setNextRun } from './next-run-at.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'
import { refuseStale } from './save-draft.ts'

export interface Publication {
  readonly id: string
  /** The revision of the draft that the person saw. */
  readonly revision: number
  readonly note?: string | undefined
}

/**
 * Makes the draft the version that runs, and sets when it runs next. Its runs read with the version in use of its connector, which the draft was
 * judged with, until someone moves it. A run under way keeps its own version. Publishing what is published already changes nothing. Throws `CONFLICT` where the draft is newer than `revision`, and `INVALID`, with every
 * problem in its details, where the draft has an error.
 */
export async function publishPipeline(
  actor: Actor,
  input: Publication,
): Promise<{ readonly version: number }> {
  return await actor.transaction((tx) => publishInside(tx, actor, input))
}

/** The same, as a part of something larger. */
export async function publishInside(
  tx: Tx,
  actor: Actor,
  input: Publication,
): Promise<{ readonly version: number }> {
  const { workspaceId } = actor
  const pipeline = await lockPipeline(tx, actor, input.id)
  if (pipeline.revision !== input.revision) await refuseStale(tx, actor, pipeline, input.revision)
  const { pipeline: document, problems } = await judgeInWorkspace(tx, actor, pipeline.draft, pipeline.id)
  if (!document) {
    const errors = problems.filter(({ severity }) => severity === 'error').length
    throw new DomainError(
      'INVALID',
      `“${pipeline.name}” cannot be published: ${errors === 1 ? 'one problem is' : `${errors} problems are`} to be solved first.`,
      { details: { problems } },
    )
  }
  const changes = diffDocuments(pipeline.published, document, await nameConnections(tx, actor))
  const connectorVersion = await versionInUse(tx, workspaceId, document.source.connector)
  if (
    pipeline.publishedVersion !== null &&
    changes.length === 0 &&
    pipeline.connectorVersion === connectorVersion
  )
    return { version: pipeline.publishedVersion }
  const version = (await lastVersion(tx, workspaceId, pipeline.id)) + 1
  await insertVersion(tx, workspaceId, {
    pipelineId: pipeline.id,
    version,
    document,
    layout: pipeline.layout,
    note: input.note ?? null,
    publishedBy: actor.userId,
  })
  await updatePipeline(tx, workspaceId, pipeline.id, { publishedVersion: version, connectorVersion })
  const now = new Date(actor.services.clock.now())
  await setNextRun(tx, workspaceId, { ...pipeline, published: document }, now)
  await recordAct(tx, actor, {
    action: 'pipeline.publish',
    subject: auditSubject(pipeline),
    before: { version: pipeline.publishedVersion },
    after: {
      version,
      note: input.note ?? null,
      changes: auditSentences(changes),
      ...(connectorVersion === null ? {} : { connectorVersion }),
    },
  })
  return { version }
}
