import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunRig } from './run-rig.ts'
import { schemaOf } from './saved-pipelines.ts'

let rig: RunRig
beforeAll(async () => {
  rig = await RunRig.start({ latencyMs: 15 })
})
afterAll(async () => rig.close())

const small = ['tags', 'admins', 'segments']

test('a pipeline has one run at a time, however many ask at once', async () => {
  const pipelineId = await rig.pipeline(small)
  const { editor } = rig.test.here
  const asked = await Promise.allSettled(
    Array.from({ length: 20 }, () => editor.api.runs.start({ pipelineId })),
  )
  const refused = asked.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(19)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'CONFLICT' })
  const { items } = await editor.api.runs.list({ pipelineId })
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ state: 'queued', trigger: 'manual', triggeredBy: editor.actor.label })
  const cancelled = await editor.api.runs.cancel({ id: items[0]?.id ?? '' })
  const run = await editor.api.runs.get({ id: cancelled.runId })
  expect(run).toMatchObject({ state: 'cancelled', startedAt: null })
  // In the connector's order, as on the canvas, and with the place where the rows land.
  expect(run.objects.map(({ object, state }) => [object, state])).toEqual(
    ['admins', 'tags', 'segments'].map((object) => [object, 'cancelled']),
  )
  expect(run.destination).toMatchObject({ type: 'postgres', schema: schemaOf(pipelineId) })
})

