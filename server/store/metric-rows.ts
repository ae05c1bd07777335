import { sql } from './drizzle.ts'
import type { Tx } from './database.ts'

/** How many of something there are under each name. */
export type Counts = Readonly<Record<string, number>>

/** What the installation is doing, all workspaces together: numbers only. */
export interface Activity {
  /** Runs under way, by state. */
  readonly runs: Counts
  /** Runs that ended in the last 24 hours, by state. */
  readonly ended: Counts
  /** Jobs in line or in retry, by queue. */
  readonly waiting: Counts
  /** Alerts that are open, by kind. */
  readonly alerts: Counts
}

/** Counts for the operator's monitoring. */
export async function countActivity(tx: Tx): Promise<Activity> {
  const rows = await tx.execute<{ what: keyof Activity; name: string; n: string }>(sql`
    select 'runs' as what, state as name, count(*)::text as n from runs where state in ('queued', 'running') group by state
    union all
    select 'ended', state, count(*)::text from runs
    where queued_at > now() - interval '3 days' and finished_at > now() - interval '1 day' group by state
    union all
    select 'waiting', name, count(*)::text from pgboss.job where state in ('created', 'retry') group by name
    union all
    select 'alerts', kind, count(*)::text from alerts where closed_at is null group by kind`)
  const counts = (what: keyof Activity) =>
    Object.fromEntries(rows.filter((row) => row.what === what).map(({ name, n }) => [name, Number(n)]))
  return {
    runs: counts('runs'),
    ended: counts('ended'),
    waiting: counts('waiting'),
    alerts: counts('alerts'),
  }
}
