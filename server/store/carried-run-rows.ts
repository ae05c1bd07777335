import { and, eq, inArray, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import type { RunObjectRow, RunRow } from './run-rows.ts'
import { runEvents, runObjects, runs } from './tables/runs.ts'
import type { RunEventRow } from './event-rows.ts'

/** Which attempt writes. What is not the run's present one writes nothing. */
export interface Attempt {
  readonly workspaceId: string
  readonly runId: string
  readonly attempt: number
}

/**
 * Makes a worker the one that may write to a run, whoever carried it before; undefined where there is nothing to carry: it has ended,
 * or it is gone.
 */
export async function claimRun(
  tx: Tx,
  workspaceId: string,
  runId: string,
  worker: string,
): Promise<RunRow | undefined> {
  const [row] = await tx
    .update(runs)
    .set({
      state: 'running',
      attempt: sql`${runs.attempt} + 1`,
      worker,
      startedAt: sql`coalesce(${runs.startedAt}, now())`,
    })
    .where(
      and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId), inArray(runs.state, ['queued', 'running'])),
    )
    .returning()
  return row
}

/** The session that a transaction is in. */
export async function findSession(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row?.pid ?? 0
}

/**
 * Ends sessions of Penstock that have kept this one waiting, and have not stirred for 4 s: their process is stopped, or cut off. Answers how many
 * there were. PostgreSQL does so by itself with one that is idle in a transaction; not with one that was stopped between the two halves in which the
 * driver sends a statement, which counts as active. Whoever lives and is as slow as that tries again.
 */
export async function endStoppedBlockers(tx: Tx, session: number): Promise<number> {
  const rows = await tx.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where pid = any(pg_blocking_pids(${session}::int)) and datname = current_database() and usename = session_user
      and application_name = 'penstock' and wait_event = 'ClientRead' and state_change < now() - interval '4 s'`)
  return rows.length
}

/** What an attempt writes of its run from time to time, and at its end. */
export type RunChange = Partial<
  Pick<
    RunRow,
    | 'state'
    | 'finishedAt'
    | 'worker'
    | 'requests'
    | 'retries'
    | 'rateLimitWaitMs'
    | 'error'
    | 'account'
    | 'lastSeq'
  >
>

/** Changes the run's row where this attempt is still its own. False: another worker has it, or it has ended. */
export async function updateCarried(
  tx: Tx,
  { workspaceId, runId, attempt }: Attempt,
  change: RunChange,
): Promise<boolean> {
  const rows = await tx
    .update(runs)
    // An empty change still asks whose it is.
    .set({ attempt, ...change })
    .where(
      and(
        eq(runs.workspaceId, workspaceId),
        eq(runs.id, runId),
        eq(runs.attempt, attempt),
        eq(runs.state, 'running'),
      ),
    )
    .returning({ id: runs.id })
  return rows.length > 0
}

/** Writes objects as they stand now. Call it after `updateCarried` said yes, in its transaction. */
export async function putRunObjects(tx: Tx, objects: readonly RunObjectRow[]): Promise<void> {
  if (objects.length === 0) return
  const fresh = Object.fromEntries(
    Object.entries(objectColumns).map(([name, column]) => [name, sql.raw(`excluded.${column}`)]),
  )
  await tx
    .insert(runObjects)
    .values([...objects])
    .onConflictDoUpdate({ target: [runObjects.workspaceId, runObjects.runId, runObjects.object], set: fresh })
}

/**
 * Writes lines of the log. Call it after `updateCarried` said yes, in its transaction: the numbers are this attempt's to give. One that is there
 * already was written before, and only the answer that it was got lost.
 */
export async function insertEvents(tx: Tx, events: readonly RunEventRow[]): Promise<void> {
  if (events.length > 0)
    await tx
      .insert(runEvents)
      .values([...events])
      .onConflictDoNothing()
}

/** The runs that a worker carries and that somebody wants ended: what is announced can be missed. */
export async function listCancelRequests(tx: Tx, worker: string): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(eq(runs.worker, worker), eq(runs.state, 'running'), sql`${runs.cancelRequestedAt} is not null`),
    )
  return rows.map(({ id }) => id)
}

/** Runs that wait or are under way although the queue has forgotten them, of all workspaces. */
export async function listForgottenRuns(
  tx: Tx,
): Promise<readonly { readonly workspaceId: string; readonly runId: string; readonly pipelineId: string }[]> {
  return await tx.execute<{ workspaceId: string; runId: string; pipelineId: string }>(sql`
    select r.workspace_id as "workspaceId", r.id as "runId", r.pipeline_id as "pipelineId" from runs r
    where r.state in ('queued', 'running') and r.queued_at < now() - interval '15 s' and not exists (
      select from pgboss.job j
      where j.name = 'run' and j.state < 'completed' and j.singleton_key = r.id::text)`)
}

/** Wipes that are not done although the queue has forgotten them, of all workspaces. */
export async function listForgottenWipes(
  tx: Tx,
): Promise<readonly { readonly workspaceId: string; readonly wipeId: string }[]> {
  return await tx.execute<{ workspaceId: string; wipeId: string }>(sql`
    select w.workspace_id as "workspaceId", w.id as "wipeId" from wipes w
    where w.state in ('queued', 'running') and w.created_at < now() - interval '15 s' and not exists (
      select from pgboss.job j
      where j.name = 'wipe' and j.state < 'completed' and j.singleton_key = w.id::text)`)
}

const objectColumns = {
  state: 'state',
  mode: 'mode',
  extracted: 'extracted',
  loaded: 'loaded',
  unchanged: 'unchanged',
  filtered: 'filtered',
  rejected: 'rejected',
  deleted: 'deleted',
  requests: 'requests',
  retries: 'retries',
  waits: 'waits',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  checkpointBefore: 'checkpoint_before',
  checkpointAfter: 'checkpoint_after',
  error: 'error',
  warnings: 'warnings',
  completeness: 'completeness',
} as const
