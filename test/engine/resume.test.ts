import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Destination, OpenTables } from '@penstock/server/engine/destination.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { PipelineRig, reportOf, troubles } from './pipeline-rig.ts'
import { wrapDestination } from './wrap-destination.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

/** What a worker knows of a run whose last one died before it told anybody anything. */
const unheard = { requests: 0, retries: 0, rateLimitWaitMs: 0, objects: new Map() }

/** A destination whose client loses its power with the commit that brings so many rows: before it is sent, or when it has landed. */
function failsAtRow(destination: Destination, at: number, when: 'before' | 'after'): Destination {
  let rows = 0
  const powered = (tables: OpenTables): OpenTables => ({
    checkpoints: tables.checkpoints,
    counts: tables.counts,
    alter: async (spec) => tables.alter(spec),
    commit: async (commit) => {
      rows += commit.batches.reduce((sum, batch) => sum + batch.rows.length, 0)
      if (rows >= at && when === 'before') throw new Error('power cut')
      const result = await tables.commit(commit)
      if (rows >= at) throw new Error('power cut')
      return result
    },
    stage: async (batches) => tables.stage(batches),
    publish: async (input) => {
      const result = await tables.publish(input)
      if (when === 'after') throw new Error('power cut')
      return result
    },
    release: async () => tables.release(),
  })
  return wrapDestination(destination, powered)
}

test.each([
  [1, 'before'],
  [1, 'after'],
  [600, 'before'],
  [900, 'after'],
] as const)('contacts go on where a power cut at row %d left them (%s it landed)', async (at, when) => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 1800 }, latencyMs: 20 })
  const search = '/contacts/search'
  try {
    const destination = failsAtRow(await rig.destination(), at, when)
    expect((await rig.run(['contacts'], { destination, run: 'one' })).status).toBe('failed')
    const landed = (await rig.allRows('contacts')).length
    rig.workspace.sandbox.log.reset()
    const report = await rig.run(['contacts'], { run: 'one', soFar: unheard })
    expect(troubles(report)).toEqual([])
    // Whoever went on was told nothing: what landed before is counted as the destination did it.
    expect(reportOf(report, 'contacts')).toMatchObject({
      loaded: 1800,
      extracted: expect.toSatisfy((all) => all >= 1800),
    })
    const resumed = rig.requests(search)
    expect(await rig.differences(['contacts'])).toEqual([])
    rig.workspace.sandbox.log.reset()
    await rig.run(['contacts'], { fullRefresh: true })
    // Beside what had not landed: a page of each window that was begun, and a look at what changed since.
    expect(resumed).toBeLessThanOrEqual(rig.requests(search) - Math.floor(landed / 150) + 12)
  } finally {
    await rig.close()
  }
})

test('a run whose tables were published before it died counts that publication, and the next one beside it', async () => {
  const rig = await PipelineRig.start(database)
  const objects = ['contacts', 'tags']
  const again = { run: 'one', soFar: unheard, fullRefresh: true }
  try {
    await rig.run(['contacts'])
    const destination = failsAtRow(await rig.destination(), 1, 'after')
    expect((await rig.run(objects, { ...again, destination })).status).toBe('failed')
    const report = await rig.run(objects, again)
    expect(troubles(report)).toEqual([])
    expect(reportOf(report, 'contacts')).toMatchObject({ extracted: 640, loaded: 0, unchanged: 640 })
    expect(reportOf(report, 'tags')).toMatchObject({ extracted: 40, loaded: 20, unchanged: 20 })
    const anew = await rig.run(objects, { fullRefresh: true })
    expect(reportOf(anew, 'tags')).toMatchObject({ extracted: 20, loaded: 0, unchanged: 20 })
  } finally {
    await rig.close()
  }
})

test('a list that was cut into windows is not cut once more by whoever goes on with it', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 1000 } })
  const { connector } = rig.workspace
  const short = JSON.stringify(connector.manifest).replaceAll('"size":150', '"size":5')
  const manifest: typeof connector.manifest = JSON.parse(short)
  const run = async (options: Parameters<typeof rig.run>[1]) =>
    rig.run(['contacts'], { connector: { ...connector, manifest }, ...options })
  try {
    expect((await run({ destination: failsAtRow(await rig.destination(), 150, 'after') })).status).toBe(
      'failed',
    )
    const landed = (await rig.allRows('contacts')).length
    rig.workspace.sandbox.log.reset()
    expect(troubles(await run({}))).toEqual([])
    const resumed = rig.requests('/contacts/search')
    expect(await rig.differences(['contacts'])).toEqual([])
    rig.workspace.sandbox.log.reset()
    await run({ fullRefresh: true })
    // Cut once more, a window costs a page, and each of its parts one that is not full: a tenth of the list in all.
    expect(resumed).toBeLessThanOrEqual(rig.requests('/contacts/search') - Math.floor(landed / 5) + 4)
  } finally {
    await rig.close()
  }
})

test.each([
  [1, 'after'],
  [500, 'before'],
  [1000, 'after'],
] as const)(
  'conversation parts go on where a power cut at row %d left them (%s it landed)',
  async (at, when) => {
    const rig = await PipelineRig.start(database, { sizes: { conversations: 200 }, latencyMs: 10 })
    const objects = ['conversations', 'conversation_parts', 'conversation_tag']
    try {
      const destination = failsAtRow(await rig.destination(), at, when)
      const failed = await rig.run(objects, { destination })
      expect(failed.status).toBe('failed')
      expect(JSON.stringify(failed)).not.toMatch(/"(parents|position)"/)
      const parts = await rig.allRows('conversation_parts')
      const landed = new Set(parts.map((row) => row['conversation_id'])).size
      rig.workspace.sandbox.log.reset()
      expect(troubles(await rig.run(objects))).toEqual([])
      expect(await rig.differences(objects)).toEqual([])
      const asked = rig.requests('/conversations/') - rig.requests('/conversations/search')
      expect(asked).toBeLessThanOrEqual((200 - landed) * 1.05 + 20)
    } finally {
      await rig.close()
    }
  },
)

test('a run that is cancelled again and again gets there, and reads little twice', async () => {
  const rig = await PipelineRig.start(database, { sizes: { conversations: 200 }, latencyMs: 2 })
  const objects = ['conversations', 'conversation_parts']
  try {
    const statuses: string[] = []
    while (statuses.length < 20 && statuses.at(-1) !== 'succeeded')
      statuses.push(
        (await rig.run(objects, { signal: AbortSignal.timeout(350 + 150 * statuses.length) })).status,
      )
    expect(statuses.at(-1)).toBe('succeeded')
    expect(await rig.differences(objects)).toEqual([])
    const asked = rig.requests('/conversations/') - rig.requests('/conversations/search')
    expect(asked).toBeLessThanOrEqual(200 + 60 * statuses.length)
  } finally {
    await rig.close()
  }
})
