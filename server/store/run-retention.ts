import { sql } from './drizzle.ts'
import type { Tx } from './database.ts'

/** So many runs of a pipeline stay whatever their age: a list shows as many. */
const latest = 14

/**
 * Drops the runs that ended longer ago than their workspace keeps runs, with their counts and logs. Some stay for what they still say: a
 * pipeline's latest ones; the last in which an object landed, which is how fresh its table is; and those that read everything anew, which
 * tell whether a table still holds tokens of an older hash key. Gives back how many went.
 */
export async function thinRuns(tx: Tx, now: Date): Promise<number> {
  const gone = await tx.execute(sql`
    delete from runs using workspace_settings as w
    where w.workspace_id = runs.workspace_id and not runs.full_refresh
      and runs.finished_at < ${now.toISOString()}::timestamptz - make_interval(days => w.run_days)
      and ${latest} <= (
        select count(*) from runs as later
        where later.workspace_id = runs.workspace_id and later.pipeline_id = runs.pipeline_id and later.queued_at > runs.queued_at)
      and not exists (
        select from run_objects as o
        where o.workspace_id = runs.workspace_id and o.run_id = runs.id and o.state in ('done', 'warning') and not exists (
          select from runs as later join run_objects as l on l.workspace_id = later.workspace_id and l.run_id = later.id
          where later.workspace_id = runs.workspace_id and later.pipeline_id = runs.pipeline_id and later.queued_at > runs.queued_at
            and l.object = o.object and l.state in ('done', 'warning')))`)
  return gone.count
}
