import { z } from 'zod'

export const decisionSchema = z.enum(['replicate', 'hash', 'exclude'])

export const changesInput = z.strictObject({
  pipelineId: z.uuid().optional(),
  open: z.boolean().optional(),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(60).optional(),
})

export const changeIds = z.array(z.uuid()).min(1).max(200)

const change = z.object({
  id: z.string(),
  pipelineId: z.string(),
  pipelineName: z.string(),
  object: z.string(),
  field: z.string(),
  kind: z.enum(['added', 'removed', 'type_changed']),
  exampleType: z.string(),
  looksSensitive: z.string().nullable(),
  applied: z.string(),
  policy: z.enum(['auto_sync', 'block']),
  firstSeen: z.string(),
  decision: decisionSchema.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  effect: z.string(),
})

export const decidedChanges = z.object({ items: z.array(change) })
export const changeList = decidedChanges.extend({ nextCursor: z.string().nullable() })
