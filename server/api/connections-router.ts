import { z } from 'zod'
import { createDestination } from '../connections/create-destination.ts'
import { createSource } from '../connections/create-source.ts'
import { disconnectConnection } from '../connections/disconnect-connection.ts'
import { getConnection, listConnections } from '../connections/list-connections.ts'
import { removeConnection } from '../connections/remove-connection.ts'
import { testConnection } from '../connections/test-connection.ts'
import { updateConnection } from '../connections/update-connection.ts'
import {
  checkResult,
  connection,
  createDestinationInput,
  createSourceInput,
  id,
  name,
  settings,
} from './connections-schemas.ts'
import { memberProcedure, memberRead, router } from './trpc.ts'

const one = z.strictObject({ id })
const listInput = z.strictObject({
  kind: z.enum(['source', 'destination']).optional(),
  projectId: id.optional(),
})

/** Accounts on APIs, and databases that pipelines write to. */
export const connectionsRouter = router({
  list: memberRead
    .input(listInput.optional())
    .output(z.array(connection))
    .query(({ ctx, input }) => listConnections(ctx.actor, input ?? {})),
  get: memberRead
    .input(one)
    .output(connection)
    .query(({ ctx, input }) => getConnection(ctx.actor, input)),
  createSource: memberProcedure
    .input(createSourceInput)
    .output(connection)
    .mutation(({ ctx, input }) => createSource(ctx.actor, input)),
  createDestination: memberProcedure
    .input(createDestinationInput)
    .output(connection)
    .mutation(({ ctx, input }) => createDestination(ctx.actor, input)),
  update: memberProcedure
    .input(z.strictObject({ id, name: name.optional(), settings: settings.optional() }))
    .output(connection)
    .mutation(({ ctx, input }) => updateConnection(ctx.actor, input)),
  test: memberProcedure
    .input(one)
    .output(checkResult)
    .mutation(({ ctx, input }) => testConnection(ctx.actor, input)),
  disconnect: memberProcedure
    .input(one)
    .output(connection)
    .mutation(({ ctx, input }) => disconnectConnection(ctx.actor, input)),
  remove: memberProcedure
    .input(one)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => removeConnection(ctx.actor, input)),
})
