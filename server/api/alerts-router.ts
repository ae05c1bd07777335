import { z } from 'zod'
import { alertKinds } from '../alerts/alert-kinds.ts'
import { createChannel, listChannels, removeChannel, updateChannel } from '../alerts/channels.ts'
import { listDeliveries, listOpen } from '../alerts/list-alerts.ts'
import { testChannel } from '../alerts/test-channel.ts'
import { doneSchema, nameSchema } from './members-schemas.ts'
import { memberProcedure, memberRead, router } from './trpc.ts'

const id = z.uuid()
const kind = z.enum(alertKinds)
const channelKind = z.enum(['email', 'slack', 'webhook'])
const kinds = z.array(kind).min(1).max(alertKinds.length)

const channel = z.object({
  id: z.string(),
  kind: channelKind,
  name: z.string(),
  target: z.string(),
  kinds: z.array(kind),
  enabled: z.boolean(),
})

const openAlert = z.object({
  id: z.string(),
  kind,
  subject: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  runId: z.string().nullable(),
  message: z.string(),
  since: z.iso.datetime(),
})

const delivery = z.object({
  id: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  at: z.iso.datetime(),
  kind: z.enum([...alertKinds, 'test']),
  notice: z.enum(['opened', 'recovered', 'test']),
  subject: z.string().nullable(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  ok: z.boolean(),
  attempts: z.int(),
  nextTryAt: z.iso.datetime().nullable(),
  message: z.string().nullable(),
})

const newChannel = z.strictObject({
  kind: channelKind,
  name: nameSchema,
  target: z.string().trim().min(3).max(2000),
  secret: z.string().min(16).max(200).optional(),
  kinds,
})

/** What is wrong now, and who is told. */
export const alertsRouter = router({
  open: memberRead.output(z.object({ items: z.array(openAlert) })).query(({ ctx }) => listOpen(ctx.actor)),
  deliveries: memberProcedure
    .input(z.strictObject({ channelId: id.optional(), limit: z.int().min(1).max(100).default(50) }))
    .output(z.object({ items: z.array(delivery) }))
    .query(({ ctx, input }) => listDeliveries(ctx.actor, input)),
  channels: memberProcedure
    .output(z.object({ items: z.array(channel) }))
    .query(({ ctx }) => listChannels(ctx.actor)),
  createChannel: memberProcedure
    .input(newChannel)
    .output(z.object({ id: z.string(), secret: z.string().nullable() }))
    .mutation(({ ctx, input }) => createChannel(ctx.actor, input)),
  updateChannel: memberProcedure
    .input(
      z.strictObject({
        id,
        name: nameSchema.optional(),
        kinds: kinds.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(doneSchema)
    .mutation(({ ctx, input }) => updateChannel(ctx.actor, input)),
  removeChannel: memberProcedure
    .input(z.strictObject({ id }))
    .output(doneSchema)
    .mutation(({ ctx, input }) => removeChannel(ctx.actor, input)),
  testChannel: memberProcedure
    .input(z.strictObject({ id }))
    .output(z.object({ ok: z.boolean(), message: z.string().nullable() }))
    .mutation(({ ctx, input }) => testChannel(ctx.actor, input)),
})
