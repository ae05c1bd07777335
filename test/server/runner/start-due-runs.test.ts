import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { startDueRuns } from '@penstock/server/runner/start-due-runs.ts'
import { takeRun } from '@penstock/server/runner/take-run.ts'
import { startRun } from '@penstock/server/runs/start-run.ts'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('a worker starts what is due, and carries it', async () => {
  const pipelineId = await duePipeline(0)
  await rig.work()
  const [run] = await rig.until(async () => {
    const rows = await runsOf(pipelineId)
    return rows.length > 0 && rows
  })
  expect(await rig.ended(String(run?.['id']))).toMatchObject({ state: 'succeeded', triggered_by: null })
})
