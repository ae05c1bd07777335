import { z } from 'zod'
import { checkDraft } from '../connections/check-draft.ts'
import { getConnector, listConnectors, readConnectorSource } from '../connections/list-connectors.ts'
import { tryDraft } from '../connections/try-draft.ts'
import { tryObject } from '../connections/try-object.ts'
import { discardConnectorDraft } from '../connectors/discard-connector-draft.ts'
import { getVersionOf, listVersionsOf } from '../connectors/list-connector-versions.ts'
import { getOwnDraft, listOwn } from '../connectors/list-own.ts'
import { movePipelines } from '../connectors/move-pipelines.ts'
import { publishConnector } from '../connectors/publish-connector.ts'
import { removeConnector } from '../connectors/remove-connector.ts'
import { reviewConnector } from '../connectors/review-connector.ts'
import { saveConnectorDraft } from '../connectors/save-connector.ts'
import {
  checkedDraft,
  connector,
  connectorDetail,
  connectorSource,
  draftInput,
  triedObject,
  tryDraftInput,
  tryInput,
} from './connectors-schemas.ts'
import {
  connectorReview,
  connectorVersion,
  connectorVersionFiles,
  movePipelinesInput,
  namedConnector,
  ownConnector,
  ownDraft,
  publishInput,
  revisedConnector,
  saveInput,
  versionedConnector,
} from './own-connectors-schemas.ts'
import { memberProcedure, router } from './trpc.ts'

/** What can be connected: manifests, and types of destinations; and the manifests that the workspace has of its own. */
export const connectorsRouter = router({
  list: memberProcedure.output(z.array(connector)).query(({ ctx }) => listConnectors(ctx.actor)),
  get: memberProcedure
    .input(namedConnector)
    .output(connectorDetail)
    .query(({ ctx, input }) => getConnector(ctx.actor, input)),
  source: memberProcedure
    .input(namedConnector)
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
  tryDraft: memberProcedure
    .input(tryDraftInput)
    .output(triedObject)
    .mutation(({ ctx, input }) => tryDraft(ctx.actor, input)),
  own: memberProcedure.output(z.array(ownConnector)).query(({ ctx }) => listOwn(ctx.actor)),
  draft: memberProcedure
    .input(namedConnector)
    .output(ownDraft)
    .query(({ ctx, input }) => getOwnDraft(ctx.actor, input)),
  saveDraft: memberProcedure
    .input(saveInput)
    .output(z.object({ revision: z.number() }))
    .mutation(({ ctx, input }) => saveConnectorDraft(ctx.actor, input)),
  discardDraft: memberProcedure
    .input(revisedConnector)
    .output(z.object({ revision: z.number().nullable() }))
    .mutation(({ ctx, input }) => discardConnectorDraft(ctx.actor, input)),
  review: memberProcedure
    .input(revisedConnector)
    .output(connectorReview)
    .query(({ ctx, input }) => reviewConnector(ctx.actor, input)),
  publish: memberProcedure
    .input(publishInput)
    .output(z.object({ version: z.number() }))
    .mutation(({ ctx, input }) => publishConnector(ctx.actor, input)),
  versions: memberProcedure
    .input(namedConnector)
    .output(z.array(connectorVersion))
    .query(({ ctx, input }) => listVersionsOf(ctx.actor, input)),
  version: memberProcedure
    .input(versionedConnector)
    .output(connectorVersionFiles)
    .query(({ ctx, input }) => getVersionOf(ctx.actor, input)),
  movePipelines: memberProcedure
    .input(movePipelinesInput)
    .output(z.object({ moved: z.number() }))
    .mutation(({ ctx, input }) => movePipelines(ctx.actor, input)),
  remove: memberProcedure
    .input(namedConnector)
    .output(z.object({ name: z.string() }))
    .mutation(({ ctx, input }) => removeConnector(ctx.actor, input)),
})
