import { z } from 'zod'
import { exportAudit, listAudit } from '../audit/list-audit.ts'
import { storedText } from './stored-text.ts'
import { memberProcedure, router } from './trpc.ts'

const text = storedText(200).min(1)
const filters = {
  q: text.optional(),
  actor: text.optional(),
  action: text.optional(),
  outcome: z.enum(['done', 'denied']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
}
const page = {
  limit: z.int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
}

const item = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string(),
  via: z.enum(['session', 'api_key', 'system']),
  action: z.string(),
  outcome: z.enum(['done', 'denied']),
  subject: z.string().nullable(),
  subjectType: z.string().nullable(),
  subjectId: z.string().nullable(),
  detail: z.object({ before: z.unknown(), after: z.unknown() }).nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
})

/** Who did what, and who tried. */
export const auditRouter = router({
  list: memberProcedure
    .input(z.strictObject({ ...filters, ...page }))
    .output(z.object({ items: z.array(item), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listAudit(ctx.actor, input)),
  export: memberProcedure
    .input(z.strictObject(filters))
    .output(z.object({ csv: z.string() }))
    // It writes that the log left the house, so it is no query.
    .mutation(({ ctx, input }) => exportAudit(ctx.actor, input)),
})
