import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { lockPipeline } from '@penstock/server/pipelines/require-pipeline.ts'
import { ObjectBoard } from '@penstock/server/runner/object-board.ts'
import { RunRecorder } from '@penstock/server/runner/run-recorder.ts'
import { startDueRuns } from '@penstock/server/runner/start-due-runs.ts'
import { takeRun } from '@penstock/server/runner/take-run.ts'
import { startRun } from '@penstock/server/runs/start-run.ts'
import postgres from 'postgres'
import { updatePipeline } from '@penstock/server/store/pipeline-rows.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { RunRig } from '../runs/run-rig.ts'

let rig: RunRig
beforeAll(async () => {
  rig = await RunRig.start({ sizes: { contacts: 10, companies: 10, conversations: 5, tickets: 5 } })
})
afterAll(async () => rig.close())

const day = 86_400_000
const midnight = () => Math.floor(Date.now() / day) * day

/** A scheduled pipeline whose next run was due so many days ago, at midnight. */
async function duePipeline(days: number, schedule: object = { every: '1d' }): Promise<string> {
  const pipelineId = await rig.pipeline(['tags'], undefined, { schedule } as object)
  const due = new Date(midnight() - days * day)
  await rig.test.database.sql`update pipelines set next_run_at = ${due} where id = ${pipelineId}`
  return pipelineId
}

const runsOf = (pipelineId: string) =>
  rig.test.database.sql`select id, trigger, scheduled_for from runs where pipeline_id = ${pipelineId}`
const skippedOf = (pipelineId: string) => rig.test.here.viewer.api.runs.skipped({ pipelineId })
const nextOf = async (pipelineId: string) => {
  const [row] = await rig.test.database.sql`select next_run_at from pipelines where id = ${pipelineId}`
  return row?.['next_run_at'] instanceof Date ? row['next_run_at'].getTime() : undefined
}

test('what is due is started once, however many workers look at the same time', async () => {
  const pipelines = await Promise.all(Array.from({ length: 5 }, () => duePipeline(0)))
  await Promise.all(Array.from({ length: 6 }, () => startDueRuns(rig.test.services)))
  for (const pipelineId of pipelines) {
    expect(await runsOf(pipelineId)).toMatchObject([{ trigger: 'schedule' }])
    expect(await nextOf(pipelineId)).toBe(midnight() + day)
  }
})

test('a moment at which a run is still under way is skipped, and remembered', async () => {
  const pipelineId = await duePipeline(0)
  const { runId } = await rig.test.here.editor.api.runs.start({ pipelineId })
  await startDueRuns(rig.test.services)
  expect(await runsOf(pipelineId)).toHaveLength(1)
  const { items } = await skippedOf(pipelineId)
  expect(items).toMatchObject([{ reason: 'still_running', runId }])
  expect(await nextOf(pipelineId)).toBe(midnight() + day)
})

test('one run makes up for all moments that passed while nobody was there, and they are remembered as missed', async () => {
  const pipelineId = await duePipeline(4)
  await startDueRuns(rig.test.services)
  const [run, ...others] = await runsOf(pipelineId)
  expect(others).toEqual([])
  expect(run?.['scheduled_for']).toEqual(new Date(midnight()))
  const { items } = await skippedOf(pipelineId)
  const missed = items.filter(({ scheduledFor }) => Date.parse(scheduledFor) < midnight())
  expect(missed.map(({ reason, runId }) => [reason, runId])).toEqual(
    Array.from({ length: 4 }, () => ['missed', run?.['id']]),
  )
  await startDueRuns(rig.test.services)
  expect(await runsOf(pipelineId)).toHaveLength(1)
})

test('ten years of downtime are no burden: the newest moments are remembered', async () => {
  const pipelineId = await duePipeline(3650, { every: '15m' })
  await startDueRuns(rig.test.services)
  expect(await runsOf(pipelineId)).toHaveLength(1)
  expect((await skippedOf(pipelineId)).items.length).toBeLessThanOrEqual(100)
})

