import { z } from 'zod'
import { createApiKey, listApiKeys, revokeApiKey } from '../members/api-keys.ts'
import { apiKeySchema, doneSchema, idSchema, nameSchema, roleSchema } from './members-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

/** Keys for programs. */
export const apiKeysRouter = router({
  list: memberProcedure
    .output(z.object({ items: z.array(apiKeySchema) }))
    .query(({ ctx }) => listApiKeys(ctx.actor)),
  create: memberProcedure
    .input(
      z.strictObject({
        name: nameSchema,
        role: roleSchema,
        expiresInDays: z.int().min(1).max(3650).optional(),
      }),
    )
    .output(z.object({ id: z.string(), key: z.string() }))
    .mutation(({ ctx, input }) => createApiKey(ctx.actor, input)),
  revoke: memberProcedure
    .input(idSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => revokeApiKey(ctx.actor, input)),
})
