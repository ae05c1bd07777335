import { z } from 'zod'
import { checkSetupToken, createFirstAdmin } from '../members/create-first-admin.ts'
import { doneSchema, emailSchema, nameSchema, passwordSchema, tokenSchema } from './members-schemas.ts'
import { publicProcedure, router } from './trpc.ts'

/** The first admin of a new installation. */
export const setupRouter = router({
  checkToken: publicProcedure
    .input(z.strictObject({ token: tokenSchema }))
    .output(z.object({ valid: z.boolean() }))
    .query(({ ctx, input }) => checkSetupToken(ctx.services, input.token)),
  createAdmin: publicProcedure
    .input(
      z.strictObject({
        token: tokenSchema,
        name: nameSchema,
        email: emailSchema,
        password: passwordSchema,
        workspaceName: nameSchema,
      }),
    )
    .output(doneSchema)
    .mutation(({ ctx, input }) => createFirstAdmin(ctx, input)),
})
