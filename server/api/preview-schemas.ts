import { z } from 'zod'
import { document } from './pipelines-schemas.ts'

export const previewInput = z.strictObject({
  document,
  object: z.string().min(1).max(200),
  limit: z.number().int().min(1).max(50).default(20),
  /** The pipeline, so that what was decided about its new fields counts. */
  id: z.uuid().optional(),
})

const protection = z.enum(['replicate', 'hash', 'exclude'])
const sensitive = z.string().nullable()
const rows = z
  .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
  .readonly()

export const previewOutput = z.object({
  object: z.string(),
  columns: z
    .array(
      z.object({
        field: z.string(),
        type: z.string(),
        sensitive,
        protection,
        inside: z.array(z.object({ path: z.string(), sensitive, protection })).readonly(),
      }),
    )
    .readonly(),
  before: rows,
  after: rows,
  cuts: z
    .array(
      z.object({
        side: z.enum(['before', 'after']),
        row: z.number(),
        field: z.string(),
        bytes: z.number(),
      }),
    )
    .readonly(),
  rejected: z.array(z.string()).readonly(),
})

export const samplesInput = previewInput.omit({ limit: true })

export const samplesOutput = z.object({
  records: z.number(),
  samples: z.array(z.object({ path: z.string(), shown: z.string(), hashed: z.string() })).readonly(),
})

export const planInput = z
  .strictObject({ id: z.uuid().optional(), document: document.optional() })
  .refine(({ id, document: given }) => id !== undefined || given !== undefined, {
    message: 'Say which pipeline, or which document.',
  })

export const planOutput = z.object({
  statements: z.array(z.object({ object: z.string(), sql: z.string() })).readonly(),
  note: z.string(),
})

export const budgetOutput = z.object({
  limit: z.string(),
  concurrency: z.number().nullable(),
  sharedBy: z.array(z.object({ pipelineId: z.string(), name: z.string() })).readonly(),
})
