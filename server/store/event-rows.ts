import { and, asc, desc, eq, gt, inArray, lt, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { runEvents } from './tables/runs.ts'

export type RunEventRow = typeof runEvents.$inferSelect
export type EventLevel = RunEventRow['level']

/** The channel on which it is announced that a run, or the list of pipelines, looks different now. */
export const changeChannel = 'penstock_change'

/** What is announced: whose it is and which run; without a run, it is the list of pipelines. */
export interface ChangeNotice {
  readonly workspaceId: string
  readonly runId?: string
  /** The run changed its state, so that the list of pipelines looks different, too. */
  readonly list?: boolean
}

/** Tells every web process, once the transaction has committed, that something is to be read again. */
export async function announceChange(tx: Tx, notice: ChangeNotice): Promise<void> {
  await tx.execute(sql`select pg_notify(${changeChannel}, ${JSON.stringify(notice)})`)
}

/** Which events a reader asks for. */
export interface EventFilter {
  readonly object?: string | undefined
  /** Events of this level and of graver ones. */
  readonly level?: EventLevel | undefined
  /** Only events after this number. */
  readonly after?: number | undefined
  /** Only events before this number. */
  readonly before?: number | undefined
  /** Which of them are taken where there are more than `limit`. */
  readonly end?: 'oldest' | 'newest'
  readonly limit: number
}

/** From the lightest to the gravest. */
const levels: EventLevel[] = ['info', 'warn', 'error']

/** A run's events, oldest first. */
export async function listEvents(
  tx: Tx,
  workspaceId: string,
  runId: string,
  filter: EventFilter,
): Promise<readonly RunEventRow[]> {
  const { object, level, after, before, end, limit } = filter
  const events = await tx
    .select()
    .from(runEvents)
    .where(
      and(
        eq(runEvents.workspaceId, workspaceId),
        eq(runEvents.runId, runId),
        after === undefined ? undefined : gt(runEvents.seq, after),
        before === undefined ? undefined : lt(runEvents.seq, before),
        object === undefined ? undefined : eq(runEvents.object, object),
        level && inArray(runEvents.level, levels.slice(levels.indexOf(level))),
      ),
    )
    .orderBy(end === 'newest' ? desc(runEvents.seq) : asc(runEvents.seq))
    .limit(limit)
  return end === 'newest' ? events.toReversed() : events
}

/** The last thing that a run said it waits for, whether that is over or not. */
export async function findLastWait(
  tx: Tx,
  workspaceId: string,
  runId: string,
): Promise<RunEventRow | undefined> {
  const [row] = await tx
    .select()
    .from(runEvents)
    .where(
      and(eq(runEvents.workspaceId, workspaceId), eq(runEvents.runId, runId), eq(runEvents.kind, 'waiting')),
    )
    .orderBy(desc(runEvents.seq))
    .limit(1)
  return row
}

/** Drops the logs of runs that ended longer ago than their workspace keeps logs; the runs themselves stay. Gives back how many lines went. */
export async function thinEvents(tx: Tx, now: Date): Promise<number> {
  const gone = await tx.execute(sql`
    delete from run_events using runs, workspace_settings as w
    where runs.workspace_id = run_events.workspace_id and runs.id = run_events.run_id and w.workspace_id = runs.workspace_id
      and runs.finished_at < ${now.toISOString()}::timestamptz - make_interval(days => w.log_days)`)
  return gone.count
}
