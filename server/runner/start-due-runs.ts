import type { Schedule } from '@penstock/schemas/generated/pipeline.ts'
import { systemActor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { errorFields } from '../log.ts'
import { setNextRun } from '../pipelines/next-run-at.ts'
import { nextRuns } from '../pipelines/next-runs.ts'
import { ScheduleRefused } from '../pipelines/parse-cron.ts'
import { pausePipeline } from '../pipelines/pause-pipeline.ts'
import { startRunInside } from '../runs/start-run.ts'
import type { Services } from '../services.ts'
import { databaseTime } from '../store/database-time.ts'
import { findConnection } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { findPipeline, updatePipeline } from '../store/pipeline-rows.ts'
import type { PipelineRow } from '../store/pipeline-rows.ts'
import { findActiveRun } from '../store/run-rows.ts'
import { insertSkipped, listDue, takeDue } from '../store/tick-rows.ts'
import type { DuePipeline, SkippedTickRow } from '../store/tick-rows.ts'

/** So many due pipelines are taken at a time. */
const helping = 50
/** A moment that is further back than this was missed: nobody was there to start a run. */
const lateMs = 60_000
/** So many missed moments of a pipeline are remembered, the newest. */
const mostMissed = 100

/**
 * Starts a run of each pipeline whose schedule says so by now, and writes when the next one is due: both or neither, and with many workers
 * only one of them. A moment at which a run is still under way, or a connection needs somebody, is skipped and remembered; of the moments
 * that passed while no worker was there, one run makes up for all.
 */
export async function startDueRuns(services: Services): Promise<void> {
  const due = await services.database.asSystem((tx) => listDue(tx, helping))
  for (const one of due) {
    try {
      await startOrPause(services, one)
    } catch (error) {
      services.log.error('schedule.failed', { pipeline: one.pipelineId, ...errorFields(error) })
    }
  }
}

/** Nobody knows when a pipeline with an unreadable schedule would run next, so its page says that it does not, and why. */
async function startOrPause(services: Services, due: DuePipeline): Promise<void> {
  const { workspaceId, pipelineId } = due
  try {
    await services.database.inWorkspace(workspaceId, (tx) => startDue(tx, services, due))
  } catch (error) {
    if (!(error instanceof ScheduleRefused)) throw error
    const reason = `Its schedule cannot be read: ${error.message} ${error.fix}`
    await pausePipeline(systemActor(workspaceId, services), { id: pipelineId, reason })
  }
}

async function startDue(tx: Tx, services: Services, { workspaceId, pipelineId }: DuePipeline): Promise<void> {
  const dueAt = await takeDue(tx, workspaceId, pipelineId)
  const pipeline = dueAt && (await findPipeline(tx, workspaceId, pipelineId))
  if (!pipeline) return
  // The database says what is due: by another clock the same moment would be the next one, or one that is not due yet would be missed.
  const now = await databaseTime(tx)
  const schedule = pipeline.published?.schedule
  if (!schedule) return await updatePipeline(tx, workspaceId, pipelineId, { nextRunAt: null })
  const moments = momentsUntil(schedule, dueAt, now)
  const { runId, reason } = await startOrSkip(tx, services, {
    workspaceId,
    pipeline,
    scheduledFor: moments.at(-1) ?? dueAt,
  })
  await insertSkipped(
    tx,
    moments.flatMap((scheduledFor, index) => {
      const missed = index < moments.length - 1 || now.getTime() - scheduledFor.getTime() > lateMs
      const why = reason ?? (missed ? 'missed' : undefined)
      return why ? [{ workspaceId, pipelineId, scheduledFor, reason: why, runId }] : []
    }),
  )
  await setNextRun(tx, workspaceId, { id: pipelineId, published: pipeline.published, pausedAt: null }, now)
}

/** The moments of the schedule from `dueAt` to now, the newest if they are many. The last is the one that a run is for. */
function momentsUntil(schedule: Schedule, dueAt: Date, now: Date): readonly Date[] {
  // They are a quarter of an hour apart at least, so that no look back counts more than four times what is remembered.
  for (let back = mostMissed * 15 * 60_000; ; back *= 4) {
    const whole = now.getTime() - back < dueAt.getTime()
    const from = whole ? new Date(dueAt.getTime() - 1) : new Date(now.getTime() - back)
    const moments = nextRuns(schedule, from, 4 * mostMissed + 1).filter((moment) => moment <= now)
    if (whole || moments.length >= mostMissed) return moments.slice(-mostMissed)
  }
}

/** The run that was started, or why none was, and the run that stands in the way. */
async function startOrSkip(
  tx: Tx,
  services: Services,
  input: { readonly workspaceId: string; readonly pipeline: PipelineRow; readonly scheduledFor: Date },
): Promise<{ readonly runId: string | null; readonly reason?: SkippedTickRow['reason'] }> {
  const { workspaceId, pipeline, scheduledFor } = input
  const active = await findActiveRun(tx, workspaceId, pipeline.id)
  if (active) return { runId: active.id, reason: 'still_running' }
  const source = pipeline.published?.source.connection
  const connection = typeof source === 'string' ? await findConnection(tx, workspaceId, source) : undefined
  if (connection?.state === 'needs_reauthorisation') return { runId: null, reason: 'connection' }
  try {
    return await startRunInside(tx, systemActor(workspaceId, services), {
      pipelineId: pipeline.id,
      trigger: 'schedule',
      scheduledFor,
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    // Somebody was faster, or a connection is gone: nothing was written then.
    const raced = await findActiveRun(tx, workspaceId, pipeline.id)
    return raced ? { runId: raced.id, reason: 'still_running' } : { runId: null, reason: 'connection' }
  }
}
