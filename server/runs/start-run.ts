import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { chooseObjects } from '../engine/choose-objects.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findConnection } from '../store/connection-rows.ts'
import { versionInUse } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'
import { findPipeline } from '../store/pipeline-rows.ts'
import { findActiveRun, insertRun } from '../store/run-rows.ts'
import type { RunTrigger } from '../store/tables/runs.ts'

export interface RunToStart {
  readonly pipelineId: string
  /** Only these of the published version's objects. */
  readonly only?: readonly string[]
  /** Read everything from its beginning and replace the tables. */
  readonly fullRefresh?: boolean
  /** Absent: by hand, or through the API. */
  readonly trigger?: RunTrigger
  /** The moment of the schedule that this run is for. */
  readonly scheduledFor?: Date
}

/**
 * Puts a run of the pipeline's published version in line. Throws `NOT_FOUND`; `CONFLICT` where the pipeline is not published, is
 * paused, has a connection that is disconnected or needs to be authorised again, or has a run already, whose id stands in the details.
 */
export async function startRun(actor: Actor, run: RunToStart): Promise<{ readonly runId: string }> {
  return await actor.transaction((tx) => startRunInside(tx, actor, run))
}

/** As `startRun`, inside a transaction in the actor's workspace. */
export async function startRunInside(
  tx: Tx,
  actor: Actor,
  run: RunToStart,
): Promise<{ readonly runId: string }> {
  const { workspaceId } = actor
  // Nobody pauses, removes or publishes it before the run stands.
  const pipeline = await findPipeline(tx, workspaceId, run.pipelineId, 'lock')
  if (!pipeline) throw new DomainError('NOT_FOUND', 'There is no such pipeline.')
  const { published, publishedVersion } = pipeline
  if (!published || publishedVersion === null)
    throw new DomainError('CONFLICT', 'The pipeline was never published. Publish it first.')
  if (pipeline.pausedAt) throw new DomainError('CONFLICT', 'The pipeline is paused. Resume it first.')
  refuseUnknown(published, run.only)
  await refuseDisconnected(tx, workspaceId, published)
  const runId = await insertRun(tx, workspaceId, {
    pipelineId: run.pipelineId,
    version: publishedVersion,
    connectorVersion:
      pipeline.connectorVersion ?? (await versionInUse(tx, workspaceId, published.source.connector)),
    trigger: run.trigger ?? (actor.via === 'api_key' ? 'api' : 'manual'),
    triggeredBy: actor.via === 'system' ? null : actor.label,
    only: run.only ?? null,
    fullRefresh: run.fullRefresh === true,
    objects: chooseObjects(published, run.only),
    ...(run.scheduledFor ? { scheduledFor: run.scheduledFor } : {}),
  })
  if (runId === undefined) throw await alreadyRunning(tx, workspaceId, run.pipelineId)
  if (actor.via !== 'system')
    await recordAudit(tx, actor, {
      action: 'run.start',
      subject: { type: 'pipeline', id: pipeline.id, name: pipeline.name },
      after: { runId, only: run.only ?? null, fullRefresh: run.fullRefresh === true },
    })
  await actor.services.queue.enqueue(tx, { runId, workspaceId })
  await announceChange(tx, { workspaceId, runId, list: true })
  return { runId }
}

function refuseUnknown({ objects }: Pipeline, only: readonly string[] | undefined): void {
  const unknown = (only ?? []).filter((object) => !Object.hasOwn(objects, object))
  if (unknown.length > 0 || only?.length === 0)
    throw new DomainError(
      'INVALID',
      `The published version has no object ${unknown.join(', ') || 'of these'}. Choose from: ${Object.keys(objects).join(', ')}.`,
    )
}

/** A run would fail at once, and must not begin while data is being deleted. */
async function refuseDisconnected(
  tx: Tx,
  workspaceId: string,
  { source, destination }: Pipeline,
): Promise<void> {
  for (const connection of [source.connection, destination.connection]) {
    const row = typeof connection === 'string' ? await findConnection(tx, workspaceId, connection) : undefined
    if (!row)
      throw new DomainError('CONFLICT', 'A connection of this pipeline is gone. Choose another and publish.')
    if (row.state === 'disconnected')
      throw new DomainError(
        'CONFLICT',
        `The connection “${row.name}” is disconnected. Connect it again first.`,
      )
    if (row.state === 'needs_reauthorisation')
      throw new DomainError(
        'CONFLICT',
        `“${row.name}” needs to be authorised again: its credential was refused. Connect it again, or test it, then start the run.`,
      )
    if (row.state === 'wiping')
      throw new DomainError('CONFLICT', `All data of the connection “${row.name}” is being deleted.`)
  }
}

async function alreadyRunning(tx: Tx, workspaceId: string, pipelineId: string): Promise<DomainError> {
  const active = await findActiveRun(tx, workspaceId, pipelineId)
  return new DomainError('CONFLICT', 'A run of this pipeline is under way. Wait for its end, or cancel it.', {
    details: { runId: active?.id ?? null },
  })
}
