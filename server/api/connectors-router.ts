import { z } from 'zod'
import { getConnector, listConnectors, readConnectorSource } from '../connections/list-connectors.ts'
import { checkDraft } from '../connections/check-draft.ts'
import { tryObject } from '../connections/try-object.ts'
import {
  checkedDraft,
  connector,
  connectorDetail,
  connectorSource,
  draftInput,
  triedObject,
  tryInput,
} from './connectors-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

const named = z.strictObject({ name: z.string().max(64) })

/** What can be connected: manifests, and types of destinations. */
export const connectorsRouter = router({
  list: memberProcedure.output(z.array(connector)).query(({ ctx }) => listConnectors(ctx.actor)),
  get: memberProcedure
    .input(named)
    .output(connectorDetail)
    .query(({ ctx, input }) => getConnector(ctx.actor, input)),
  source: memberProcedure
    .input(named)
    .output(connectorSource)
    .query(({ ctx, input }) => readConnectorSource(ctx.actor, input)),
  check: memberProcedure
    .input(draftInput)
    .output(checkedDraft)
    .mutation(({ ctx, input }) => checkDraft(ctx.actor, input)),
  try: memberProcedure
    .input(tryInput)
    .output(triedObject)
    .mutation(({ ctx, input }) => tryObject(ctx.actor, input)),
})
