import { z } from 'zod'
import { createPipeline } from '../pipelines/create-pipeline.ts'
import { getPipeline } from '../pipelines/get-pipeline.ts'
import { listPipelines } from '../pipelines/list-pipelines.ts'
import { pausePipeline, resumePipeline } from '../pipelines/pause-pipeline.ts'
import { publishPipeline } from '../pipelines/publish-pipeline.ts'
import { saveDraft } from '../pipelines/save-draft.ts'
import { validateDocument } from '../pipelines/validate-document.ts'
import * as shapes from './pipelines-schemas.ts'
import { problemsSchema } from './problem-schema.ts'
import { memberProcedure, router } from './trpc.ts'

/** Pipelines: drafted, validated, published, paused. */
export const pipelinesRouter = router({
  list: memberProcedure
    .input(shapes.listInput)
    .output(shapes.pipelineList)
    .query(({ ctx, input }) => listPipelines(ctx.actor, input)),
  get: memberProcedure
    .input(shapes.pipelineId)
    .output(shapes.pipelineDetails)
    .query(async ({ ctx, input }) => {
      const { draft, publishedDocument, ...details } = await getPipeline(ctx.actor, input)
      return {
        ...details,
        draft: { ...draft },
        publishedDocument: publishedDocument && { ...publishedDocument },
      }
    }),
  create: memberProcedure
    .input(shapes.createInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => createPipeline(ctx.actor, input)),
  saveDraft: memberProcedure
    .input(shapes.saveInput)
    .output(shapes.saved)
    .mutation(({ ctx, input }) => saveDraft(ctx.actor, input)),
  validate: memberProcedure
    .input(z.strictObject({ document: shapes.document, id: z.uuid().optional() }))
    .output(z.object({ problems: problemsSchema }))
    // It changes nothing; a document is too long for a URL.
    .mutation(({ ctx, input }) => validateDocument(ctx.actor, input)),
  publish: memberProcedure
    .input(shapes.publishInput)
    .output(z.object({ version: z.number() }))
    .mutation(({ ctx, input }) => publishPipeline(ctx.actor, input)),
  pause: memberProcedure
    .input(z.strictObject({ id: z.uuid(), reason: z.string().trim().min(1).max(500).optional() }))
    .output(z.object({ pausedAt: z.string() }))
    .mutation(({ ctx, input }) => pausePipeline(ctx.actor, input)),
  resume: memberProcedure
    .input(shapes.pipelineId)
    .output(z.object({ nextRunAt: z.string().nullable() }))
    .mutation(({ ctx, input }) => resumePipeline(ctx.actor, input)),
})
