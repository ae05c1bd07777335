import { z } from 'zod'
import { acceptInvitation, lookAtInvitation } from '../members/accept-invitation.ts'
import { invite } from '../members/invite.ts'
import { listInvitations, revokeInvitation } from '../members/list-invitations.ts'
import {
  doneSchema,
  emailSchema,
  idSchema,
  invitationSchema,
  nameSchema,
  passwordSchema,
  roleSchema,
  tokenSchema,
} from './members-schemas.ts'
import { memberProcedure, publicProcedure, router } from './trpc.ts'

/** Inviting people, and being invited. */
export const invitationsRouter = router({
  list: memberProcedure
    .output(z.object({ items: z.array(invitationSchema) }))
    .query(({ ctx }) => listInvitations(ctx.actor)),
  create: memberProcedure
    .input(z.strictObject({ email: emailSchema, role: roleSchema }))
    .output(z.object({ link: z.string(), mailed: z.boolean() }))
    .mutation(({ ctx, input }) => invite(ctx.actor, input)),
  revoke: memberProcedure
    .input(idSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.actor, input)),
  look: publicProcedure
    .input(z.strictObject({ token: tokenSchema }))
    .output(
      z.object({ workspaceName: z.string(), email: z.string(), role: roleSchema, hasAccount: z.boolean() }),
    )
    .query(({ ctx, input }) => lookAtInvitation(ctx.services, input.token)),
  accept: publicProcedure
    .input(
      z.strictObject({
        token: tokenSchema,
        name: nameSchema.optional(),
        password: passwordSchema.optional(),
      }),
    )
    .output(doneSchema)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
})
