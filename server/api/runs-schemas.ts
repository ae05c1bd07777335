import { z } from 'zod'
import { runState, runSummary, toldError } from './run-summary-schema.ts'

const count = z.number()
const moment = z.string()

export const runId = z.strictObject({ id: z.uuid() })
export const started = z.object({ runId: z.string() })

const filters = {
  pipelineId: z.uuid().optional(),
  state: runState.optional(),
  trigger: runSummary.shape.trigger.optional(),
  /** Runs that were for this object, too. */
  object: z.string().max(200).optional(),
  /** Whether anything was written. */
  hadRows: z.boolean().optional(),
  /** Bounds of when it was queued. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
}

export const exportInput = z.strictObject(filters)
export const listInput = z.strictObject({
  ...filters,
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(100).optional(),
})
export const runList = z.object({ items: z.array(runSummary), nextCursor: z.string().nullable() })

export const runObject = z.object({
  object: z.string(),
  state: z.enum(['queued', 'extracting', 'loading', 'done', 'warning', 'failed', 'skipped', 'cancelled']),
  mode: z.string().nullable(),
  extracted: count,
  loaded: count,
  unchanged: count,
  filtered: count,
  rejected: count,
  deleted: count,
  requests: count,
  retries: count,
  /** Milliseconds waited, by reason. */
  waits: z.record(z.string(), z.number()),
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  checkpointBefore: z.unknown(),
  checkpointAfter: z.unknown(),
  error: toldError.nullable(),
  warnings: z.array(z.string()),
  completeness: z
    .object({
      rows: z.number().nullable(),
      reported: z.number().nullable(),
      agrees: z.boolean().nullable(),
      why: z.string(),
    })
    .nullable(),
})

export const runDetails = runSummary.extend({
  connectorVersion: z.number().nullable(),
  objects: z.array(runObject),
  /** Where the rows land: the file, or host, port and database. */
  destination: z
    .object({ name: z.string(), type: z.string(), place: z.string().nullable(), schema: z.string() })
    .nullable(),
  waitingNow: z.object({ reason: z.string(), object: z.string().nullable(), until: z.string() }).nullable(),
})

const level = z.enum(['info', 'warn', 'error'])
export const runEvent = z.object({
  seq: z.number(),
  at: moment,
  level,
  object: z.string().nullable(),
  kind: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
})

export const logInput = z.strictObject({
  id: z.uuid(),
  object: z.string().max(200).optional(),
  /** Lines of this level and of graver ones. */
  level: level.optional(),
  /** Only lines after this number. */
  after: z.number().int().min(0).optional(),
  /** Only lines before this number. */
  before: z.number().int().min(1).optional(),
  /** Which lines come where there are more than `limit`; they are told oldest first either way. */
  end: z.enum(['oldest', 'newest']).default('oldest'),
  limit: z.number().int().min(1).max(500).default(200),
})
export const runLog = z.object({
  events: z.array(runEvent),
  nextAfter: z.number().nullable(),
  nextBefore: z.number().nullable(),
})

export const comparison = z.object({
  a: runSummary,
  b: runSummary,
  objects: z.array(z.object({ object: z.string(), a: runObject.nullable(), b: runObject.nullable() })),
  /** What b's document says otherwise than a's; null: they are of different pipelines. */
  changes: z.array(z.string()).nullable(),
})

export const skippedList = z.object({
  items: z.array(
    z.object({
      scheduledFor: moment,
      reason: z.enum(['still_running', 'missed', 'connection']),
      runId: z.string().nullable(),
      at: moment,
    }),
  ),
})

export const watchInput = z.strictObject({
  /** Absent: all runs of the workspace. */
  runIds: z.array(z.uuid()).max(50).optional(),
  /** A pipeline that is open: who else has it open is told. */
  pipelineId: z.uuid().optional(),
  lastEventId: z.string().max(4000).nullish(),
})

export const watchUpdate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), run: runSummary }),
  z.object({ kind: z.literal('objects'), runId: z.string(), objects: z.array(runObject) }),
  z.object({ kind: z.literal('event'), runId: z.string(), event: runEvent }),
  z.object({ kind: z.literal('pipelines') }),
  z.object({
    kind: z.literal('presence'),
    people: z.array(z.object({ userId: z.string(), name: z.string() })),
  }),
])