test('a run is refused where it could not go well: unpublished, paused, disconnected, unknown objects', async () => {
  const { sql } = rig.test.database
  const { api } = rig.test.here.editor
  const wiring = await rig.wire()
  const pipelineId = await rig.pipeline(small, wiring)
  await expect(api.runs.start({ pipelineId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(rig.test.elsewhere.admin.api.runs.start({ pipelineId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(api.runs.resync({ pipelineId, objects: ['tags', 'nonsense'] })).rejects.toThrow('nonsense')
  await sql`update pipelines set paused_at = now() where id = ${pipelineId}`
  await expect(api.runs.start({ pipelineId })).rejects.toThrow('paused')
  await sql`update pipelines set paused_at = null where id = ${pipelineId}`
  for (const state of ['disconnected', 'wiping']) {
    await sql`update connections set state = ${state} where id = ${wiring.destinationId}`
    await expect(api.runs.start({ pipelineId })).rejects.toMatchObject({ code: 'CONFLICT' })
  }
  await sql`update connections set state = 'healthy' where id = ${wiring.destinationId}`
  await sql`update pipelines set published_version = null where id = ${pipelineId}`
  await expect(api.runs.start({ pipelineId })).rejects.toThrow('never published')
  expect(await sql`select id from runs where pipeline_id = ${pipelineId}`).toHaveLength(0)
})

test('cancelling stops a run at once, also while it waits for the API, at a checkpoint, and what did not end can be retried', async () => {
  await rig.work(2)
  await rig.intercom.behave({ rateLimitPerApp: 30, rateLimitWindowSeconds: 60 })
  const { api } = rig.test.here.editor
  const objects = ['tags', 'conversations', 'conversation_parts']
  const pipelineId = await rig.pipeline(objects)
  const { runId } = await api.runs.start({ pipelineId })
  await rig.until(async () => {
    const { objects: now } = await api.runs.get({ id: runId })
    return now.some(({ object, extracted }) => object === 'conversation_parts' && extracted > 0)
  })
  const asked = Date.now()
  await api.runs.cancel({ id: runId })
  await rig.ended(runId)
  // A second on a machine with nothing else to do; without the abort it would be the window's minute.
  expect(Date.now() - asked).toBeLessThan(45_000)
  const cancelled = await api.runs.get({ id: runId })
  expect(cancelled.state).toBe('cancelled')
  const stopped = cancelled.objects.find(({ object }) => object === 'conversation_parts')
  expect(stopped?.state).toBe('cancelled')
  await rig.intercom.behave({ rateLimitPerApp: 0 })
  const retried = await api.runs.retryFailed({ id: runId })
  expect(await rig.ended(retried.runId)).toMatchObject({ state: 'succeeded', trigger: 'retry' })
  expect(await rig.differences(pipelineId, objects)).toEqual([])
  await expect(api.runs.retryFailed({ id: retried.runId })).rejects.toThrow('nothing to retry')
})

test('one object can be read anew from its beginning, the others are left alone', async () => {
  const { api } = rig.test.here.editor
  const pipelineId = await rig.pipeline(['contacts', 'tags'])
  const first = await api.runs.start({ pipelineId })
  await rig.ended(first.runId)
  const { runId } = await api.runs.resync({ pipelineId, objects: ['contacts'] })
  expect(await rig.ended(runId)).toMatchObject({ state: 'succeeded', trigger: 'resync', full_refresh: true })
  const run = await api.runs.get({ id: runId })
  expect(run.only).toEqual(['contacts'])
  expect(run.objects).toMatchObject([{ object: 'contacts', state: 'done', extracted: 320 }])
  expect(await rig.differences(pipelineId, ['contacts', 'tags'])).toEqual([])
  const compared = await api.runs.compare({ a: first.runId, b: runId })
  expect(compared.objects.map(({ object, b }) => [object, b !== null])).toEqual([
    ['contacts', true],
    ['tags', false],
  ])
  expect(compared.changes).toEqual([])
})

test('the log of a run can be filtered and paged, and its runs listed, filtered and exported', async () => {
  const { api } = rig.test.here.viewer
  const pipelineId = await rig.pipeline(small)
  const started = []
  for (let turn = 0; turn < 3; turn++) {
    const { runId } = await rig.test.here.editor.api.runs.start({ pipelineId })
    await rig.ended(runId)
    started.unshift(runId)
  }
  const id = started[0] ?? ''
  const all = await api.runs.log({ id })
  expect(all.events.map(({ seq }) => seq)).toEqual(all.events.map((_, index) => index + 1))
  expect(all.events[0]).toMatchObject({ kind: 'started' })
  expect(all.events.at(-1)).toMatchObject({ kind: 'ended', level: 'info' })
  const ofTags = await api.runs.log({ id, object: 'tags' })
  expect(new Set(ofTags.events.map(({ object }) => object))).toEqual(new Set(['tags']))
  const page = await api.runs.log({ id, limit: 2 })
  const next = await api.runs.log({ id, limit: 500, after: page.nextAfter ?? 0 })
  expect([...page.events, ...next.events]).toEqual(all.events)
  const last = await api.runs.log({ id, limit: 2, end: 'newest' })
  const before = await api.runs.log({ id, limit: 500, end: 'newest', before: last.nextBefore ?? 0 })
  expect([...before.events, ...last.events]).toEqual(all.events)
  expect([last.nextAfter, before.nextBefore]).toEqual([null, null])
  const first = await api.runs.list({ pipelineId, limit: 2 })
  const rest = await api.runs.list({ pipelineId, limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...rest.items].map((run) => run.id)).toEqual(started)
  expect(rest.nextCursor).toBeNull()
  const filtered = { pipelineId, state: 'succeeded', trigger: 'manual', object: 'tags' } as const
  expect((await api.runs.list({ ...filtered, hadRows: true })).items.map((run) => run.id)).toEqual(
    started.slice(-1),
  )
  expect((await api.runs.list({ ...filtered, object: 'contacts' })).items).toEqual([])
  const { csv } = await api.runs.exportCsv({ pipelineId })
  expect(csv.split('\r\n')).toHaveLength(5)
  expect(csv).toContain('succeeded')
})

test('a credential that was refused says so on its connection', async () => {
  const wiring = await rig.wire()
  const { api } = rig.test.here.editor
  const pipelineId = await rig.pipeline(small, wiring)
  await rig.intercom.behave({ revokeAfter: 1 })
  const { runId } = await api.runs.start({ pipelineId })
  const run = await rig.ended(runId)
  await rig.intercom.behave({ revokeAfter: 0 })
  expect(run).toMatchObject({ state: 'failed', error: { code: 'unauthorized' } })
  const [all, graver] = await Promise.all([
    api.runs.log({ id: runId, level: 'info' }),
    api.runs.log({ id: runId, level: 'warn' }),
  ])
  expect(all.events.at(-1)).toMatchObject({ kind: 'ended', level: 'error' })
  expect(graver.events).toEqual(all.events.filter(({ level }) => level !== 'info'))
  const [source] = await rig.test.database
    .sql`select state, state_reason from connections where id = ${wiring.sourceId}`
  expect(source).toMatchObject({ state: 'needs_reauthorisation' })
})
