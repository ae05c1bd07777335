import { z } from 'zod'
import { createProject, listProjects, removeProject, renameProject } from '../projects/manage-projects.ts'
import { moveToProject } from '../projects/move-to-project.ts'
import { storedText } from './stored-text.ts'
import { memberProcedure, router } from './trpc.ts'

const name = storedText(100).min(1)
const done = z.object({})

const projects = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      pipelines: z.number(),
      connections: z.number(),
      createdAt: z.string(),
    }),
  ),
})

/** Folders of pipelines and connections. */
export const projectsRouter = router({
  list: memberProcedure
    .input(z.strictObject({}).optional())
    .output(projects)
    .query(async ({ ctx }) => ({ items: await listProjects(ctx.actor) })),
  create: memberProcedure
    .input(z.strictObject({ name }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => createProject(ctx.actor, input)),
  rename: memberProcedure
    .input(z.strictObject({ id: z.uuid(), name }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await renameProject(ctx.actor, input)
      return {}
    }),
  remove: memberProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await removeProject(ctx.actor, input)
      return {}
    }),
  move: memberProcedure
    .input(
      z.strictObject({
        subjectType: z.enum(['pipeline', 'connection']),
        id: z.uuid(),
        projectId: z.uuid().nullable(),
      }),
    )
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await moveToProject(ctx.actor, input)
      return {}
    }),
})
