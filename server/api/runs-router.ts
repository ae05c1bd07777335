import { tracked } from '@trpc/server'
import { z } from 'zod'
import { insistOnMembership } from '../members/insist-on-membership.ts'
import { cancelRun } from '../runs/cancel-run.ts'
import { compareRuns } from '../runs/compare-runs.ts'
import { exportRuns } from '../runs/export-runs.ts'
import { getRun, listRuns } from '../runs/list-runs.ts'
import { listSkippedTicks } from '../runs/list-skipped.ts'
import { readLog } from '../runs/read-log.ts'
import { resyncObjects, retryFailed } from '../runs/repeat-run.ts'
import { startRun } from '../runs/start-run.ts'
import { watchRuns } from '../runs/watch-runs.ts'
import * as shapes from './runs-schemas.ts'
import { tellFailure, trackedStream } from './tracked-stream.ts'
import { memberProcedure, memberRead, router } from './trpc.ts'

/** Runs: started, followed, cancelled, repeated, compared. */
export const runsRouter = router({
  list: memberRead
    .input(shapes.listInput)
    .output(shapes.runList)
    .query(({ ctx, input }) => listRuns(ctx.actor, input)),
  get: memberRead
    .input(shapes.runId)
    .output(shapes.runDetails)
    .query(({ ctx, input }) => getRun(ctx.actor, input)),
  start: memberProcedure
    .input(z.strictObject({ pipelineId: z.uuid() }))
    .output(shapes.started)
    .mutation(({ ctx, input }) => startRun(ctx.actor, input)),
  cancel: memberProcedure
    .input(shapes.runId)
    .output(shapes.started)
    .mutation(({ ctx, input }) => cancelRun(ctx.actor, input)),
  retryFailed: memberProcedure
    .input(shapes.runId)
    .output(shapes.started)
    .mutation(({ ctx, input }) => retryFailed(ctx.actor, input)),
  resync: memberProcedure
    .input(z.strictObject({ pipelineId: z.uuid(), objects: z.array(z.string().max(200)).min(1).max(200) }))
    .output(shapes.started)
    .mutation(({ ctx, input }) => resyncObjects(ctx.actor, input)),
  log: memberRead
    .input(shapes.logInput)
    .output(shapes.runLog)
    .query(({ ctx, input }) => readLog(ctx.actor, input)),
  compare: memberProcedure
    .input(z.strictObject({ a: z.uuid(), b: z.uuid() }))
    .output(shapes.comparison)
    .query(({ ctx, input }) => compareRuns(ctx.actor, input)),
  exportCsv: memberProcedure
    .input(shapes.exportInput)
    .output(z.object({ csv: z.string() }))
    .query(({ ctx, input }) => exportRuns(ctx.actor, input)),
  skipped: memberProcedure
    .input(z.strictObject({ pipelineId: z.uuid() }))
    .output(shapes.skippedList)
    .query(({ ctx, input }) => listSkippedTicks(ctx.actor, input)),
  watch: memberProcedure
    .input(shapes.watchInput)
    .output(trackedStream(shapes.watchUpdate))
    .subscription(async function* ({ ctx, input, signal }) {
      const stream = watchRuns(ctx.actor, {
        runIds: input.runIds,
        pipelineId: input.pipelineId,
        lastEventId: input.lastEventId ?? undefined,
        insist: insistOnMembership(ctx.actor, ctx.request.headers),
        signal: signal ?? new AbortController().signal,
      })
      for await (const { id, update } of tellFailure(stream, ctx)) yield tracked(id, update)
    }),
})
