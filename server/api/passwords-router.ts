import { z } from 'zod'
import { requestPassword } from '../members/request-password.ts'
import { checkPasswordLink, resetPassword } from '../members/reset-password.ts'
import { doneSchema, emailSchema, passwordSchema, tokenSchema } from './members-schemas.ts'
import { publicProcedure, router } from './trpc.ts'

/** A new password for who forgot theirs, by mail. */
export const passwordsRouter = router({
  request: publicProcedure
    .input(z.strictObject({ email: emailSchema }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => requestPassword(ctx, input)),
  checkToken: publicProcedure
    .input(z.strictObject({ token: tokenSchema }))
    .output(z.object({ valid: z.boolean() }))
    .query(({ ctx, input }) => checkPasswordLink(ctx.services, input.token)),
  reset: publicProcedure
    .input(z.strictObject({ token: tokenSchema, password: passwordSchema }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
})
