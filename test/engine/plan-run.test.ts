import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { DuckDBDestination } from '@penstock/server/destinations/duckdb.ts'
import { planRun } from '@penstock/server/engine/plan-run.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { allObjects, loadIntercom } from './intercom-workspace.ts'
import { PipelineRig, troubles } from './pipeline-rig.ts'

let database: TestDatabase
let folder = ''
beforeAll(async () => {
  database = await createDatabase()
  folder = await mkdtemp(join(tmpdir(), 'penstock-plan-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function pipelineOf(objects: Pipeline['objects']): Pipeline {
  return {
    name: 'Plan',
    source: { connector: 'intercom', connection: 'saved' },
    objects,
    destination: { type: 'postgres', connection: 'saved', schema: 'intercom' },
  }
}

const hashKey = Buffer.alloc(32, 7)
const all = Object.fromEntries(allObjects.map((object) => [object, {}]))

test('the plan of a first run names every table, and after that run there is nothing left to do', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 5, conversations: 2, tickets: 2 } })
  const destination = await rig.destination()
  const { connector } = rig.workspace
  const input = { connector, pipeline: pipelineOf(all), destination, hashKey }
  try {
    const planned = await planRun(input)
    expect([...planned.keys()]).toEqual(['', ...allObjects])
    for (const object of allObjects) {
      const text = planned.get(object)?.join(' ') ?? ''
      expect(text).toContain(`create table "${rig.schema}"."${object}"`)
      expect(await rig.allRows(object)).toEqual([])
    }
    expect(planned.get('')?.[0]).toBe(`create schema "${rig.schema}"`)
    expect(troubles(await rig.run())).toEqual([])
    expect([...(await planRun(input)).values()].flat()).toEqual([])
  } finally {
    await destination.close()
    await rig.close()
  }
})

test('an excluded field gets no column, a hashed number becomes text, and one that is wanted later is added', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 5 } })
  const destination = await rig.destination()
  const { connector } = rig.workspace
  const before = pipelineOf({ contacts: { fields: { phone: 'exclude' } } })
  const after = pipelineOf({ contacts: { fields: { signed_up_at: 'hash' } } })
  try {
    const first = await planRun({ connector, pipeline: before, destination, hashKey })
    expect(first.get('contacts')?.join(' ')).not.toContain('"phone"')
    expect(first.get('contacts')?.join(' ')).toContain('"signed_up_at" bigint')
    await rig.run(before.objects)
    const [statement, ...others] =
      (await planRun({ connector, pipeline: after, destination, hashKey })).get('contacts') ?? []
    expect(others).toEqual([])
    expect(statement).toContain('add column if not exists "phone" text')
    expect(statement).toContain('alter column "signed_up_at" type text')
  } finally {
    await destination.close()
    await rig.close()
  }
})

test('planning for a DuckDB file that is not there makes none', async () => {
  const path = join(folder, 'later.duckdb')
  const destination = new DuckDBDestination(path, 'intercom')
  const pipeline = pipelineOf({ contacts: {}, contact_tag: {} })
  const planned = await planRun({ connector: await loadIntercom(), pipeline, destination, hashKey })
  expect(planned.get('contact_tag')?.join(' ')).toMatch(/create table .*"contact_tag"/)
  expect(await destination.countRows(['contacts'])).toEqual(new Map())
  await destination.close()
  await expect(access(path)).rejects.toThrow('ENOENT')
})
