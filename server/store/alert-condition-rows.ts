import { sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import type { AlertKind } from './tables/alerts.ts'
import type { Schedule } from '@penstock/schemas/generated/pipeline.ts'

/** Something that is wrong now, in whatever workspace. */
export interface Trouble {
  readonly workspaceId: string
  readonly kind: AlertKind
  readonly subjectType: 'pipeline' | 'connection'
  readonly subjectId: string
  readonly subjectName: string
  readonly message: string
  readonly runId: string | null
}

/**
 * Takes the evaluation of alerts for this transaction; false where another worker has it. Two that look at once could see a change in
 * another order than it happened.
 */
export async function tryLockAlerts(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ got: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('penstock alerts')) as got`,
  )
  return row?.got ?? false
}

/**
 * Runs, connections and schema changes that somebody should look at. What counts of a pipeline is the last run that ended by itself; one
 * that only read some objects again, and went well, says nothing about the others.
 */
export async function listTroubles(tx: Tx): Promise<readonly Trouble[]> {
  const rows = await tx.execute<Record<keyof TroubleColumns, string> & { run_id: string | null }>(sql`
    select p.workspace_id, 'run_' || r.state as kind, 'pipeline' as subject_type, p.id::text as subject_id, p.name as subject_name,
      coalesce(r.error ->> 'message', '') as message, r.id::text as run_id
    from pipelines p
    cross join lateral (
      select id, state, error from runs
      where workspace_id = p.workspace_id and pipeline_id = p.id and state in ('succeeded', 'partial', 'failed')
        and not (trigger = 'resync' and state = 'succeeded')
      order by queued_at desc limit 1
    ) r
    where p.deleted_at is null and r.state in ('failed', 'partial')
    union all
    select workspace_id, 'connection_needs_reauthorisation', 'connection', id::text, name, coalesce(state_reason, ''), null
    from connections where state = 'needs_reauthorisation'
    union all
    select p.workspace_id, 'schema_change_waiting', 'pipeline', p.id::text, p.name, count(*)::text, null
    from pipelines p
    join schema_changes c on c.workspace_id = p.workspace_id and c.pipeline_id = p.id
    where p.deleted_at is null and c.decision is null and c.applied = 'none' and c.kind <> 'removed'
    group by p.workspace_id, p.id, p.name`)
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    kind: asKind(row.kind),
    subjectType: row.subject_type === 'connection' ? 'connection' : 'pipeline',
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    message: row.message,
    runId: row.run_id,
  }))
}

interface TroubleColumns {
  readonly workspace_id: string
  readonly kind: string
  readonly subject_type: string
  readonly subject_id: string
  readonly subject_name: string
  readonly message: string
}

function asKind(text: string): AlertKind {
  switch (text) {
    case 'run_failed':
    case 'run_partial':
    case 'connection_needs_reauthorisation':
    case 'schema_change_waiting':
      return text
    default:
      throw new Error(`There is no alert of the kind ${text}.`)
  }
}

/** A scheduled pipeline in which something went otherwise since its data was last made fresh. */
export interface Freshness {
  readonly workspaceId: string
  readonly pipelineId: string
  readonly name: string
  readonly schedule: Schedule
  /** When the last good run started: the data is as of then. Undefined: there was none. */
  readonly freshAt: Date | undefined
  /** When the version that runs was published. */
  readonly publishedAt: Date
  /** When a pause ended since then. Undefined: there was none. */
  readonly resumedAt: Date | undefined
  readonly isRunning: boolean
}

/**
 * The pipelines whose data might be too old: they have a schedule, are not paused, and since their last good run a run did not end well or
 * a start was skipped. A pipeline that was paused for a month and goes on is not late before it had a chance.
 */
export async function listFreshness(tx: Tx): Promise<readonly Freshness[]> {
  const rows = await tx.execute<FreshnessRow>(sql`
    select *, (
      select max(at) from audit_log a where a.workspace_id = candidates.workspace_id and a.at > coalesce(fresh_at, published_at)
        and a.action = 'pipeline.resume' and a.outcome = 'done' and a.subject_id = candidates.id::text
    ) as resumed_at from (
      select p.workspace_id, p.id, p.name, v.document -> 'schedule' as schedule, g.started_at as fresh_at, v.published_at,
        exists (select from runs r where r.workspace_id = p.workspace_id and r.pipeline_id = p.id and r.state in ('queued', 'running')) as is_running,
        exists (select from runs r where r.workspace_id = p.workspace_id and r.pipeline_id = p.id and r.state in ('failed', 'cancelled')
          and r.queued_at > coalesce(g.started_at, v.published_at))
        or exists (select from skipped_ticks s where s.workspace_id = p.workspace_id and s.pipeline_id = p.id
          and s.at > coalesce(g.started_at, v.published_at)) as was_troubled
      from pipelines p
      join pipeline_versions v on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
      left join lateral (
        select started_at from runs
        where workspace_id = p.workspace_id and pipeline_id = p.id and state in ('succeeded', 'partial') and "only" is null
        order by queued_at desc limit 1
      ) g on true
      where p.deleted_at is null and p.paused_at is null and v.document -> 'schedule' is not null
    ) candidates where was_troubled`)
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    pipelineId: row.id,
    name: row.name,
    schedule: row.schedule,
    freshAt: row.fresh_at === null ? undefined : new Date(row.fresh_at),
    publishedAt: new Date(row.published_at),
    resumedAt: row.resumed_at === null ? undefined : new Date(row.resumed_at),
    isRunning: row.is_running,
  }))
}

interface FreshnessRow extends Record<string, unknown> {
  readonly workspace_id: string
  readonly id: string
  readonly name: string
  readonly schedule: Schedule
  readonly fresh_at: string | null
  readonly published_at: string
  readonly resumed_at: string | null
  readonly is_running: boolean
}
