import { z } from 'zod'
import { planChange } from '../changes/plan-change.ts'
import { countWaiting } from '../changes/count-waiting.ts'
import { decideChanges, undoChanges } from '../changes/decide-changes.ts'
import { listChanges } from '../changes/list-changes.ts'
import {
  changeIds,
  changeList,
  changePlan,
  changePlanInput,
  changesInput,
  decidedChanges,
  decideInput,
} from './changes-schemas.ts'
import { memberProcedure, memberRead, router } from './trpc.ts'

/** The inbox of schema changes: what runs found, and what people decided about it. */
export const changesRouter = router({
  list: memberRead
    .input(changesInput)
    .output(changeList)
    .query(({ ctx, input }) => listChanges(ctx.actor, input)),
  /** Those that ask for something: what is only to be known is not among them. */
  waiting: memberRead
    .input(z.strictObject({ pipelineId: z.uuid().optional() }))
    .output(z.object({ waiting: z.number() }))
    .query(({ ctx, input }) => countWaiting(ctx.actor, input)),
  decide: memberProcedure
    .input(decideInput)
    .output(decidedChanges)
    .mutation(({ ctx, input }) => decideChanges(ctx.actor, input)),
  /** It asks the destination, so it is asked for, not read along. */
  plan: memberProcedure
    .input(changePlanInput)
    .output(changePlan)
    .mutation(({ ctx, input }) => planChange(ctx.actor, input)),
  undo: memberProcedure
    .input(z.strictObject({ ids: changeIds }))
    .output(decidedChanges)
    .mutation(({ ctx, input }) => undoChanges(ctx.actor, input)),
})
