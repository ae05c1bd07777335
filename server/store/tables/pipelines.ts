import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from '../drizzle.ts'
import { organization } from './auth.ts'
import { projects } from './workspaces.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const workspace = () =>
  text()
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' })

/** A pipeline: its draft, and which published version runs. */
export const pipelines = pgTable(
  'pipelines',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    projectId: uuid(),
    name: text().notNull(),
    /** The document being edited: any JSON object, sound or not. */
    draft: jsonb().$type<Partial<Pipeline>>().notNull(),
    /** Where the editor put the steps, notes: beside the document, so that moving a box is no change. */
    layout: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Counts every save of the draft. A save names the one it was based on. */
    revision: integer().notNull().default(1),
    draftBy: text(),
    draftAt: moment('draft_at').notNull().defaultNow(),
    /** The version that runs. Null: never published. */
    publishedVersion: integer(),
    /** The version of the workspace's own connector that runs read with. Null: the connector comes with Penstock, or nothing is published. */
    connectorVersion: integer(),
    pausedAt: moment('paused_at'),
    pausedReason: text(),
    /** When the schedule starts a run next. Null: paused, unpublished, or by hand only. */
    nextRunAt: moment('next_run_at'),
    createdBy: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Deleted pipelines keep their runs for the history, and are shown nowhere else. */
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('pipelines_id').on(table.id),
    index('pipelines_next_run').on(table.nextRunAt),
    foreignKey({
      columns: [table.workspaceId, table.projectId],
      foreignColumns: [projects.workspaceId, projects.id],
    }),
  ],
)

/** A published document. It never changes. */
export const pipelineVersions = pgTable(
  'pipeline_versions',
  {
    workspaceId: workspace(),
    pipelineId: uuid().notNull(),
    version: integer().notNull(),
    document: jsonb().$type<Pipeline>().notNull(),
    layout: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    note: text(),
    publishedBy: text(),
    publishedAt: moment('published_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.pipelineId, table.version] }),
    foreignKey({
      columns: [table.workspaceId, table.pipelineId],
      foreignColumns: [pipelines.workspaceId, pipelines.id],
    }).onDelete('cascade'),
  ],
)

/** Each save of a draft that someone might have to be told about: who, when, and what it was then. Older ones are thinned out. */
export const draftRevisions = pgTable(
  'draft_revisions',
  {
    workspaceId: workspace(),
    pipelineId: uuid().notNull(),
    revision: integer().notNull(),
    document: jsonb().$type<Partial<Pipeline>>().notNull(),
    savedBy: text(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.pipelineId, table.revision] }),
    foreignKey({
      columns: [table.workspaceId, table.pipelineId],
      foreignColumns: [pipelines.workspaceId, pipelines.id],
    }).onDelete('cascade'),
  ],
)

export type Decision = 'replicate' | 'hash' | 'exclude' | 'continue'

/** A field that appeared, vanished or changed type, and what a person decided about it. */
export const schemaChanges = pgTable(
  'schema_changes',
  {
    id: uuid().notNull().defaultRandom(),
    workspaceId: workspace(),
    pipelineId: uuid().notNull(),
    object: text().notNull(),
    field: text().notNull(),
    kind: text().$type<'added' | 'removed' | 'type_changed'>().notNull(),
    exampleType: text().notNull(),
    /** What the run that found it did about it. */
    applied: text().notNull(),
    looksSensitive: text(),
    firstSeen: moment('first_seen').notNull(),
    firstRunId: uuid(),
    lastRunId: uuid(),
    /** Null: nobody decided yet. */
    decision: text().$type<Decision>(),
    /** With `continue`: the vanished field whose column this one goes on with. */
    continues: text(),
    decidedBy: text(),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('schema_changes_once').on(
      table.workspaceId,
      table.pipelineId,
      table.object,
      table.field,
      table.kind,
    ),
    foreignKey({
      columns: [table.workspaceId, table.pipelineId],
      foreignColumns: [pipelines.workspaceId, pipelines.id],
    }).onDelete('cascade'),
  ],
)
