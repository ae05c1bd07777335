import { z } from 'zod'
import { getWipe, listWipes } from '../connections/describe-wipe.ts'
import { startWipe } from '../connections/start-wipe.ts'
import { id } from './connections-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

const wipe = z.object({
  id: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  objects: z.array(
    z.object({
      destination: z.string(),
      schema: z.string(),
      object: z.string(),
      rows: z.number().nullable(),
      done: z.boolean(),
    }),
  ),
  error: z.string().nullable(),
  requestedBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})

/** "Delete all data" of a connection. */
export const wipesRouter = router({
  start: memberProcedure
    .input(z.strictObject({ connectionId: id, confirm: z.string().max(20) }))
    .output(wipe)
    .mutation(({ ctx, input }) => startWipe(ctx.actor, input)),
  list: memberProcedure.output(z.array(wipe)).query(({ ctx }) => listWipes(ctx.actor)),
  get: memberProcedure
    .input(z.strictObject({ id }))
    .output(wipe)
    .query(({ ctx, input }) => getWipe(ctx.actor, input)),
})
