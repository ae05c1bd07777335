import type { Actor } from '../actor.ts'
import { listRunRows } from '../store/run-rows.ts'
import { writeCsv } from '../write-csv.ts'
import { describeRun } from './describe-run.ts'
import type { RunSummary } from './describe-run.ts'
import { filterOf } from './list-runs.ts'
import type { RunQuery } from './list-runs.ts'

const longest = 10_000

const columns: Readonly<Record<string, (run: RunSummary) => string | number | null>> = {
  run: ({ id }) => id,
  pipeline: ({ pipelineName }) => pipelineName,
  version: ({ version }) => version,
  trigger: ({ trigger }) => trigger,
  triggered_by: ({ triggeredBy }) => triggeredBy,
  state: ({ state }) => state,
  queued_at: ({ queuedAt }) => queuedAt,
  started_at: ({ startedAt }) => startedAt,
  finished_at: ({ finishedAt }) => finishedAt,
  duration_ms: ({ durationMs }) => durationMs,
  extracted: ({ extracted }) => extracted,
  loaded: ({ loaded }) => loaded,
  unchanged: ({ unchanged }) => unchanged,
  rejected: ({ rejected }) => rejected,
  deleted: ({ deleted }) => deleted,
  requests: ({ requests }) => requests,
  retries: ({ retries }) => retries,
  rate_limit_wait_ms: ({ rateLimitWaitMs }) => rateLimitWaitMs,
  error: ({ error }) => error?.message ?? null,
}

/** The newest runs that a query names, 10,000 at most, as CSV (RFC 4180) that is safe to open in a spreadsheet. */
export async function exportRuns(actor: Actor, query: RunQuery): Promise<{ readonly csv: string }> {
  const rows = await actor.transaction((tx) =>
    listRunRows(tx, actor.workspaceId, { ...filterOf(query), limit: longest }),
  )
  const lines = rows
    .map((row) => describeRun(row))
    .map((run) => Object.values(columns).map((column) => column(run)))
  return { csv: writeCsv(Object.keys(columns), lines) }
}
