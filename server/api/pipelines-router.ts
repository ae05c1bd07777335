import { z } from 'zod'
import { createPipeline } from '../pipelines/create-pipeline.ts'
import { describeBudget } from '../pipelines/describe-budget.ts'
import { discardDraft } from '../pipelines/discard-draft.ts'
import { duplicatePipeline } from '../pipelines/duplicate-pipeline.ts'
import { exportPipeline } from '../pipelines/export-pipeline.ts'
import { getPipeline } from '../pipelines/get-pipeline.ts'
import { importPipeline } from '../pipelines/import-pipeline.ts'
import { largestDocument } from '../pipelines/is-bounded.ts'
import { listPipelines } from '../pipelines/list-pipelines.ts'
import { diffPipeline, getVersion, listPipelineVersions } from '../pipelines/list-versions.ts'
import { movePipeline } from '../pipelines/move-pipeline.ts'
import { pausePipeline, resumePipeline } from '../pipelines/pause-pipeline.ts'
import { planPipeline } from '../pipelines/plan-pipeline.ts'
import { previewRecords } from '../pipelines/preview-records.ts'
import { previewSchedule } from '../pipelines/preview-schedule.ts'
import { publishPipeline } from '../pipelines/publish-pipeline.ts'
import { removePipeline } from '../pipelines/remove-pipeline.ts'
import { renamePipeline } from '../pipelines/rename-pipeline.ts'
import { saveDraft } from '../pipelines/save-draft.ts'
import { showPresence } from '../pipelines/show-presence.ts'
import { showSamples } from '../pipelines/show-samples.ts'
import { validateDocument } from '../pipelines/validate-document.ts'
import * as shapes from './pipelines-schemas.ts'
import * as previews from './preview-schemas.ts'
import { problemsSchema } from './problem-schema.ts'
import { storedText } from './stored-text.ts'
import { memberProcedure, memberRead, router } from './trpc.ts'

/** Pipelines: drafted, validated, published, paused. */
export const pipelinesRouter = router({
  list: memberRead
    .input(shapes.listInput)
    .output(shapes.pipelineList)
    .query(({ ctx, input }) => listPipelines(ctx.actor, input)),
  get: memberRead
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
    .input(z.strictObject({ id: z.uuid(), reason: storedText(500).min(1).optional() }))
    .output(z.object({ pausedAt: z.string() }))
    .mutation(({ ctx, input }) => pausePipeline(ctx.actor, input)),
  resume: memberProcedure
    .input(shapes.pipelineId)
    .output(z.object({ nextRunAt: z.string().nullable() }))
    .mutation(({ ctx, input }) => resumePipeline(ctx.actor, input)),
  duplicate: memberProcedure
    .input(z.strictObject({ id: z.uuid(), name: shapes.pipelineName }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => duplicatePipeline(ctx.actor, input)),
  rename: memberProcedure
    .input(z.strictObject({ id: z.uuid(), name: shapes.pipelineName }))
    .output(z.object({ revision: z.number() }))
    .mutation(({ ctx, input }) => renamePipeline(ctx.actor, input)),
  move: memberProcedure
    .input(z.strictObject({ id: z.uuid(), projectId: z.uuid().nullable() }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await movePipeline(ctx.actor, input)
      return {}
    }),
  discardDraft: memberProcedure
    .input(z.strictObject({ id: z.uuid(), revision: z.number().int().min(1).optional() }))
    .output(z.object({ revision: z.number() }))
    .mutation(({ ctx, input }) => discardDraft(ctx.actor, input)),
  remove: memberProcedure
    .input(shapes.pipelineId)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await removePipeline(ctx.actor, input)
      return {}
    }),
  versions: memberProcedure
    .input(shapes.versionsInput)
    .output(shapes.versions)
    .query(({ ctx, input }) => listPipelineVersions(ctx.actor, input)),
  version: memberProcedure
    .input(z.strictObject({ id: z.uuid(), version: shapes.versionNumber }))
    .output(shapes.versionDetails)
    .query(async ({ ctx, input }) => {
      const { document, ...version } = await getVersion(ctx.actor, input)
      return { ...version, document: { ...document } }
    }),
  diff: memberProcedure
    .input(shapes.diffInput)
    .output(z.object({ changes: shapes.changesSchema }))
    .query(({ ctx, input }) => diffPipeline(ctx.actor, input)),
  nextRuns: memberProcedure
    .input(z.strictObject({ schedule: z.record(z.string().max(50), z.unknown()) }))
    .output(shapes.schedulePreview)
    .query(({ ctx, input }) => previewSchedule(ctx.actor, input)),
  preview: memberProcedure
    .input(previews.previewInput)
    .output(previews.previewOutput)
    // It is written down who looked.
    .mutation(({ ctx, input }) => previewRecords(ctx.actor, input)),
  samples: memberProcedure
    .input(previews.samplesInput)
    .output(previews.samplesOutput)
    // It is written down who looked.
    .mutation(({ ctx, input }) => showSamples(ctx.actor, input)),
  present: memberProcedure
    .input(z.strictObject({ id: z.uuid(), tab: z.uuid(), here: z.boolean() }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await showPresence(ctx.actor, input)
      return {}
    }),
  plan: memberProcedure
    .input(previews.planInput)
    .output(previews.planOutput)
    // It changes nothing; a document is too long for a URL.
    .mutation(({ ctx, input }) => planPipeline(ctx.actor, input)),
  budget: memberProcedure
    .input(z.strictObject({ connectionId: z.uuid() }))
    .output(previews.budgetOutput)
    .query(({ ctx, input }) => describeBudget(ctx.actor, input)),
  export: memberProcedure
    .input(z.strictObject({ id: z.uuid(), version: shapes.versionNumber.optional() }))
    .output(z.object({ yaml: z.string() }))
    .query(({ ctx, input }) => exportPipeline(ctx.actor, input)),
  import: memberProcedure
    .input(
      z.strictObject({ yaml: z.string().max(largestDocument), projectId: z.uuid().nullable().optional() }),
    )
    .output(shapes.imported)
    .mutation(({ ctx, input }) => importPipeline(ctx.actor, input)),
})
