import { z } from 'zod'

export const decisionSchema = z.enum(['replicate', 'hash', 'exclude', 'continue'])
const continues = z.string().min(1).max(500)

export const changesInput = z.strictObject({
  pipelineId: z.uuid().optional(),
  open: z.boolean().optional(),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(60).optional(),
})

export const changeIds = z.array(z.uuid()).min(1).max(200)

/** `continues` names the vanished field whose column one new field goes on with. */
export const decideInput = z.strictObject({
  ids: changeIds,
  decision: decisionSchema,
  continues: continues.optional(),
})

export const changePlanInput = z.strictObject({
  id: z.uuid(),
  decision: decisionSchema,
  continues: continues.optional(),
})
export const changePlan = z.object({ statements: z.array(z.string()).readonly() })

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
  continues: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  effect: z.string(),
  severity: z.enum(['info', 'decision', 'breaking']),
  mayContinue: z.array(z.string()).readonly(),
})

export const decidedChanges = z.object({ items: z.array(change) })
export const changeList = decidedChanges.extend({ nextCursor: z.string().nullable() })
