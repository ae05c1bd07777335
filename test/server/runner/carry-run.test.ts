import { startRun } from '@penstock/server/runs/start-run.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allObjects } from '../../engine/intercom-workspace.ts'
import { RunRig } from '../runs/run-rig.ts'

let rig: RunRig
beforeAll(async () => {
  rig = await RunRig.start()
  await rig.work()
})
afterAll(async () => rig.close())

test('a run that was started lands a whole workspace, and says for each object what it did', async () => {
  const pipelineId = await rig.pipeline(allObjects)
  const { runId } = await startRun(rig.test.here.editor.actor, { pipelineId })
  const run = await rig.ended(runId)
  expect(run).toMatchObject({ state: 'succeeded', attempt: 1, error: null })
  expect(Number(run['requests'])).toBeGreaterThan(20)
  expect(await rig.differences(pipelineId, allObjects)).toEqual([])
  const objects = await rig.test.database.sql`select * from run_objects where run_id = ${runId}`
  expect(objects).toHaveLength(allObjects.length)
  for (const object of objects) expect(['done', 'warning']).toContain(object['state'])
  const contacts = objects.find(({ object }) => object === 'contacts')
  expect(contacts).toMatchObject({ extracted: '320', loaded: '320', mode: 'incremental' })
  expect(contacts?.['started_at']).toBeInstanceOf(Date)
  expect(contacts?.['checkpoint_after']).toBeTypeOf('object')
})
