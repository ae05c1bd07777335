import { sql } from '../drizzle.ts'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from '../drizzle.ts'
import { organization } from './auth.ts'
import { pipelines } from './pipelines.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const count = () => bigint({ mode: 'number' }).notNull().default(0)
const workspace = () =>
  text()
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' })

export type RunState = 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled'
export type RunTrigger = 'schedule' | 'manual' | 'api' | 'retry' | 'resync'
export type ObjectState =
  | 'queued'
  | 'extracting'
  | 'loading'
  | 'done'
  | 'warning'
  | 'failed'
  | 'skipped'
  | 'cancelled'

/** One execution of a pipeline's published version. */
export const runs = pgTable(
  'runs',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    pipelineId: uuid().notNull(),
    version: integer().notNull(),
    /** The version of the workspace's own connector that it reads with. Null: the connector comes with Penstock. */
    connectorVersion: integer(),
    trigger: text().$type<RunTrigger>().notNull(),
    triggeredBy: text(),
    /** Only these objects; null: all of them. */
    only: jsonb().$type<readonly string[]>(),
    fullRefresh: boolean().notNull().default(false),
    state: text().$type<RunState>().notNull().default('queued'),
    /** Raised by each worker that takes the run over: the number of the one that may write here. */
    attempt: integer().notNull().default(0),
    worker: text(),
    scheduledFor: moment('scheduled_for'),
    queuedAt: moment('queued_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    cancelRequestedAt: moment('cancel_requested_at'),
    requests: count(),
    retries: count(),
    rateLimitWaitMs: count(),
    error: jsonb().$type<{ code: string; message: string; advice: string }>(),
    account: jsonb().$type<Record<string, string>>(),
    /** The number of the last event; see run_events. */
    lastSeq: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('runs_id').on(table.id),
    // At most one run of a pipeline, waiting or under way: the database's own word.
    uniqueIndex('runs_one_at_a_time')
      .on(table.pipelineId)
      .where(sql`state in ('queued', 'running')`),
    index('runs_by_pipeline').on(table.workspaceId, table.pipelineId, table.queuedAt),
    index('runs_by_time').on(table.workspaceId, table.queuedAt),
    foreignKey({
      columns: [table.workspaceId, table.pipelineId],
      foreignColumns: [pipelines.workspaceId, pipelines.id],
    }).onDelete('cascade'),
  ],
)

/** How one object of a run stands, or ended. */
export const runObjects = pgTable(
  'run_objects',
  {
    workspaceId: workspace(),
    runId: uuid().notNull(),
    object: text().notNull(),
    state: text().$type<ObjectState>().notNull().default('queued'),
    mode: text(),
    extracted: count(),
    loaded: count(),
    unchanged: count(),
    filtered: count(),
    rejected: count(),
    deleted: count(),
    requests: count(),
    retries: count(),
    /** Milliseconds waited, by reason. */
    waits: jsonb().$type<Record<string, number>>().notNull().default({}),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    checkpointBefore: jsonb().$type<unknown>(),
    checkpointAfter: jsonb().$type<unknown>(),
    error: jsonb().$type<{ code: string; message: string; advice: string }>(),
    warnings: jsonb().$type<readonly string[]>().notNull().default([]),
    /** Rows in the destination beside what the source reports, and why they differ. */
    completeness: jsonb().$type<{
      readonly rows: number | null
      readonly reported: number | null
      readonly agrees: boolean | null
      readonly why: string
    }>(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.runId, table.object] }),
    foreignKey({
      columns: [table.workspaceId, table.runId],
      foreignColumns: [runs.workspaceId, runs.id],
    }).onDelete('cascade'),
  ],
)

/** The log of a run, numbered by the one worker that carries it, so that a reader who saw up to n asks for n + 1. Never a value of a record. */
export const runEvents = pgTable(
  'run_events',
  {
    workspaceId: workspace(),
    runId: uuid().notNull(),
    seq: integer().notNull(),
    at: moment('at').notNull().defaultNow(),
    level: text().$type<'info' | 'warn' | 'error'>().notNull(),
    object: text(),
    /** A word for programs: object_state, waiting, warning, taken_over, … */
    kind: text().notNull(),
    message: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.runId, table.seq] }),
    foreignKey({
      columns: [table.workspaceId, table.runId],
      foreignColumns: [runs.workspaceId, runs.id],
    }).onDelete('cascade'),
  ],
)

/** A moment at which the schedule would have started a run, and why it did not. */
export const skippedTicks = pgTable(
  'skipped_ticks',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    pipelineId: uuid().notNull(),
    scheduledFor: moment('scheduled_for').notNull(),
    reason: text().$type<'still_running' | 'missed' | 'connection'>().notNull(),
    runId: uuid(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.pipelineId],
      foreignColumns: [pipelines.workspaceId, pipelines.id],
    }).onDelete('cascade'),
  ],
)

/** What the workers of one API budget tell each other: by budget and holder. Belongs to no workspace: it holds numbers only. */
export const apiBudgets = pgTable(
  'api_budgets',
  {
    /** A digest of connector and account. */
    budget: text().notNull(),
    /** A run's attempt on a worker. */
    holder: text().notNull(),
    inFlight: integer().notNull().default(0),
    remaining: integer(),
    resetsAt: moment('resets_at'),
    seenAt: moment('seen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.budget, table.holder] })],
)
