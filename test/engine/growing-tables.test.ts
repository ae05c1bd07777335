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

/** A destination that takes its time over every change of columns. */
function slowToAlter(destination: Destination): Destination {
  return wrapDestination(destination, (tables) => ({
    checkpoints: tables.checkpoints,
    counts: tables.counts,
    alter: async (spec) => {
      await new Promise((resolve) => setTimeout(resolve, 60))
      await tables.alter(spec)
    },
    commit: async (commit) => tables.commit(commit),
    stage: async (batches) => tables.stage(batches),
    publish: async (input) => tables.publish(input),
    release: async () => tables.release(),
  }))
}

test('a field that first appears while a column is being added gets its own', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 800 } })
  try {
    const ids = (await rig.workspace.truth('contacts')).map(({ id }) => String(id))
    for (let at = 0; at < 40; at++)
      await rig.workspace.change({
        kind: 'update_contact',
        id: ids[at * 20],
        fields: { [`extra_${at}`]: at },
      })
    for (const fullRefresh of [false, true]) {
      const destination = slowToAlter(await rig.destination())
      expect(troubles(await rig.run(['contacts'], { destination, fullRefresh }))).toEqual([])
      expect(await rig.differences(['contacts'])).toEqual([])
    }
  } finally {
    await rig.close()
  }
})

test('a new field lands although another object of the same read is taken out of it', async () => {
  const rig = await PipelineRig.start(database)
  try {
    const [first] = await rig.workspace.truth('conversations')
    const id = String(first?.['id'])
    await rig.workspace.change({ kind: 'update_conversation', id, fields: { mood: 'fine' } })
    await rig.workspace.behave({ planGates: [`/conversations/${id.slice(0, 3)}`] })
    const objects = ['conversations', 'conversation_parts', 'conversation_tag']
    const report = await rig.run(objects)
    expect(reportOf(report, 'conversation_parts').status).toBe('skipped')
    expect(reportOf(report, 'conversations').status).toBe('succeeded')
    expect(await rig.differences(['conversations', 'conversation_tag'])).toEqual([])
  } finally {
    await rig.close()
  }
})
