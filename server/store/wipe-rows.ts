import { and, desc, eq, inArray, isNull, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { alerts } from './tables/alerts.ts'
import { oauthAttempts, wipes } from './tables/connections.ts'
import { pipelines, schemaChanges } from './tables/pipelines.ts'
import { runEvents, runObjects, runs } from './tables/runs.ts'

export type WipeRow = typeof wipes.$inferSelect

/** The runs, waiting or under way, whose version reads from a connection or writes to it. */
export async function listRunsUsing(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select r.id from runs r
    join pipeline_versions v
      on v.workspace_id = r.workspace_id and v.pipeline_id = r.pipeline_id and v.version = r.version
    where r.workspace_id = ${workspaceId} and r.state in ('queued', 'running')
      and ${connectionId} in (v.document #>> '{source,connection}', v.document #>> '{destination,connection}')
    order by r.id`)
  return rows.map(({ id }) => id)
}

/** Where any version of any pipeline, deleted ones included, has ever landed a connection's data. */
export interface LandedObject {
  readonly pipelineId: string
  readonly destinationId: string
  readonly schema: string
  readonly object: string
}

export async function listLandedObjects(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
): Promise<readonly LandedObject[]> {
  const rows = await tx.execute<{
    pipeline_id: string
    destination: string
    schema: string
    object: string
  }>(sql`
    select distinct v.pipeline_id, v.document #>> '{destination,connection}' as destination,
      v.document #>> '{destination,schema}' as schema, named.object
    from pipeline_versions v
    cross join lateral jsonb_object_keys(v.document -> 'objects') as named (object)
    where v.workspace_id = ${workspaceId}
      and ${connectionId} in (v.document #>> '{source,connection}', v.document #>> '{destination,connection}')
    order by 2, 3, 4`)
  return rows.map((row) => ({
    pipelineId: row.pipeline_id,
    destinationId: row.destination,
    schema: row.schema,
    object: row.object,
  }))
}

export async function insertWipe(tx: Tx, row: typeof wipes.$inferInsert): Promise<WipeRow> {
  const [inserted] = await tx.insert(wipes).values(row).returning()
  if (!inserted) throw new Error('The database did not give back what it inserted.')
  return inserted
}

export async function findWipe(tx: Tx, workspaceId: string, id: string): Promise<WipeRow | undefined> {
  const [row] = await tx.select().from(wipes).where(own(workspaceId, id))
  return row
}

/** As `findWipe`, and nobody else changes it until the transaction ends. */
export async function lockWipe(tx: Tx, workspaceId: string, id: string): Promise<WipeRow | undefined> {
  const [row] = await tx.select().from(wipes).where(own(workspaceId, id)).for('update')
  return row
}

/** The newest first. */
export async function listWipes(tx: Tx, workspaceId: string, limit: number): Promise<readonly WipeRow[]> {
  return await tx
    .select()
    .from(wipes)
    .where(eq(wipes.workspaceId, workspaceId))
    .orderBy(desc(wipes.createdAt))
    .limit(limit)
}

/** The deletions of all workspaces that have not finished. */
export async function listUnfinishedWipes(
  tx: Tx,
): Promise<readonly { readonly wipeId: string; readonly workspaceId: string }[]> {
  return await tx
    .select({ wipeId: wipes.id, workspaceId: wipes.workspaceId })
    .from(wipes)
    .where(inArray(wipes.state, ['queued', 'running']))
}

export async function updateWipe(
  tx: Tx,
  workspaceId: string,
  id: string,
  patch: Partial<Pick<WipeRow, 'state' | 'progress' | 'error' | 'finishedAt'>>,
): Promise<void> {
  await tx.update(wipes).set(patch).where(own(workspaceId, id))
}

/** Pauses pipelines that are not paused yet. Gives back those that were not. */
export async function pauseAll(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  reason: string,
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .update(pipelines)
    .set({ pausedAt: sql`now()`, pausedReason: reason, nextRunAt: null })
    .where(
      and(
        eq(pipelines.workspaceId, workspaceId),
        inArray(pipelines.id, [...ids]),
        isNull(pipelines.pausedAt),
      ),
    )
    .returning({ id: pipelines.id })
  return rows.map(({ id }) => id)
}

/**
 * Forgets what runs of these pipelines said about records: their logs, checkpoints, errors, completeness and account, and the fields that
 * they found. Counts, times and states stay for the history. Gives back how many lines of log went.
 */
export async function forgetRunLogs(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const theirs = tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), inArray(runs.pipelineId, [...ids])))
  const gone = await tx
    .delete(runEvents)
    .where(and(eq(runEvents.workspaceId, workspaceId), inArray(runEvents.runId, theirs)))
  await tx
    .update(runObjects)
    .set({ checkpointBefore: null, checkpointAfter: null, error: null, warnings: [], completeness: null })
    .where(and(eq(runObjects.workspaceId, workspaceId), inArray(runObjects.runId, theirs)))
  await tx
    .update(runs)
    .set({ account: null, error: null })
    .where(and(eq(runs.workspaceId, workspaceId), inArray(runs.pipelineId, [...ids])))
  // An alert repeats the error of its run.
  await tx
    .update(alerts)
    .set({ message: '' })
    .where(
      and(
        eq(alerts.workspaceId, workspaceId),
        inArray(alerts.kind, ['run_failed', 'run_partial']),
        inArray(alerts.subjectId, [...ids]),
      ),
    )
  await tx
    .delete(schemaChanges)
    .where(and(eq(schemaChanges.workspaceId, workspaceId), inArray(schemaChanges.pipelineId, [...ids])))
  return gone.count
}

/** Forgets the trips to consent pages for a connection, with the tokens that some still keep. */
export async function deleteAttemptsFor(tx: Tx, workspaceId: string, connectionId: string): Promise<void> {
  await tx
    .delete(oauthAttempts)
    .where(and(eq(oauthAttempts.workspaceId, workspaceId), eq(oauthAttempts.connectionId, connectionId)))
}

function own(workspaceId: string, id: string) {
  return and(eq(wipes.workspaceId, workspaceId), eq(wipes.id, id))
}
