import { and, desc, eq, exists, gte, inArray, lt, or, sql } from './drizzle.ts'
import type { SQL } from './drizzle.ts'
import type { PgColumn } from './drizzle.ts'
import type { Reader, Tx } from './database.ts'
import { pipelines } from './tables/pipelines.ts'
import { runObjects, runs } from './tables/runs.ts'
import type { RunState, RunTrigger } from './tables/runs.ts'

export type RunRow = typeof runs.$inferSelect
export type RunObjectRow = typeof runObjects.$inferSelect

/** A run with what a list shows of it: the pipeline's name and the sums over its objects. */
export interface RunWithSums extends RunRow {
  readonly pipelineName: string
  readonly extracted: number
  readonly loaded: number
  readonly unchanged: number
  readonly rejected: number
  readonly deleted: number
}

export interface NewRun {
  readonly pipelineId: string
  readonly version: number
  /** Of the workspace's own connector; null: it comes with Penstock. */
  readonly connectorVersion: number | null
  readonly trigger: RunTrigger
  readonly triggeredBy: string | null
  readonly only: readonly string[] | null
  readonly fullRefresh: boolean
  readonly scheduledFor?: Date
  /** What it is for: each gets its row at once. */
  readonly objects: readonly string[]
}

/** Writes a run that waits, and its objects; undefined where a run of the pipeline waits or is under way: nothing was written then. */
export async function insertRun(tx: Tx, workspaceId: string, run: NewRun): Promise<string | undefined> {
  const { objects, ...row } = run
  const [made] = await tx
    .insert(runs)
    // Whole milliseconds: that is what a page's cursor can say.
    .values({ ...row, workspaceId, queuedAt: sql`date_trunc('milliseconds', now())` })
    .onConflictDoNothing()
    .returning({ id: runs.id })
  if (!made) return undefined
  if (objects.length > 0)
    await tx.insert(runObjects).values(objects.map((object) => ({ workspaceId, runId: made.id, object })))
  return made.id
}

/** The run of a pipeline that waits or is under way. */
export async function findActiveRun(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
): Promise<RunRow | undefined> {
  const [row] = await tx
    .select()
    .from(runs)
    .where(
      and(
        eq(runs.workspaceId, workspaceId),
        eq(runs.pipelineId, pipelineId),
        inArray(runs.state, ['queued', 'running']),
      ),
    )
  return row
}

/** Which runs a list shows. */
export interface RunFilter {
  readonly ids?: readonly string[] | undefined
  readonly pipelineId?: string | undefined
  readonly state?: RunState | undefined
  readonly trigger?: RunTrigger | undefined
  /** Runs that were for this object, too. */
  readonly object?: string | undefined
  /** Whether anything was written or went. */
  readonly hadRows?: boolean | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Only runs that wait or are under way; with `activeSince` also those that ended after it. */
  readonly active?: true | undefined
  readonly activeSince?: Date | undefined
  /** Only what comes after this one, newest first. */
  readonly before?: { readonly queuedAt: Date; readonly id: string } | undefined
  readonly limit: number
}

type Sums = Pick<RunWithSums, 'extracted' | 'loaded' | 'unchanged' | 'rejected' | 'deleted'>

/** Of each run that the limit leaves: PostgreSQL computes what is not ordered by last. */
const sumsOfObjects = sql<Sums>`(
  select json_build_object(
    'extracted', coalesce(sum(o.extracted), 0), 'loaded', coalesce(sum(o.loaded), 0),
    'unchanged', coalesce(sum(o.unchanged), 0), 'rejected', coalesce(sum(o.rejected), 0),
    'deleted', coalesce(sum(o.deleted), 0))
  from ${runObjects} o where o.workspace_id = ${runs.workspaceId} and o.run_id = ${runs.id})`

