import { z } from 'zod'
import { describeAttempt } from '../connections/describe-attempt.ts'
import { attemptCodes } from '../connections/oauth-draft.ts'
import { resolveOtherAccount } from '../connections/resolve-other-account.ts'
import { startOAuth } from '../connections/start-oauth.ts'
import { address, id, name, settings } from './connections-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

const attempt = z.object({
  state: z.enum(['pending', 'succeeded', 'failed']),
  code: z.enum(attemptCodes).nullable(),
  message: z.string(),
  connectionId: z.string().nullable(),
  choice: z.object({ previousAccount: z.string(), newAccount: z.string() }).optional(),
})

const startInput = z.strictObject({
  connector: z.string().max(64),
  name,
  projectId: id.nullish(),
  region: z.string().max(32).optional(),
  profileId: id.nullish(),
  scopes: z.array(z.string().max(64)).max(100),
  apiBaseUrl: address.optional(),
  settings: settings.optional(),
  connectionId: id.optional(),
})

/** Trips to an API's consent page and back. */
export const oauthRouter = router({
  start: memberProcedure
    .input(startInput)
    .output(z.object({ attemptId: z.string(), authorizeUrl: z.string(), expiresAt: z.string() }))
    .mutation(({ ctx, input }) => startOAuth(ctx.actor, input)),
  attempt: memberProcedure
    .input(z.strictObject({ attemptId: id }))
    .output(attempt)
    .query(({ ctx, input }) => describeAttempt(ctx.actor, input)),
  resolveOtherAccount: memberProcedure
    .input(z.strictObject({ attemptId: id, choice: z.enum(['fresh_namespace', 'wipe', 'keep_old']) }))
    .output(attempt)
    .mutation(({ ctx, input }) => resolveOtherAccount(ctx.actor, input)),
})
