import { z } from 'zod'
import { changeProfile, createProfile, listProfiles, removeProfile } from '../connections/oauth-profiles.ts'
import { id, name } from './connections-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

const profile = z.object({
  id: z.string(),
  connector: z.string(),
  name: z.string(),
  clientIdTail: z.string(),
  redirectUri: z.string(),
  usedBy: z.array(z.object({ id: z.string(), name: z.string() })),
  createdAt: z.string(),
})
const clientId = z.string().trim().min(1).max(500)
const clientSecret = z.string().trim().min(1).max(2000)

/** OAuth apps that an admin registered. */
export const oauthProfilesRouter = router({
  list: memberProcedure
    .input(z.strictObject({ connector: z.string().max(64).optional() }).optional())
    .output(z.array(profile))
    .query(({ ctx, input }) => listProfiles(ctx.actor, input ?? {})),
  create: memberProcedure
    .input(z.strictObject({ connector: z.string().max(64), name, clientId, clientSecret }))
    .output(profile)
    .mutation(({ ctx, input }) => createProfile(ctx.actor, input)),
  update: memberProcedure
    .input(
      z.strictObject({
        id,
        name: name.optional(),
        clientId: clientId.optional(),
        clientSecret: clientSecret.optional(),
      }),
    )
    .output(profile)
    .mutation(({ ctx, input }) => changeProfile(ctx.actor, input)),
  remove: memberProcedure
    .input(z.strictObject({ id }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => removeProfile(ctx.actor, input)),
})
