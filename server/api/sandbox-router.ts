import { z } from 'zod'
import { acceptSandbox, describeSandboxOffer } from '../connections/accept-sandbox.ts'
import { memberProcedure, router } from './trpc.ts'

const offer = z.object({
  available: z.boolean(),
  connectionId: z.string().nullable(),
  destinationId: z.string().nullable(),
  pipelineId: z.string().nullable(),
})
const accepted = z.object({
  connectionId: z.string(),
  destinationId: z.string(),
  pipelineId: z.string(),
  runId: z.string(),
})

/** The sandbox workspace that newcomers are offered. */
export const sandboxRouter = router({
  offer: memberProcedure.output(offer).query(({ ctx }) => describeSandboxOffer(ctx.actor)),
  accept: memberProcedure.output(accepted).mutation(({ ctx }) => acceptSandbox(ctx.actor)),
})
