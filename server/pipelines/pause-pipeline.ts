import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { updatePipeline } from '../store/pipeline-rows.ts'
import { recordAct } from './record-act.ts'
import { setNextRun } from './next-run-at.ts'
import { ScheduleRefused } from './parse-cron.ts'
import { auditSubject, lockPipeline } from './require-pipeline.ts'

/** Stops the schedule, and lets nobody start a run. One under way ends as it would; nothing is deleted. Pausing twice is no mistake. */
export async function pausePipeline(
  actor: Actor,
  input: { readonly id: string; readonly reason?: string | undefined },
): Promise<{ readonly pausedAt: string }> {
  return await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, input.id)
    if (pipeline.publishedVersion === null)
      throw new DomainError(
        'CONFLICT',
        `“${pipeline.name}” was never published, so there is nothing to pause.`,
      )
    if (pipeline.pausedAt) return { pausedAt: pipeline.pausedAt.toISOString() }
    const pausedAt = new Date(actor.services.clock.now())
    const pausedReason = input.reason ?? null
    await updatePipeline(tx, actor.workspaceId, pipeline.id, { pausedAt, pausedReason, nextRunAt: null })
    await recordAct(tx, actor, {
      action: 'pipeline.pause',
      subject: auditSubject(pipeline),
      after: { reason: pausedReason },
    })
    return { pausedAt: pausedAt.toISOString() }
  })
}

/** Lets the schedule go on, from its next moment after now: what was missed meanwhile is not made up for. Throws `INVALID` for one that cannot be read. */
export async function resumePipeline(
  actor: Actor,
  input: { readonly id: string },
): Promise<{ readonly nextRunAt: string | null }> {
  return await actor.transaction(async (tx) => {
    const pipeline = await lockPipeline(tx, actor, input.id)
    if (!pipeline.pausedAt) return { nextRunAt: pipeline.nextRunAt?.toISOString() ?? null }
    await updatePipeline(tx, actor.workspaceId, pipeline.id, { pausedAt: null, pausedReason: null })
    const now = new Date(actor.services.clock.now())
    const nextRunAt = await setNextRun(tx, actor.workspaceId, { ...pipeline, pausedAt: null }, now).catch(
      explainUnreadable,
    )
    await recordAct(tx, actor, {
      action: 'pipeline.resume',
      subject: auditSubject(pipeline),
      before: { pausedAt: pipeline.pausedAt, reason: pipeline.pausedReason },
    })
    return { nextRunAt: nextRunAt?.toISOString() ?? null }
  })
}

function explainUnreadable(error: unknown): never {
  if (!(error instanceof ScheduleRefused)) throw error
  throw new DomainError(
    'INVALID',
    `The published schedule cannot be read: ${error.message} ${error.fix} Then publish the pipeline again.`,
  )
}
