import { z } from 'zod'
import { describeHashKey } from '../members/hash-key.ts'
import { readSettings, updateSettings } from '../members/settings.ts'
import { doneSchema, regionsSchema } from './members-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

/** What admins decide for the workspace. */
export const settingsRouter = router({
  get: memberProcedure
    .output(z.object({ allowedRegions: regionsSchema, installationProfileAllowed: z.boolean() }))
    .query(({ ctx }) => readSettings(ctx.actor)),
  update: memberProcedure
    .input(
      z.strictObject({
        allowedRegions: regionsSchema.nullable().optional(),
        installationProfileAllowed: z.boolean().optional(),
      }),
    )
    .output(doneSchema)
    .mutation(({ ctx, input }) => updateSettings(ctx.actor, input)),
  hashKey: memberProcedure
    .output(z.object({ version: z.int(), fingerprint: z.string(), createdAt: z.iso.datetime() }))
    .query(({ ctx }) => describeHashKey(ctx.actor)),
})
