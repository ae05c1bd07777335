import { z } from 'zod'
import { listMembers } from '../members/list-members.ts'
import { describePermissions } from '../members/permission-matrix.ts'
import { removeMember } from '../members/remove-member.ts'
import { setRole } from '../members/set-role.ts'
import { doneSchema, matrixSchema, memberSchema, roleSchema } from './members-schemas.ts'
import { policy } from './policy.ts'
import { memberProcedure, router } from './trpc.ts'

const userId = z.string().min(1).max(200)

/** Who belongs to the workspace, and what they may do. */
export const membersRouter = router({
  list: memberProcedure
    .output(z.object({ items: z.array(memberSchema) }))
    .query(({ ctx }) => listMembers(ctx.actor)),
  matrix: memberProcedure.output(matrixSchema).query(() => describePermissions(policy)),
  setRole: memberProcedure
    .input(z.strictObject({ userId, role: roleSchema }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => setRole(ctx.actor, input)),
  remove: memberProcedure
    .input(z.strictObject({ userId }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => removeMember(ctx.actor, input)),
})
