import { acceptSandbox } from '@penstock/server/connections/accept-sandbox.ts'
import { executeWipe } from '@penstock/server/connections/execute-wipe.ts'
import { loadDestination } from '@penstock/server/connections/load-destination.ts'
import { startWorker } from '@penstock/server/runner/start-worker.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Services } from '@penstock/server/services.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let sandbox: Sandbox
let penstock: TestServices
let accepted: Awaited<ReturnType<typeof acceptSandbox>>

beforeAll(async () => {
  sandbox = await startSandbox({ sizes: { contacts: 40, companies: 5, conversations: 6, tickets: 3 } })
  penstock = await startServices({ PENSTOCK_SANDBOX_URL: sandbox.url })
  const worker = await startWorker(penstock.services, { slots: 2 })
  accepted = await acceptSandbox(penstock.here.editor.actor)
  await vi.waitUntil(async () => (await runState()) === 'succeeded', { timeout: 120_000, interval: 200 })
  await worker.drain()
})
afterAll(async () => {
  await penstock.close()
  await sandbox.close()
})

async function runState(): Promise<unknown> {
  const [row] = await penstock.database.sql`select state from runs where id = ${accepted.runId}`
  return row?.['state']
}

async function rowsLanded(): Promise<Record<string, number>> {
  const loaded = await loadDestination(penstock.here.editor.actor, accepted.destinationId)
  const destination = await loaded.open('intercom')
  const objects = ['contacts', 'companies', 'conversations', 'tickets']
  const counts = await destination.countRows(objects)
  await destination.close()
  return Object.fromEntries([...counts].map(([object, { rows }]) => [object, rows]))
}

/** A process that is killed at its n-th transaction: before it began, or when it had been committed. */
function dyingAt(services: Services, mortal: number): Services {
  let left = mortal
  const { database } = services
  return {
    ...services,
    database: {
      ...database,
      inWorkspace: async (workspaceId, work) => {
        left -= 1
        if (left === 0 && mortal % 2 === 0) throw new Error('power cut')
        const result = await database.inWorkspace(workspaceId, work)
        if (left === 0) throw new Error('power cut')
        return result
      },
    },
  }
}

test('a newcomer is given a pipeline that runs, and is given it once', async () => {
  expect(await rowsLanded()).toMatchObject({ contacts: 40, companies: 5 })
  const { editor, viewer } = penstock.here
  const again = await Promise.all([editor.api.sandbox.accept(), editor.api.sandbox.accept()])
  expect(again).toEqual([accepted, accepted])
  const { runId: _, ...parts } = accepted
  expect(await viewer.api.sandbox.offer()).toEqual({ available: true, ...parts })
  await expect(viewer.api.sandbox.accept()).rejects.toThrow(/role editor/)
  const one = await editor.api.connections.get({ id: accepted.connectionId })
  expect(one.usedBy).toMatchObject([{ name: 'Support warehouse' }])
})

test('all data of a connection is deleted, whatever line a worker dies at, and it is told what went', async () => {
  const { admin, editor } = penstock.here
  const before = await rowsLanded()
  const connectionId = accepted.connectionId
  await expect(editor.api.wipes.start({ connectionId, confirm: 'DELETE' })).rejects.toThrow(/role admin/)
  await expect(admin.api.wipes.start({ connectionId, confirm: 'delete' })).rejects.toThrow(/Type DELETE/)
  const wipe = await admin.api.wipes.start({ connectionId, confirm: 'DELETE' })
  expect(await admin.api.connections.get({ id: connectionId })).toMatchObject({
    state: 'wiping',
    secretsSet: [],
  })

  const token = { settings: { accessToken: sandbox.token } }
  await expect(editor.api.connections.update({ id: connectionId, ...token })).rejects.toThrow(/being deleted/)
  await expect(editor.api.connections.disconnect({ id: connectionId })).rejects.toThrow(/being deleted/)
  await expect(editor.api.runs.start({ pipelineId: accepted.pipelineId })).rejects.toThrow(/paused/)
  await expect(editor.api.connections.remove({ id: accepted.destinationId })).rejects.toThrow(/used by/)

  const { sql } = penstock.database
  await sql`insert into alerts (workspace_id, kind, subject_type, subject_id, subject_name, message, closed_at) values
    (${penstock.here.id}, 'run_failed', 'pipeline', ${accepted.pipelineId}, 'Support warehouse', 'What the run said.', null),
    (${penstock.here.id}, 'run_partial', 'pipeline', ${accepted.pipelineId}, 'Support warehouse', 'What the run said.', now())`
  const job = { workspaceId: penstock.here.id, wipeId: wipe.id, signal: AbortSignal.timeout(120_000) }
  const deaths: string[] = []
  for (let mortal = 1; (await admin.api.wipes.get({ id: wipe.id })).state !== 'done'; mortal += 1) {
    const died = await executeWipe(dyingAt(penstock.services, mortal), job).catch((error: Error) => error)
    if (died) deaths.push(died.message)
  }
  expect(deaths.length).toBeGreaterThan(5)
  expect(new Set(deaths)).toEqual(new Set(['power cut']))

  expect(await rowsLanded()).toEqual({})
  const audited = await sql`select subject_name, after from audit_log where action = 'wipe.object'`
  const rows = Object.fromEntries(audited.map((row) => [row['subject_name'], row['after'].rows]))
  expect(rows).toMatchObject({ contacts: before['contacts'], companies: before['companies'] })
  expect(new Set(audited.map((row) => row['subject_name'])).size, 'one row for each object').toBe(
    audited.length,
  )
  expect(await sql`select * from audit_log where action = 'wipe.finish'`).toHaveLength(1)
  expect(await sql`select 1 from run_events`).toHaveLength(0)
  expect(await sql`select message from alerts`).toEqual([{ message: '' }, { message: '' }])
  expect(await sql`select 1 from run_objects where checkpoint_after is not null`).toHaveLength(0)

  const after = await editor.api.connections.get({ id: connectionId })
  expect(after).toMatchObject({ state: 'disconnected', account: null, check: null })
  expect(await editor.api.connections.update({ id: connectionId, ...token })).toMatchObject({
    state: 'healthy',
  })
})
