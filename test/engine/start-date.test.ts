import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Destination } from '@penstock/server/engine/destination.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { PipelineRig, reportOf, troubles } from './pipeline-rig.ts'
import { wrapDestination } from './wrap-destination.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const objects = ['contacts', 'contact_tag', 'conversations', 'conversation_parts', 'activity_logs'] as const
const dated = { contacts: 'updated_at', conversations: 'updated_at', activity_logs: 'created_at' } as const

/** For each list the moment at which this share of its records is older. */
async function shareOf(rig: PipelineRig, share: number): Promise<Readonly<Record<string, string>>> {
  const starts: [string, string][] = []
  for (const [object, field] of Object.entries(dated)) {
    const times = (await rig.workspace.truth(object)).map((record) => Number(record[field]))
    const at = times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0
    starts.push([object, new Date(at * 1000).toISOString()])
  }
  return Object.fromEntries(starts)
}

function from(starts: Readonly<Record<string, string>>): Record<string, { startAt?: string }> {
  return Object.fromEntries(
    objects.map((object) => [object, starts[object] === undefined ? {} : { startAt: starts[object] }]),
  )
}

/** Fails after so many commits, as a process does that is killed. */
function cutShort(destination: Destination, after: number): Destination {
  let commits = 0
  return wrapDestination(destination, (tables) => ({
    checkpoints: tables.checkpoints,
    counts: tables.counts,
    alter: async (spec) => tables.alter(spec),
    commit: async (commit) => {
      if (++commits > after) throw new Error('power cut')
      return tables.commit(commit)
    },
    stage: async (batches) => tables.stage(batches),
    publish: async (input) => tables.publish(input),
    release: async () => tables.release(),
  }))
}

test('a start date that is moved back brings what is older, also when the run is cut short, and one that is taken away brings all', async () => {
  const rig = await PipelineRig.start(database)
  try {
    const [late, early] = [await shareOf(rig, 0.7), await shareOf(rig, 0.3)]
    expect(troubles(await rig.run(from(late)))).toEqual([])
    const counts = async () => Promise.all(objects.map(async (object) => (await rig.rows(object)).length))
    const few = await counts()
    const cut = await rig.run(from(early), { destination: cutShort(await rig.destination(), 3) })
    expect(cut.status).not.toBe('succeeded')
    expect(troubles(await rig.run(from(early)))).toEqual([])
    for (const [object, field] of Object.entries(dated)) {
      const start = Math.floor(Date.parse(early[object] ?? '') / 1000)
      const wanted = (await rig.workspace.truth(object)).filter((record) => Number(record[field]) >= start)
      const ids = (await rig.rows(object)).map((row) => row['id'])
      expect(new Set(ids)).toEqual(new Set(wanted.map(({ id }) => id)))
    }
    const more = await counts()
    for (const place of objects.keys()) expect(more[place]).toBeGreaterThan(few[place] ?? 0)
    expect(troubles(await rig.run(from({})))).toEqual([])
    expect(await rig.differences(objects)).toEqual([])
  } finally {
    await rig.close()
  }
})

test('a start date that stays, or is moved on, asks for nothing older again', async () => {
  const rig = await PipelineRig.start(database)
  try {
    const [late, early] = [await shareOf(rig, 0.7), await shareOf(rig, 0.3)]
    await rig.run(from(early))
    const there = (await rig.rows('contacts')).length
    for (const starts of [early, late, early]) {
      const report = await rig.run(from(starts))
      expect(troubles(report)).toEqual([])
      expect(reportOf(report, 'conversations').loaded).toBe(0)
      expect(reportOf(report, 'conversation_parts').requests).toBeLessThan(60 * 0.3)
    }
    expect((await rig.rows('contacts')).length).toBe(there)
  } finally {
    await rig.close()
  }
})
