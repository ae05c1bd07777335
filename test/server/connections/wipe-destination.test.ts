import { randomUUID } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { executeWipe } from '@penstock/server/connections/execute-wipe.ts'
import { loadDestination } from '@penstock/server/connections/load-destination.ts'
import { warehousePath } from '@penstock/server/connections/warehouse-path.ts'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { requeueForgotten } from '@penstock/server/runner/keep-house.ts'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let penstock: TestServices
let warehouse: TestDatabase

beforeAll(async () => {
  // The test server is reached by its socket, which the operator allows here.
  penstock = await startServices({ PENSTOCK_ALLOWED_HOSTS: readConnectionUrl(inject('postgresUrl')).host })
  warehouse = await createDatabase()
})
afterAll(async () => {
  await penstock.close()
  await warehouse.drop()
})

const object = 'contacts'
const table = { object, columns: [{ field: 'id', type: 'text' }], primaryKey: ['id'] } as const

/** Three rows of a pipeline's, landed as a run lands them. */
async function land(destinationId: string, type: string, sourceId: string): Promise<void> {
  const loaded = await loadDestination(penstock.here.editor.actor, destinationId)
  const destination = await loaded.open('support')
  const tables = await destination.open([table], { run: randomUUID(), source: 'intercom:abc' })
  const batches = [{ object, rows: [['1'], ['2'], ['3']] }]
  await tables.commit({ batches, rejected: [], checkpoints: new Map() })
  await tables.release()
  await destination.close()
  const document = {
    name: 'Lands',
    source: { connector: 'intercom', connection: sourceId },
    objects: { [object]: {} },
    destination: { type, connection: destinationId, schema: 'support' },
  }
  const { sql } = penstock.database
  const [made] = await sql`insert into pipelines (workspace_id, name, draft, published_version)
    values (${penstock.here.id}, 'Lands', ${sql.json(document)}, 1) returning id`
  await sql`insert into pipeline_versions (workspace_id, pipeline_id, version, document)
    values (${penstock.here.id}, ${made?.['id']}, 1, ${sql.json(document)})`
}

async function rowsLeft(destinationId: string): Promise<number | undefined> {
  const loaded = await loadDestination(penstock.here.editor.actor, destinationId)
  const destination = await loaded.open('support')
  const counts = await destination.countRows([object])
  await destination.close()
  return counts.get(object)?.rows
}

function job(wipeId: string) {
  return { workspaceId: penstock.here.id, wipeId, signal: AbortSignal.timeout(120_000) }
}

test('a destination is wiped with the secret that nobody else has any more', async () => {
  const { admin } = penstock.here
  const settings = { url: warehouse.url }
  const made = await admin.api.connections.createDestination({
    type: 'postgres',
    name: 'Warehouse',
    settings,
  })
  await land(made.id, 'postgres', randomUUID())
  expect(await rowsLeft(made.id)).toBe(3)
  const wipe = await admin.api.wipes.start({ connectionId: made.id, confirm: 'DELETE' })
  await expect(loadDestination(admin.actor, made.id)).rejects.toThrow(/being deleted/)
  await executeWipe(penstock.services, job(wipe.id))
  expect(await admin.api.wipes.get({ id: wipe.id })).toMatchObject({ state: 'done', objects: [{ rows: 3 }] })
  const [row] = await penstock.database.sql`select progress from wipes where id = ${wipe.id}`
  expect(row?.['progress']).toMatchObject({ secrets: {} })
  await admin.api.connections.update({ id: made.id, settings })
  expect(await rowsLeft(made.id)).toBeUndefined()
})

test('a destination with tables is not given another place, unless its tables are there or nowhere', async () => {
  const { admin } = penstock.here
  const place = (path: string) => ({ settings: { path } })
  const made = await admin.api.connections.createDestination({
    type: 'duckdb',
    name: 'Moves',
    ...place('before.duckdb'),
  })
  const move = async (path: string) => await admin.api.connections.update({ id: made.id, ...place(path) })
  await move('early.duckdb')
  await land(made.id, 'duckdb', randomUUID())
  await expect(move('after.duckdb')).rejects.toThrow(
    /^What was landed is in early\.duckdb, and “Delete all data” would not find it there any more\. Make a new destination for after\.duckdb,/,
  )
  const file = (path: string) => warehousePath(penstock.services.env, penstock.here.id, path)
  await copyFile(await file('early.duckdb'), await file('copied.duckdb'))
  await move('copied.duckdb')
  expect(await rowsLeft(made.id)).toBe(3)
  const { id } = await admin.api.wipes.start({ connectionId: made.id, confirm: 'DELETE' })
  await executeWipe(penstock.services, job(id))
  await move('after.duckdb')
  expect(await rowsLeft(made.id)).toBeUndefined()
})

/** A deletion that cannot go on before its destination, of this name, is given its settings again. */
async function stuckDeletion(name: string) {
  const { admin } = penstock.here
  const settings = { path: `${name}.duckdb` }
  const made = await admin.api.connections.createDestination({ type: 'duckdb', name, settings })
  const sourceId = randomUUID()
  const { sql } = penstock.database
  await sql`insert into connections (id, workspace_id, kind, connector, name, method, state)
    values (${sourceId}, ${penstock.here.id}, 'source', 'intercom', ${`${name} of`}, 'settings', 'healthy')`
  await land(made.id, 'duckdb', sourceId)
  await admin.api.connections.disconnect({ id: made.id })
  const { id } = await admin.api.wipes.start({ connectionId: sourceId, confirm: 'DELETE' })
  return { id, destinationId: made.id, settings }
}

test('a deletion waits for a destination that cannot be reached, says so, and finishes when it can', async () => {
  const { admin } = penstock.here
  const { id, destinationId, settings } = await stuckDeletion('Waits')
  const finished = executeWipe(penstock.services, job(id))
  await vi.waitFor(async () =>
    expect((await admin.api.wipes.get({ id })).error).toMatch(
      /^Waits, schema support: [^.]* is disconnected. Connect it again. The deletion tries again by itself, every minute at the latest.$/,
    ),
  )
  await admin.api.connections.update({ id: destinationId, settings })
  await finished
  expect(await admin.api.wipes.get({ id })).toMatchObject({ state: 'done', error: null })
  expect(await rowsLeft(destinationId)).toBeUndefined()
})

test('a deletion that cannot go on lets those behind it go first, and is put in line again', async () => {
  const { admin } = penstock.here
  const { id, destinationId, settings } = await stuckDeletion('Later')
  const clock = { ...penstock.services.clock, sleep: async () => undefined }
  const signal = AbortSignal.timeout(60_000)
  await executeWipe({ ...penstock.services, clock }, { workspaceId: penstock.here.id, wipeId: id, signal })
  expect(await admin.api.wipes.get({ id })).toMatchObject({
    state: 'running',
    error: expect.stringContaining('tries again by itself'),
  })
  const { sql } = penstock.database
  await sql`delete from pgboss.job where singleton_key = ${id}`
  await requeueForgotten(penstock.services)
  expect(await sql`select state from pgboss.job where singleton_key = ${id}`).toMatchObject([
    { state: 'created' },
  ])
  await admin.api.connections.update({ id: destinationId, settings })
  await executeWipe(penstock.services, job(id))
  expect(await admin.api.wipes.get({ id })).toMatchObject({ state: 'done', error: null })
})
