import { z } from 'zod'
import { describeSession } from '../members/describe-session.ts'
import { switchWorkspace } from '../members/switch-workspace.ts'
import { doneSchema, meSchema } from './members-schemas.ts'
import { policy } from './policy.ts'
import { publicProcedure, router, signedInProcedure } from './trpc.ts'

/** Who is asking, and what they may do. */
export const sessionRouter = router({
  me: publicProcedure.output(meSchema).query(({ ctx }) => describeSession(ctx)),
  permissions: signedInProcedure
    .output(z.object({ rules: z.record(z.string(), z.string()) }))
    .query(() => ({ rules: { ...policy } })),
  switchWorkspace: signedInProcedure
    .input(z.strictObject({ workspaceId: z.string().max(200) }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => switchWorkspace(ctx, input)),
})
