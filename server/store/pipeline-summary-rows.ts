import { sql } from './drizzle.ts'
import type { SQL } from './drizzle.ts'
import type { PipelineOrder, PipelineStatus } from '../pipelines/pipeline-status.ts'
import { byName } from './by-name.ts'
import type { Tx } from './database.ts'
import type { Draft } from './pipeline-rows.ts'
import type { ConnectionState } from './tables/connections.ts'
import type { RunState } from './tables/runs.ts'

/** Which pipelines a list shows, and how. */
export interface SummaryFilter {
  readonly ids?: readonly string[] | undefined
  /** Null: those in no project. */
  readonly projectId?: string | null | undefined
  readonly status?: PipelineStatus | undefined
  /** A part of the name, of a connection's name, or of an object's. */
  readonly q?: string | undefined
  readonly order: PipelineOrder
  readonly falling: boolean
  readonly limit: number
  readonly offset: number
}

/** What a list needs of one pipeline, but for its runs. */
export interface SummaryRow extends Record<string, unknown> {
  readonly id: string
  readonly name: string
  readonly project_id: string | null
  readonly owner: string | null
  readonly updated_at: string
  readonly revision: number
  readonly published_version: number | null
  /** The published document; the draft where there is none. */
  readonly document: Draft
  /** The draft, where it is not the published document to the letter. */
  readonly other_draft: Draft | null
  readonly paused_at: string | null
  readonly paused_reason: string | null
  readonly next_run_at: string | null
  readonly source_id: string | null
  readonly source_name: string | null
  readonly source_connector: string | null
  readonly source_state: ConnectionState | null
  readonly destination_id: string | null
  readonly destination_name: string | null
  readonly destination_connector: string | null
  readonly destination_state: ConnectionState | null
  readonly last_state: RunState | null
  /** Its data was deleted, with its connection, after its last run. */
  readonly wiped: boolean
  readonly last_error: string | null
  readonly last_rejected: number
  readonly last_troubled: number
  readonly changes_waiting: number
  readonly status: PipelineStatus
}

/** Pipelines that were not deleted, each with how it stands, in one statement. */
export async function listSummaryRows(
  tx: Tx,
  workspaceId: string,
  filter: SummaryFilter,
): Promise<readonly SummaryRow[]> {
  const { falling, limit, offset } = filter
  const direction = falling ? sql`desc nulls last` : sql`asc nulls last`
  return await tx.execute<SummaryRow>(sql`
    select * from (${standing(workspaceId)}) as p
    where ${sql.join(conditions(filter), sql` and `)}
    order by ${orders[filter.order]} ${direction}, ${byName(sql`p.name`)}, p.id
    limit ${limit} offset ${offset}`)
}

const orders: Readonly<Record<PipelineOrder, SQL>> = {
  name: byName(sql`p.name`),
  // The worst first.
  status: sql`array_position(array['failed', 'needs_review', 'warning', 'running', 'healthy', 'paused', 'draft'], p.status)`,
  last_run: sql`p.last_queued_at`,
  next_run: sql`p.next_run_at`,
  updated: sql`p.updated_at`,
}

