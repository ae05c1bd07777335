import { z } from 'zod'
import { pipelineOrders, pipelineStatuses } from '../pipelines/pipeline-status.ts'
import { boundedObject } from './bounded-json.ts'
import { problemsSchema } from './problem-schema.ts'
import { runSummary } from './run-summary-schema.ts'
import { storedText } from './stored-text.ts'

export const pipelineId = z.strictObject({ id: z.uuid() })
export const pipelineName = storedText(200).min(1)
/** Any JSON object: a draft need not be sound. */
export const document = boundedObject
export const layout = boundedObject
/** One as it was stored, by whatever version of Penstock. */
const stored = z.record(z.string(), z.unknown())

const moment = z.string()
const status = z.enum(pipelineStatuses)
const chosen = z.object({ connectionId: z.string(), connector: z.string(), name: z.string() }).nullable()

export const listInput = z.strictObject({
  /** Null: those in no project. */
  projectId: z.uuid().nullable().optional(),
  status: status.optional(),
  q: storedText(200).optional(),
  order: z.enum(pipelineOrders).default('name'),
  falling: z.boolean().default(false),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(20).optional(),
})

export const pipelineSummary = z.object({
  id: z.string(),
  name: z.string(),
  projectId: z.string().nullable(),
  status,
  statusReason: z.string(),
  statusConnectionId: z.string().nullable(),
  source: chosen,
  destination: chosen,
  unconnected: z.object({ source: z.string().nullable(), destination: z.string().nullable() }),
  published: z.number().nullable(),
  hasUnpublishedChanges: z.boolean(),
  paused: z.boolean(),
  lastRun: runSummary.nullable(),
  freshAsOf: moment.nullable(),
  nextRunAt: moment.nullable(),
  noRunBecause: z.string().nullable(),
  timezone: z.string().nullable(),
  scheduleText: z.string(),
  strip: z.array(
    z.object({
      runId: z.string(),
      state: runSummary.shape.state,
      finishedAt: moment.nullable(),
      durationMs: z.number().nullable(),
    }),
  ),
  changesWaiting: z.number(),
  objects: z.number(),
  owner: z.string().nullable(),
  updatedAt: moment,
})

export const pipelineList = z.object({ items: z.array(pipelineSummary), nextCursor: z.string().nullable() })

export const pipelineDetails = pipelineSummary.extend({
  draft: stored,
  layout: stored,
  revision: z.number(),
  draftBy: z.string().nullable(),
  draftAt: moment,
  publishedDocument: stored.nullable(),
  version: z.number().nullable(),
  connectorVersion: z.number().nullable(),
  connectorVersionInUse: z.number().nullable(),
  problems: problemsSchema,
  discoveredFields: z
    .array(
      z.object({
        object: z.string(),
        field: z.string(),
        type: z.string(),
        decision: z.enum(['replicate', 'hash', 'exclude']).nullable(),
      }),
    )
    .readonly(),
})

export const createInput = z.strictObject({
  name: pipelineName,
  projectId: z.uuid().nullable().optional(),
  document: document.optional(),
  layout: layout.optional(),
})

export const saveInput = z.strictObject({
  id: z.uuid(),
  baseRevision: z.number().int().min(1),
  document,
  layout: layout.optional(),
})
export const saved = z.object({ revision: z.number(), problems: problemsSchema })

export const publishInput = z.strictObject({
  id: z.uuid(),
  revision: z.number().int().min(1),
  note: storedText(1000).optional(),
})

/** A difference between two documents; see diff-documents.ts. */
export const changesSchema = z
  .array(z.object({ pointer: z.string(), sentence: z.string(), before: z.unknown(), after: z.unknown() }))
  .readonly()

export const versionNumber = z.number().int().min(1)
export const versionsInput = z.strictObject({
  id: z.uuid(),
  limit: z.number().int().min(1).max(100).default(30),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
})
const version = z.object({
  version: z.number(),
  note: z.string().nullable(),
  publishedBy: z.string().nullable(),
  publishedAt: moment,
})
export const versions = z.object({
  items: z.array(version.extend({ changes: changesSchema })),
  nextCursor: z.string().nullable(),
})
export const versionDetails = version.extend({ document: stored, layout: stored })

const which = z.union([versionNumber, z.literal('draft')])
export const diffInput = z.strictObject({ id: z.uuid(), from: which, to: which })

export const imported = z.object({
  id: z.string(),
  problems: problemsSchema,
  unbound: z.array(z.object({ side: z.enum(['source', 'destination']), name: z.string() })).readonly(),
})

export const schedulePreview = z.object({
  runs: z.array(z.object({ utc: moment, local: z.string() })),
  sentence: z.string(),
  problems: problemsSchema,
  shortestGapMinutes: z.number().nullable(),
})
