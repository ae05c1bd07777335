import { describeRun } from '../runs/describe-run.ts'
import type { RunSummary } from '../runs/describe-run.ts'
import type { Tx } from '../store/database.ts'
import { atOnce } from '../store/at-once.ts'
import { listFreshness, listRecentRuns } from '../store/pipeline-summary-rows.ts'
import type { RecentRun, SummaryRow } from '../store/pipeline-summary-rows.ts'
import type { Draft } from '../store/pipeline-rows.ts'
import { listRunRows } from '../store/run-rows.ts'
import { describeSchedule, scheduleZone } from './describe-schedule.ts'
import { diffDocuments } from './diff-documents.ts'
import { findFreshAsOf, runsThatTell } from './find-fresh-as-of.ts'
import { nameUnconnected } from './name-unconnected.ts'
import type { Unconnected } from './name-unconnected.ts'
import { connectionInTheWay, explainNoRun, explainStatus } from './explain-status.ts'
import type { PipelineStatus } from './pipeline-status.ts'

/** One side of a pipeline, by its saved connection. */
export interface ChosenConnection {
  readonly connectionId: string
  readonly connector: string
  readonly name: string
}

/** A run in the strip of the last fourteen, oldest first. */
export interface StripRun {
  readonly runId: string
  readonly state: RunSummary['state']
  readonly finishedAt: string | null
  readonly durationMs: number | null
}

/** A pipeline as a list shows it. */
export interface PipelineSummary {
  readonly id: string
  readonly name: string
  readonly projectId: string | null
  readonly status: PipelineStatus
  readonly statusReason: string
  /** The connection that the reason is about, where it is about one. */
  readonly statusConnectionId: string | null
  readonly source: ChosenConnection | null
  readonly destination: ChosenConnection | null
  /** What stands in place of a connection that is not chosen, or gone. */
  readonly unconnected: Unconnected
  readonly published: number | null
  readonly hasUnpublishedChanges: boolean
  readonly paused: boolean
  readonly lastRun: RunSummary | null
  /** Every change up to then, in every object, is in the destination. */
  readonly freshAsOf: string | null
  readonly nextRunAt: string | null
  /** Why its schedule starts no run although it has a next moment: a connection is in the way. Then `nextRunAt` is null. */
  readonly noRunBecause: string | null
  readonly timezone: string | null
  readonly scheduleText: string
  readonly strip: StripRun[]
  readonly changesWaiting: number
  readonly objects: number
  readonly owner: string | null
  readonly updatedAt: string
}

const stripLength = 14

/** Completes the rows of a list with what their runs tell: six statements at the most, however many rows there are. */
export async function summarisePipelines(
  tx: Tx,
  workspaceId: string,
  rows: readonly SummaryRow[],
  nowMs: number,
): Promise<PipelineSummary[]> {
  const ids = rows.map(({ id }) => id)
  const recent = Map.groupBy(
    await listRecentRuns(tx, workspaceId, ids, stripLength),
    ({ pipeline_id }) => pipeline_id,
  )
  const lastIds = [...recent.values()].flatMap(([last]) => (last ? [last.id] : []))
  const telling = [...recent.values()].flatMap(runsThatTell).map(({ id }) => id)
  const [lastRuns, claims] = await atOnce([
    listRunRows(tx, workspaceId, { ids: lastIds, limit: lastIds.length }),
    listFreshness(tx, workspaceId, telling),
  ])
  const lastByPipeline = new Map(lastRuns.map((run) => [run.pipelineId, describeRun(run, nowMs)]))
  const freshness = Map.groupBy(claims, ({ run_id }) => run_id)
  const unconnected = await nameUnconnected(tx, workspaceId, rows)
  return rows.map((row) => {
    const runs = recent.get(row.id) ?? []
    return {
      ...summariseRow(row),
      unconnected: unconnected.get(row.id) ?? { source: null, destination: null },
      lastRun: lastByPipeline.get(row.id) ?? null,
      freshAsOf: findFreshAsOf(objectNames(row.document), runs, freshness),
      strip: runs.map((run) => stripRun(run, nowMs)).toReversed(),
    }
  })
}

function summariseRow(
  row: SummaryRow,
): Omit<PipelineSummary, 'lastRun' | 'freshAsOf' | 'strip' | 'unconnected'> {
  const noRunBecause = explainNoRun(row)
  const { schedule } = row.document
  const named = { ...row.other_draft, name: row.document.name }
  return {
    id: row.id,
    name: row.name,
    projectId: row.project_id,
    status: row.status,
    statusReason: explainStatus(row),
    statusConnectionId: connectionInTheWay(row),
    source: chosen(row.source_id, row.source_connector, row.source_name),
    destination: chosen(row.destination_id, row.destination_connector, row.destination_name),
    published: row.published_version,
    hasUnpublishedChanges:
      row.published_version === null ||
      (row.other_draft !== null && diffDocuments(row.document, named).length > 0),
    paused: row.paused_at !== null,
    nextRunAt: row.next_run_at === null || noRunBecause !== null ? null : moment(row.next_run_at),
    noRunBecause,
    timezone: scheduleZone(schedule),
    scheduleText: describeSchedule(schedule),
    changesWaiting: row.changes_waiting,
    objects: objectNames(row.document).length,
    owner: row.owner,
    updatedAt: moment(row.updated_at),
  }
}

function chosen(id: string | null, connector: string | null, name: string | null): ChosenConnection | null {
  return id === null || connector === null || name === null ? null : { connectionId: id, connector, name }
}

function stripRun(run: RecentRun, nowMs: number): StripRun {
  const started = run.started_at === null ? undefined : Date.parse(moment(run.started_at))
  const ended = run.finished_at === null ? nowMs : Date.parse(moment(run.finished_at))
  return {
    runId: run.id,
    state: run.state,
    finishedAt: run.finished_at === null ? null : moment(run.finished_at),
    durationMs: started === undefined ? null : Math.max(0, ended - started),
  }
}

/** A draft may be anything. */
function objectNames({ objects }: Draft): readonly string[] {
  return typeof objects === 'object' && objects !== null ? Object.keys(objects) : []
}

/** A moment as PostgreSQL writes it, in ISO 8601. */
function moment(text: string): string {
  return new Date(text).toISOString()
}