test('nothing is started while a connection needs somebody, a pipeline is paused, or it was deleted', async () => {
  const { sql } = rig.test.database
  const [refused, paused, deleted] = [await duePipeline(0), await duePipeline(0), await duePipeline(0)]
  await sql`update connections set state = 'needs_reauthorisation' where id::text = (
    select document #>> '{source,connection}' from pipeline_versions where pipeline_id = ${refused})`
  await sql`update pipelines set paused_at = now() where id = ${paused}`
  await sql`update pipelines set deleted_at = now() where id = ${deleted}`
  await startDueRuns(rig.test.services)
  for (const pipelineId of [refused, paused, deleted]) expect(await runsOf(pipelineId)).toEqual([])
  expect((await skippedOf(refused)).items).toMatchObject([{ reason: 'connection', runId: null }])
  // By hand it is refused at once, with what to do, rather than failing in a moment.
  const started = rig.test.here.editor.api.runs.start({ pipelineId: refused })
  await expect(started).rejects.toThrow(/needs to be authorised again.*Connect it again/)
  expect(await runsOf(refused)).toEqual([])
})

test('a pipeline whose schedule cannot be read any more is paused with the reason, and resumed once it can', async () => {
  const pipelineId = await duePipeline(0, { cron: '0 6 * * *', timezone: 'UTC' })
  const { sql } = rig.test.database
  await sql`update pipeline_versions set document = jsonb_set(document, '{schedule,timezone}', '"Mars/Olympus"')
    where pipeline_id = ${pipelineId}`
  await startDueRuns(rig.test.services)
  expect(await runsOf(pipelineId)).toEqual([])
  const { editor } = rig.test.here
  expect(await editor.api.pipelines.get({ id: pipelineId })).toMatchObject({
    status: 'paused',
    statusReason: expect.stringMatching(/Its schedule cannot be read: .*Mars\/Olympus/),
  })
  const resumed = editor.api.pipelines.resume({ id: pipelineId })
  await expect(resumed).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: /Then publish the pipeline again/,
  })
})

