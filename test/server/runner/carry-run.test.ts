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

test('after a run its rows are held against what the source reports', async () => {
  const pipelineId = await rig.pipeline([
    'contacts',
    'conversations',
    'conversation_parts',
    'companies',
    'tags',
  ])
  const { api } = rig.test.here.editor
  const { runId } = await api.runs.start({ pipelineId })
  await rig.ended(runId)
  const { objects } = await api.runs.get({ id: runId })
  const of = (name: string) => objects.find(({ object }) => object === name)?.completeness
  expect(of('contacts')).toMatchObject({ rows: 320, reported: 320, agrees: true })
  expect(of('tags')).toMatchObject({ rows: 20, reported: 20, agrees: true })
  expect(of('conversation_parts')).toMatchObject({ agrees: true })
  // The list that can be counted leaves out companies without users; the scroll that is read does not.
  expect(of('companies')).toMatchObject({ rows: 130, agrees: false })
  expect(of('companies')?.why).toMatch(/more than the source reports. ./)
})

test('a field that nobody knew stands in the inbox after the run that met it', async () => {
  const pipelineId = await rig.pipeline(['contacts'])
  const { api } = rig.test.here.editor
  await rig.intercom.change({ kind: 'update_contact', fields: { shoe_size: 43 } })
  const { runId } = await api.runs.start({ pipelineId })
  await rig.ended(runId)
  const { items } = await api.changes.list({ pipelineId })
  expect(items).toMatchObject([{ object: 'contacts', field: 'shoe_size', kind: 'added', decision: null }])
  const { events } = await api.runs.log({ id: runId })
  expect(events.map(({ kind }) => kind)).toContain('schema_changes')
})
