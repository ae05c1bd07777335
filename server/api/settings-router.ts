import { z } from 'zod'
import { describeHashKey } from '../members/hash-key.ts'
import { describeHashing, rotateHashKey } from '../members/rotate-hash-key.ts'
import { leastDays, mostDays, readSettings, updateSettings } from '../members/settings.ts'
import { doneSchema, regionsSchema } from './members-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

const retention = z.strictObject({
  logDays: z.int().min(leastDays.log).max(mostDays),
  runDays: z.int().min(leastDays.run).max(mostDays).nullable(),
})

const hashKey = z.object({
  version: z.int(),
  fingerprint: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string().nullable(),
})

const hashedObject = z.object({
  object: z.string(),
  fields: z.array(z.string()).readonly(),
  older: z.boolean(),
})

/** What admins decide for the workspace. */
export const settingsRouter = router({
  get: memberProcedure
    .output(z.object({ allowedRegions: regionsSchema, installationProfileAllowed: z.boolean(), retention }))
    .query(({ ctx }) => readSettings(ctx.actor)),
  update: memberProcedure
    .input(
      z.strictObject({
        allowedRegions: regionsSchema.nullable().optional(),
        installationProfileAllowed: z.boolean().optional(),
        retention: retention.optional(),
      }),
    )
    .output(doneSchema)
    .mutation(({ ctx, input }) => updateSettings(ctx.actor, input)),
  hashKey: memberProcedure
    .output(hashKey.extend({ earlier: z.array(hashKey) }))
    .query(({ ctx }) => describeHashKey(ctx.actor)),
  hashing: memberProcedure
    .output(z.array(z.object({ pipelineId: z.string(), name: z.string(), objects: z.array(hashedObject) })))
    .query(({ ctx }) => describeHashing(ctx.actor)),
  rotateHashKey: memberProcedure
    .input(z.strictObject({ version: z.int().min(1), confirm: z.string().max(20) }))
    .output(z.object({ version: z.int() }))
    .mutation(({ ctx, input }) => rotateHashKey(ctx.actor, input)),
})
