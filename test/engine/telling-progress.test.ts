import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunEvent } from '@penstock/server/engine/execute-run.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { hastyClock, PipelineRig, reportOf } from './pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

type ObjectEvent = Extract<RunEvent, { type: 'object' }>

function statesOf(events: readonly RunEvent[], object: string): readonly string[] {
  return events
    .filter((event): event is ObjectEvent => event.type === 'object' && event.object === object)
    .map(({ state }) => state)
}

test('each object goes through its own states, and ends when it ends, not with the run', async () => {
  // So many conversations that their parts surely take longer than a list of tags does.
  const rig = await PipelineRig.start(database, {
    sizes: { contacts: 320, conversations: 400 },
    latencyMs: 15,
  })
  const events: RunEvent[] = []
  try {
    const objects = ['tags', 'contacts', 'contact_tag', 'conversations', 'conversation_parts']
    const report = await rig.run(objects, { onEvent: (event) => events.push(event) })
    for (const object of objects)
      expect(statesOf(events, object)).toEqual(['queued', 'reading', 'loading', 'succeeded'])
    const endOf = (object: string) =>
      events.findIndex(
        (event) => event.type === 'object' && event.object === object && event.state === 'succeeded',
      )
    const lastOfParts = events.findLastIndex(
      (event) => event.type === 'progress' && event.object === 'conversation_parts',
    )
    expect(endOf('tags')).toBeLessThan(endOf('conversation_parts'))
    expect(events[lastOfParts]).toMatchObject({
      extracted: reportOf(report, 'conversation_parts').extracted,
    })
    const [tags, parts] = [reportOf(report, 'tags'), reportOf(report, 'conversation_parts')]
    for (const { startedAt, finishedAt } of [tags, parts]) {
      expect(String(startedAt) >= report.startedAt).toBe(true)
      expect(String(finishedAt) > String(startedAt)).toBe(true)
    }
    expect(String(tags.finishedAt) < String(parts.finishedAt)).toBe(true)
  } finally {
    await rig.close()
  }
})

test('the report says what each object tried again and where it left off before and after', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 320 } })
  try {
    const first = reportOf(await rig.run(['contacts', 'tags']), 'contacts')
    expect(first.checkpointBefore).toBeNull()
    rig.workspace.sandbox.faults.set({ rate: 0.7, kinds: ['server_error'], path: '/contacts' })
    const events: RunEvent[] = []
    const report = await rig.run(['contacts', 'tags'], {
      clock: hastyClock(),
      fullRefresh: true,
      onEvent: (event) => events.push(event),
    })
    const contacts = reportOf(report, 'contacts')
    expect(contacts.checkpointBefore).toEqual(first.checkpoint)
    expect(contacts.retries).toBeGreaterThan(0)
    expect(contacts.waits?.map(({ reason }) => reason)).toContain('retry')
    expect(reportOf(report, 'tags')).toMatchObject({ retries: 0, waits: [] })
    for (const event of events.filter(({ type }) => type === 'waiting'))
      expect(event).toMatchObject({ object: 'contacts', why: 'retry' })
  } finally {
    await rig.close()
  }
})

test('an object that may not be read never began, keeps its checkpoint, and ends skipped', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 20 } })
  const events: RunEvent[] = []
  try {
    const before = reportOf(await rig.run(['contacts', 'tickets']), 'tickets').checkpoint
    await rig.workspace.behave({ planGates: ['/tickets'] })
    const report = await rig.run(['contacts', 'tickets'], { onEvent: (event) => events.push(event) })
    expect(reportOf(report, 'tickets')).toMatchObject({
      status: 'skipped',
      checkpointBefore: before,
      checkpoint: before,
    })
    expect(statesOf(events, 'tickets').at(-1)).toBe('skipped')
    expect(statesOf(events, 'contacts').at(-1)).toBe('succeeded')
  } finally {
    await rig.close()
  }
})

test('the end of an object says what should be known about it', async () => {
  const rig = await PipelineRig.start(database, { sizes: { contacts: 20 } })
  const events: RunEvent[] = []
  try {
    await rig.run(['contacts'])
    const id = (await rig.workspace.truth('contacts'))[0]?.['id']
    await rig.workspace.change({ kind: 'update_contact', id, fields: { mood: 'fine' } })
    const report = await rig.run(['contacts'], {
      onEvent: (event) => events.push(event),
      fullRefresh: true,
      pipelineOptions: { schemaChanges: 'block' },
    })
    const { warnings } = reportOf(report, 'contacts')
    const end = events.find((event) => event.type === 'object' && event.state === 'succeeded')
    expect(end).toMatchObject({ warnings })
    expect(warnings.join()).toMatch(/waits? for a decision/)
  } finally {
    await rig.close()
  }
})
