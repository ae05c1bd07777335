import { randomBytes } from 'node:crypto'
import { startRun } from '@penstock/server/runs/start-run.ts'
import { ObjectBoard } from '@penstock/server/runner/object-board.ts'
import { RunRecorder } from '@penstock/server/runner/run-recorder.ts'
import { Vault } from '@penstock/server/secrets/vault.ts'
import { findRun } from '@penstock/server/store/run-rows.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allObjects } from '../../engine/intercom-workspace.ts'
import { RunRig } from '../runs/run-rig.ts'

let rig: RunRig
/** A run that a worker left, killed, in the middle of two objects. */
let left: string
/** What a worker heard whose connection broke when it asked whether its run is still its own. */
let insisted: string
/** One at its last attempt, of a connection whose secrets are sealed under a key that nobody has any more. */
let locked: { readonly runId: string; readonly connectionId: string }
beforeAll(async () => {
  rig = await RunRig.start()
  const pipelineId = await rig.pipeline(['contacts', 'tags'])
  left = (await startRun(rig.test.here.editor.actor, { pipelineId })).runId
  const { sql } = rig.test.database
  await sql`update runs set state = 'running', attempt = 1, requests = 9 where id = ${left}`
  await sql`update run_objects set state = 'extracting', requests = 4 where run_id = ${left}`
  await sql`update run_objects set extracted = 7, loaded = 7 where run_id = ${left} and object = 'contacts'`
  const wiring = await rig.wire()
  const sealed = { accessToken: await new Vault([randomBytes(32)]).seal('anything', 'token') }
  await sql`update connections set secrets = ${sql.json(sealed)} where id = ${wiring.sourceId}`
  const { runId } = await startRun(rig.test.here.editor.actor, {
    pipelineId: await rig.pipeline(['tags'], wiring),
  })
  locked = { runId, connectionId: wiring.sourceId }
  await sql`update runs set attempt = 5 where id = ${runId}`
  insisted = await insistThroughBreak(left)
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

test('rows that an earlier version counted, and not beside them, count on, and the run says what may be missing', async () => {
  const run = await rig.ended(left)
  expect(run).toMatchObject({ state: 'succeeded', attempt: 2 })
  expect(Number(run['requests'])).toBeGreaterThan(9 + 2)
  const objects = await rig.test.database
    .sql`select object, loaded::int from run_objects where run_id = ${left}`
  expect(new Map(objects.map(({ object, loaded }) => [object, loaded]))).toEqual(
    new Map([
      ['contacts', 327],
      ['tags', 20],
    ]),
  )
  const { events } = await rig.test.here.editor.api.runs.log({ id: left })
  const said = (kind: string) => events.find((event) => event.kind === kind)?.message
  expect(said('taken_over')).toMatch(/Requests of the moment before the break may be missing/)
  expect(said('uncounted')).toMatch(
    /What landed of contacts in the moment before the break .* may be missing/,
  )
})

/** Asks whether a run is still ours, where the database ends the first connection that asks. */
async function insistThroughBreak(runId: string): Promise<string> {
  const { database, log } = rig.test.services
  const { id: workspaceId } = rig.test.here
  const run = await database.inWorkspace(workspaceId, (tx) => findRun(tx, workspaceId, runId))
  if (!run) return 'there is no such run'
  let breaks = 1
  const breaking = new Proxy(database, {
    get: (target, name) => {
      if (name !== 'inWorkspace') return Reflect.get(target, name)
      if (breaks-- > 0)
        return async () => Promise.reject(Object.assign(new Error('closed'), { code: 'CONNECTION_CLOSED' }))
      return target.inWorkspace.bind(target)
    },
  })
  const board = new ObjectBoard([])
  const recorder = new RunRecorder({ database: breaking, log, run, board, onLost: () => {} })
  return await recorder.insist().then(
    () => 'ours',
    (error: Error) => error.message,
  )
}

test('a connection that breaks while a worker asks whether a run is still its own fails no object', () => {
  expect(insisted).toBe('ours')
})

test('a key that was lost is named, with what to do, to whoever runs or tests what it sealed', async () => {
  const { runId, connectionId } = locked
  expect(await rig.ended(runId)).toMatchObject({
    state: 'failed',
    error: { code: 'missing_secret', advice: expect.stringContaining('rotate the hash key') },
  })
  const tested = rig.test.here.editor.api.connections.test({ id: connectionId })
  await expect(tested).rejects.toThrow(/not in the key ring/)
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