test('a pipeline that is being removed at this very moment is not started', async () => {
  const pipelineId = await rig.pipeline(['tags'])
  const { actor } = rig.test.here.editor
  const [removed, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const removal = actor.transaction(async (tx) => {
    await lockPipeline(tx, actor, pipelineId)
    await updatePipeline(tx, actor.workspaceId, pipelineId, { deletedAt: new Date() })
    removed.resolve()
    await looked.promise
  })
  await removed.promise
  const started = startRun(actor, { pipelineId }).catch((error: unknown) => error)
  await vi.waitUntil(async () => {
    const waiting = await rig.test.database.sql`select from pg_locks where not granted`
    return waiting.length > 0
  })
  looked.resolve()
  await removal
  expect(await started).toMatchObject({ code: 'NOT_FOUND' })
})

test('a run whose row is held by a worker that is stopped is claimed all the same, and that one’s session is ended', async () => {
  const pipelineId = await rig.pipeline(['tags'])
  const { runId } = await startRun(rig.test.here.editor.actor, { pipelineId })
  const stopped = postgres({
    ...readConnectionUrl(rig.test.database.url),
    max: 1,
    connection: { application_name: 'penstock' },
  })
  const holding = Promise.withResolvers<void>()
  const held = stopped.begin(async (tx) => {
    await tx`select from runs where id = ${runId} for update`
    holding.resolve()
    await new Promise(() => undefined)
  })
  const ended = held.then(
    () => 'committed',
    () => 'ended',
  )
  await holding.promise
  const parts = { services: rig.test.services, name: 'another worker' }
  const taken = await takeRun(parts, { workspaceId: rig.test.here.id, runId })
  expect(taken?.run).toMatchObject({ id: runId, attempt: 1, worker: 'another worker' })
  expect(await ended).toBe('ended')
  await stopped.end({ timeout: 0 })
  await rig.test.database.sql`update runs set state = 'cancelled', finished_at = now() where id = ${runId}`
})

test('a worker whose clock is behind the database’s starts what is due once', async () => {
  const pipelineId = await duePipeline(0)
  const due = midnight()
  const clock = { ...rig.test.services.clock, now: () => due - 2000 }
  await startDueRuns({ ...rig.test.services, clock })
  expect(await nextOf(pipelineId)).toBe(due + day)
  await rig.test.database.sql`update runs set state = 'succeeded' where pipeline_id = ${pipelineId}`
  await startDueRuns({ ...rig.test.services, clock })
  expect(await runsOf(pipelineId)).toMatchObject([{ scheduled_for: new Date(due) }])
})

test('a worker whose clock is ahead of the database’s makes up for nothing that is not yet due', async () => {
  const pipelineId = await duePipeline(0)
  const clock = { ...rig.test.services.clock, now: () => Date.now() + day }
  await startDueRuns({ ...rig.test.services, clock })
  expect(await runsOf(pipelineId)).toMatchObject([{ scheduled_for: new Date(midnight()) }])
  expect(await nextOf(pipelineId)).toBe(midnight() + day)
})

/** A recorder of a run that was just claimed, and whose every write goes through `around`. */
async function recorderOf(around: (write: () => Promise<unknown>) => Promise<unknown>) {
  const { services, here, database } = rig.test
  const { runId } = await startRun(here.editor.actor, { pipelineId: await rig.pipeline(['tags']) })
  const taken = await takeRun({ services, name: 'recording' }, { workspaceId: here.id, runId })
  if (!taken) throw new Error('Nobody else takes it.')
  const inWorkspace: typeof services.database.inWorkspace = async (workspaceId, work) => {
    let answer: Awaited<ReturnType<typeof work>> | undefined
    await around(async () => (answer = await services.database.inWorkspace(workspaceId, work)))
    return answer as Awaited<ReturnType<typeof work>>
  }
  const recorder = new RunRecorder({
    database: { ...services.database, inWorkspace },
    log: services.log,
    run: taken.run,
    board: new ObjectBoard(taken.objects),
    onLost: () => undefined,
  })
  const written = async () => {
    const lines = await database.sql`select message from run_events where run_id = ${runId} order by seq`
    const [run] = await database.sql`select state from runs where id = ${runId}`
    const [object] = await database.sql`select state from run_objects where run_id = ${runId}`
    return { lines: lines.map(({ message }) => message), run: run?.['state'], object: object?.['state'] }
  }
  return { recorder, written }
}
const line = (message: string) => ({ level: 'info', kind: 'said', message }) as const
const lastWord = { state: 'succeeded', finishedAt: new Date() } as const

test('what was written although the answer was lost does not keep a run from being written on', async () => {
  let lost = false
  const { recorder, written } = await recorderOf(async (write) => {
    await write()
    if (lost) return
    lost = true
    throw new Error('The connection was lost after the commit.')
  })
  recorder.write(line('one'))
  expect(await recorder.finish({})).toBe(true)
  recorder.write(line('two'))
  expect(await recorder.finish(lastWord)).toBe(true)
  expect(await written()).toMatchObject({ lines: ['one', 'two'], run: 'succeeded' })
})

test('a write that fails while a run ends takes nothing along that belongs to the end', async () => {
  const [begun, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let [calls, underWay, most] = [0, 0, 0]
  const { recorder, written } = await recorderOf(async (write) => {
    calls += 1
    begun.resolve()
    if (calls === 1) await ending.promise
    if (calls <= 2) throw new Error('The database is away.')
    most = Math.max(most, (underWay += 1))
    await write().finally(() => (underWay -= 1))
  })
  recorder.write(line('one'))
  await begun.promise
  recorder.board.set('tags', { state: 'done' })
  const finished = recorder.finish(lastWord)
  ending.resolve()
  expect(await finished).toBe(true)
  expect(await written()).toEqual({ lines: ['one'], run: 'succeeded', object: 'done' })
  expect(most).toBe(1)
})

test('a worker starts what is due, and carries it', async () => {
  const pipelineId = await duePipeline(0)
  await rig.work()
  const [run] = await rig.until(async () => {
    const rows = await runsOf(pipelineId)
    return rows.length > 0 && rows
  })
  expect(await rig.ended(String(run?.['id']))).toMatchObject({ state: 'succeeded', triggered_by: null })
})