function conditions({ ids, projectId, status, q }: SummaryFilter): SQL[] {
  const like = q === undefined ? undefined : `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return [
    sql`true`,
    ...(ids
      ? [sql`p.id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))`]
      : []),
    ...(projectId === undefined ? [] : [sql`p.project_id is not distinct from ${projectId}::uuid`]),
    ...(status ? [sql`p.status = ${status}`] : []),
    ...(like === undefined
      ? []
      : [
          sql`(p.name ilike ${like} or p.source_name ilike ${like} or p.destination_name ilike ${like} or exists (
            select from jsonb_object_keys(case jsonb_typeof(p.document->'objects') when 'object' then p.document->'objects' else '{}' end) as key
            where key ilike ${like}))`,
        ]),
  ]
}

/** Every pipeline of the workspace with its connections, its last run and its status. The order of the cases is the order of urgency. */
function standing(workspaceId: string): SQL {
  return sql`
    select p.id, p.name, p.project_id, coalesce(u.name, p.created_by) as owner,
      greatest(p.draft_at, v.published_at) as updated_at, p.revision, p.published_version,
      coalesce(v.document, p.draft) as document, p.paused_at, p.paused_reason, p.next_run_at,
      case when v.document is not null and v.document <> p.draft then p.draft end as other_draft,
      s.id as source_id, s.name as source_name, s.connector as source_connector, s.state as source_state,
      d.id as destination_id, d.name as destination_name, d.connector as destination_connector, d.state as destination_state,
      r.state as last_state, coalesce(r.wiped, false) as wiped, r.queued_at as last_queued_at, r.error->>'message' as last_error,
      coalesce(o.rejected, 0)::int as last_rejected, coalesce(o.troubled, 0)::int as last_troubled,
      coalesce(c.waiting, 0)::int as changes_waiting,
      case
        when p.published_version is null then 'draft'
        when r.state in ('queued', 'running') then 'running'
        when p.paused_at is not null then 'paused'
        when s.id is null or d.id is null or s.state in ('needs_reauthorisation', 'disconnected', 'wiping')
          or d.state in ('needs_reauthorisation', 'disconnected', 'wiping') then 'failed'
        when r.state = 'failed' and not r.wiped then 'failed'
        when c.waiting > 0 then 'needs_review'
        when r.wiped or r.state in ('partial', 'cancelled') or o.rejected > 0 or o.troubled > 0 then 'warning'
        else 'healthy'
      end as status
    from pipelines p
    left join pipeline_versions v
      on v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
    left join "user" u on u.id = p.created_by
    left join connections s
      on s.workspace_id = p.workspace_id and s.id::text = coalesce(v.document, p.draft)#>>'{source,connection}'
    left join connections d
      on d.workspace_id = p.workspace_id and d.id::text = coalesce(v.document, p.draft)#>>'{destination,connection}'
    left join lateral (
      select id, state, queued_at, error, exists (
        select from wipes w where w.workspace_id = p.workspace_id and w.created_at >= runs.queued_at
          and w.progress->'pipelines' ? p.id::text
      ) as wiped
      from runs
      where workspace_id = p.workspace_id and pipeline_id = p.id order by queued_at desc limit 1
    ) r on true
    left join lateral (
      select sum(rejected) as rejected, count(*) filter (where state in ('warning', 'failed', 'skipped')) as troubled
      from run_objects where workspace_id = p.workspace_id and run_id = r.id
    ) o on true
    left join lateral (
      select count(*) as waiting from schema_changes
      where workspace_id = p.workspace_id and pipeline_id = p.id and decision is null and applied = 'none' and kind <> 'removed'
    ) c on true
    where p.workspace_id = ${workspaceId} and p.deleted_at is null`
}

/** One of a pipeline's last runs. */
export interface RecentRun extends Record<string, unknown> {
  readonly pipeline_id: string
  readonly id: string
  readonly state: RunState
  readonly only: readonly string[] | null
  readonly queued_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
}

/** The last `count` runs of each of these pipelines, newest first. */
export async function listRecentRuns(
  tx: Tx,
  workspaceId: string,
  pipelineIds: readonly string[],
  count: number,
): Promise<readonly RecentRun[]> {
  if (pipelineIds.length === 0) return []
  return await tx.execute<RecentRun>(sql`
    select p.id as pipeline_id, r.*
    from (select value::uuid as id from json_array_elements_text(${JSON.stringify(pipelineIds)}::json)) p
    cross join lateral (
      select id, state, "only", queued_at, started_at, finished_at from runs
      where workspace_id = ${workspaceId} and pipeline_id = p.id order by queued_at desc limit ${count}
    ) r order by r.queued_at desc`)
}

/** What a run says about how fresh an object is. */
export interface ObjectFreshness extends Record<string, unknown> {
  readonly run_id: string
  readonly object: string
  /** Unix seconds up to which every change is in the destination; null: the run made no claim. */
  readonly through: number | null
  /** Whether the run ended well for the object. */
  readonly done: boolean
}

/** The objects of these runs that have landed something, or have ended well; what was deleted since, with its connection, is fresh no more. */
export async function listFreshness(
  tx: Tx,
  workspaceId: string,
  runIds: readonly string[],
): Promise<readonly ObjectFreshness[]> {
  if (runIds.length === 0) return []
  return await tx.execute<ObjectFreshness>(sql`
    select o.* from (select value::uuid as id from json_array_elements_text(${JSON.stringify(runIds)}::json)) r
    cross join lateral (
      select run_id, object, state in ('done', 'warning') as done,
        coalesce(checkpoint_after->'through', checkpoint_after->'replacedAt')::float8 as through
      from run_objects
      where workspace_id = ${workspaceId} and run_id = r.id
        and (checkpoint_after is not null or state in ('done', 'warning'))
    ) o
    where not exists (
      select 1 from runs x join wipes w on w.workspace_id = x.workspace_id and w.created_at >= x.queued_at
      where x.workspace_id = ${workspaceId} and x.id = r.id and w.progress->'pipelines' ? x.pipeline_id::text
    )`)
}
