import { z } from 'zod'
import { createWorkspace } from '../members/create-workspace.ts'
import { renameWorkspace } from '../members/rename-workspace.ts'
import { doneSchema, nameSchema } from './members-schemas.ts'
import { memberProcedure, router, signedInProcedure } from './trpc.ts'

/** Workspaces of the installation. */
export const workspacesRouter = router({
  create: signedInProcedure
    .input(z.strictObject({ name: nameSchema }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => createWorkspace(ctx, input)),
  rename: memberProcedure
    .input(z.strictObject({ name: nameSchema }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => renameWorkspace(ctx.actor, input)),
})
