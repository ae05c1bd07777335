import { z } from 'zod'
import { policy } from './policy.ts'
import { describeSession } from '../members/describe-session.ts'
import { publicProcedure, router, signedInProcedure } from './trpc.ts'

const role = z.enum(['viewer', 'editor', 'admin'])
const me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  workspace: z.object({ id: z.string(), name: z.string() }).nullable(),
  role: role.nullable(),
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), role })),
  setupNeeded: z.boolean(),
  version: z.string(),
  sandboxOffered: z.boolean(),
})

/** Who is asking, and what they may do. */
export const sessionRouter = router({
  me: publicProcedure.output(me).query(({ ctx }) => describeSession(ctx)),
  permissions: signedInProcedure
    .output(z.object({ rules: z.record(z.string(), z.string()) }))
    .query(() => ({ rules: { ...policy } })),
})