/** Runs, newest first. */
export async function listRunRows(
  tx: Tx,
  workspaceId: string,
  filter: RunFilter,
): Promise<readonly RunWithSums[]> {
  const rows = await tx
    .select({ run: runs, pipelineName: pipelines.name, sums: sumsOfObjects })
    .from(runs)
    .innerJoin(pipelines, and(eq(pipelines.workspaceId, runs.workspaceId), eq(pipelines.id, runs.pipelineId)))
    .where(and(eq(runs.workspaceId, workspaceId), ...conditions(tx, filter)))
    .orderBy(desc(runs.queuedAt), desc(runs.id))
    .limit(filter.limit)
  return rows.map(({ run, pipelineName, sums }) => ({ ...run, pipelineName, ...sums }))
}

/** One run; undefined: there is none of this id in the workspace. */
export async function findRun(tx: Tx, workspaceId: string, id: string): Promise<RunWithSums | undefined> {
  const [row] = await listRunRows(tx, workspaceId, { ids: [id], limit: 1 })
  return row
}

/** Whether the workspace has a run of this id. */
export async function isRun(reader: Reader, workspaceId: string, id: string): Promise<boolean> {
  const rows = await reader
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.id, id)))
  return rows.length > 0
}

/** Locks a run against everyone who would change its state, and reads it. */
export async function lockRun(tx: Tx, workspaceId: string, id: string): Promise<RunRow | undefined> {
  const [row] = await tx
    .select()
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.id, id)))
    .for('update')
  return row
}

/** A run's objects, by name. */
export async function listRunObjects(
  tx: Tx,
  workspaceId: string,
  runId: string,
): Promise<readonly RunObjectRow[]> {
  return await tx
    .select()
    .from(runObjects)
    .where(and(eq(runObjects.workspaceId, workspaceId), eq(runObjects.runId, runId)))
    .orderBy(runObjects.object)
}

/** Remembers that someone asked for the run's end; the worker that carries it looks. */
export async function requestCancel(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .update(runs)
    .set({ cancelRequestedAt: sql`coalesce(cancel_requested_at, now())` })
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.id, id)))
}

/** Ends a run that no worker has claimed yet. */
export async function cancelQueued(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .update(runs)
    .set({ state: 'cancelled', finishedAt: sql`now()`, cancelRequestedAt: sql`now()` })
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.id, id), eq(runs.state, 'queued')))
  await tx
    .update(runObjects)
    .set({ state: 'cancelled' })
    .where(and(eq(runObjects.workspaceId, workspaceId), eq(runObjects.runId, id)))
}

/** One parameter, however many ids there are, so that the statement is the same. */
function isOneOf(column: PgColumn, ids: readonly string[]): SQL {
  const [id, ...more] = ids
  if (id !== undefined && more.length === 0) return eq(column, id)
  return sql`${column} in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))`
}

function conditions(tx: Tx, filter: RunFilter): (SQL | undefined)[] {
  const { ids, pipelineId, state, trigger, object, hadRows, active, activeSince, from, to, before } = filter
  const underWay = inArray(runs.state, ['queued', 'running'])
  const objects = (...more: (SQL | undefined)[]) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(runObjects)
        .where(and(eq(runObjects.workspaceId, runs.workspaceId), eq(runObjects.runId, runs.id), ...more)),
    )
  const rowsMoved = objects(sql`(${runObjects.loaded} > 0 or ${runObjects.deleted} > 0)`)
  return [
    ids && isOneOf(runs.id, ids),
    pipelineId === undefined ? undefined : eq(runs.pipelineId, pipelineId),
    state && eq(runs.state, state),
    trigger && eq(runs.trigger, trigger),
    object === undefined ? undefined : objects(eq(runObjects.object, object)),
    hadRows === undefined ? undefined : hadRows ? rowsMoved : sql`not ${rowsMoved}`,
    active && underWay,
    activeSince && or(underWay, gte(runs.finishedAt, activeSince)),
    from && gte(runs.queuedAt, from),
    to && lt(runs.queuedAt, to),
    before &&
      or(lt(runs.queuedAt, before.queuedAt), and(eq(runs.queuedAt, before.queuedAt), lt(runs.id, before.id))),
  ]
}
