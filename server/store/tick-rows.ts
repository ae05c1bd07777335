import { and, asc, desc, eq, isNull, lte, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { pipelines } from './tables/pipelines.ts'
import { skippedTicks } from './tables/runs.ts'

export type SkippedTickRow = typeof skippedTicks.$inferSelect

/** A pipeline whose schedule says that a run should have started by now. */
export interface DuePipeline {
  readonly workspaceId: string
  readonly pipelineId: string
}

const isDue = and(
  lte(pipelines.nextRunAt, sql`now()`),
  isNull(pipelines.pausedAt),
  isNull(pipelines.deletedAt),
)

/** The pipelines of all workspaces that are due, those that have waited longest first. */
export async function listDue(tx: Tx, limit: number): Promise<readonly DuePipeline[]> {
  return await tx
    .select({ workspaceId: pipelines.workspaceId, pipelineId: pipelines.id })
    .from(pipelines)
    .where(isDue)
    .orderBy(asc(pipelines.nextRunAt))
    .limit(limit)
}

/** Takes a due pipeline for this transaction; undefined where another worker has it, or had it. */
export async function takeDue(tx: Tx, workspaceId: string, pipelineId: string): Promise<Date | undefined> {
  const [row] = await tx
    .select({ nextRunAt: pipelines.nextRunAt })
    .from(pipelines)
    .where(and(eq(pipelines.workspaceId, workspaceId), eq(pipelines.id, pipelineId), isDue))
    .for('update', { skipLocked: true })
  return row?.nextRunAt ?? undefined
}

/** Remembers moments at which the schedule started no run of their own, and why. */
export async function insertSkipped(
  tx: Tx,
  ticks: readonly Pick<SkippedTickRow, 'workspaceId' | 'pipelineId' | 'scheduledFor' | 'reason' | 'runId'>[],
): Promise<void> {
  if (ticks.length > 0) await tx.insert(skippedTicks).values([...ticks])
}

/** The last moments that a pipeline's schedule let pass, newest first. */
export async function listSkipped(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
  limit: number,
): Promise<readonly SkippedTickRow[]> {
  return await tx
    .select()
    .from(skippedTicks)
    .where(and(eq(skippedTicks.workspaceId, workspaceId), eq(skippedTicks.pipelineId, pipelineId)))
    .orderBy(desc(skippedTicks.scheduledFor))
    .limit(limit)
}

/** Forgets what was skipped before a moment, in all workspaces. */
export async function thinSkipped(tx: Tx, before: Date): Promise<void> {
  await tx.execute(sql`delete from skipped_ticks where at < ${before.toISOString()}`)
}
