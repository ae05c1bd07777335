import { randomUUID } from 'node:crypto'
import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { loadDecisions } from '@penstock/server/changes/load-decisions.ts'
import { recordSchemaChanges } from '@penstock/server/changes/record-schema-changes.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { detailsOf } from '../pipelines/details-of.ts'
import { documentFor, saveConnections } from '../pipelines/save-connections.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let server: TestServices
beforeAll(async () => {
  server = await startServices()
})
afterAll(() => server.close())

const api = () => server.here.editor.api

async function published(more: Record<string, unknown> = {}): Promise<string> {
  const pair = await saveConnections(server, server.here.id)
  const document = { ...documentFor(pair), objects: { contacts: { fields: { plan_tier: 'hash' } } }, ...more }
  const { id } = await api().pipelines.create({ name: 'With changes', document: documentFor(pair) })
  const known = added('plan_tier')
  await found(id, [known])
  await api().pipelines.saveDraft({ id, baseRevision: 1, document })
  await api().pipelines.publish({ id, revision: 2 })
  return id
}

function added(field: string, more: Partial<SchemaChange> = {}): SchemaChange {
  return {
    object: 'contacts',
    field,
    kind: 'added',
    firstSeen: '2026-11-20T10:00:00.000Z',
    exampleType: 'string',
    applied: 'none',
    ...more,
  }
}

async function found(pipelineId: string, changes: readonly SchemaChange[]) {
  const run = { id: randomUUID(), workspaceId: server.here.id, pipelineId }
  return await server.here.editor.actor.transaction((tx) => recordSchemaChanges(tx, run, changes))
}

async function decisionsOf(pipelineId: string) {
  const decisions = await server.here.editor.actor.transaction((tx) =>
    loadDecisions(tx, server.here.id, pipelineId),
  )
  return Object.fromEntries([...decisions].map(([object, fields]) => [object, Object.fromEntries(fields)]))
}

async function fieldsOf(pipelineId: string, open: boolean) {
  const { items } = await api().changes.list({ pipelineId, open })
  return items.map(({ field }) => field).toSorted()
}

async function entryOf(pipelineId: string, field: string) {
  const { items } = await api().changes.list({ pipelineId })
  const entry = items.find((item) => item.field === field)
  if (!entry) throw new Error(`There is no entry about ${field}.`)
  return entry
}

test('a field whose name cannot be kept keeps no other out of the inbox', async () => {
  const id = await published()
  const odd = ['a\u0000b', 'half \ud800', 'half \ud801', '__proto__', '', 'nps'].map((field) => added(field))
  expect(await found(id, odd)).toEqual({ added: 3, waiting: 3 })
  expect(await fieldsOf(id, true)).toEqual(expect.arrayContaining(['', '__proto__', 'nps']))
})

test('what runs find is in the inbox once, however often they find it', async () => {
  const id = await published({ schemaChanges: 'block' })
  const changes = [added('nps'), added('work_email', { exampleType: 'string' }), added('nps')]
  expect(await found(id, changes)).toEqual({ added: 2, waiting: 2 })
  expect(await found(id, [added('nps', { applied: 'column_added' })])).toEqual({ added: 0, waiting: 0 })
  const { items } = await api().changes.list({ pipelineId: id, open: true })
  expect(items).toHaveLength(3)
  expect(items.find(({ field }) => field === 'work_email')).toMatchObject({
    pipelineName: 'Support warehouse',
    object: 'contacts',
    looksSensitive: 'email',
    policy: 'block',
    decision: null,
    effect: 'The next run leaves it out, as long as nobody decides.',
  })
  expect(items.find(({ field }) => field === 'nps')?.applied).toBe('column_added')
})

test('under block a pipeline waits for review until someone decides', async () => {
  const id = await published({ schemaChanges: 'block' })
  await found(id, [added('nps'), added('seats', { exampleType: 'integer' })])
  const { id: known } = await entryOf(id, 'plan_tier')
  await api().changes.decide({ ids: [known], decision: 'hash' })
  expect(await api().pipelines.get({ id })).toMatchObject({
    status: 'needs_review',
    statusReason: '2 schema changes wait for a decision.',
    changesWaiting: 2,
  })
  const ids = [(await entryOf(id, 'nps')).id, (await entryOf(id, 'seats')).id]
  const { items } = await api().changes.decide({ ids, decision: 'replicate' })
  expect(items.map(({ effect }) => effect)).toEqual(
    ids.map(() => 'The next run adds the column and lands its values as they are.'),
  )
  expect(items[0]).toMatchObject({ decidedBy: 'editor of Here' })
  expect((await api().pipelines.get({ id })).status).toBe('healthy')
})

describe('a decision', () => {
  test('is given to the next run, and can be taken back', async () => {
    const id = await published()
    await found(id, [added('nps', { applied: 'column_added' }), added('notes', { object: 'companies' })])
    const nps = await entryOf(id, 'nps')
    await api().changes.decide({ ids: [nps.id], decision: 'exclude' })
    await api().changes.decide({ ids: [(await entryOf(id, 'notes')).id], decision: 'hash' })
    expect(await decisionsOf(id)).toEqual({
      contacts: { nps: { protection: 'exclude' } },
      companies: { notes: { protection: 'hash' } },
    })
    const { items } = await api().changes.undo({ ids: [nps.id] })
    expect(items).toMatchObject([{ decision: null, decidedBy: null, decidedAt: null }])
    expect(await decisionsOf(id)).toEqual({ companies: { notes: { protection: 'hash' } } })
    const acts = await server.database
      .sql`select action, after from audit_log where subject_id = ${nps.id} order by id`
    expect(acts.map(({ action, after }) => [action, after['decision']])).toEqual([
      ['change.decide', 'exclude'],
      ['change.undo', null],
    ])
  })

  test('about a new type says nothing of protection: the column may widen, and a hashed field stays hashed', async () => {
    const id = await published({ schemaChanges: 'block' })
    await found(id, [added('nps')])
    await api().changes.decide({ ids: [(await entryOf(id, 'nps')).id], decision: 'hash' })
    await found(id, [added('nps', { kind: 'type_changed', exampleType: 'object' })])
    const { items } = await api().changes.list({ pipelineId: id, open: true })
    const retyped = items.find(({ kind }) => kind === 'type_changed')
    expect(retyped).toMatchObject({
      severity: 'breaking',
      effect: 'The next run rejects records whose value does not fit the column, as long as nobody decides.',
    })
    const decided = await api().changes.decide({ ids: [retyped?.id ?? ''], decision: 'replicate' })
    expect(decided.items[0]?.effect).toBe(
      'The next run widens the column, so that it holds both types. What was rejected before lands when it is read again: once it changes, or by a re-sync of contacts.',
    )
    expect(await decisionsOf(id)).toEqual({ contacts: { nps: { protection: 'hash', widen: true } } })
  })

  test('may say that a new field is another name of one that vanished, once', async () => {
    const id = await published()
    await found(id, [
      added('mobile', { applied: 'column_added' }),
      added('cell', { applied: 'column_added' }),
      added('telephone', { kind: 'removed', exampleType: 'null' }),
    ])
    const mobile = await entryOf(id, 'mobile')
    expect(mobile).toMatchObject({ mayContinue: ['telephone'], continues: null })
    expect(await entryOf(id, 'telephone')).toMatchObject({ severity: 'breaking', mayContinue: [] })
    const decide = (of: string, continues?: string) =>
      api().changes.decide({ ids: [of], decision: 'continue', ...(continues ? { continues } : {}) })
    expect(await detailsOf(decide(mobile.id))).toMatchObject({ code: 'INVALID' })
    expect(await detailsOf(decide(mobile.id, 'email'))).toMatchObject({ code: 'INVALID' })
    const { items } = await decide(mobile.id, 'telephone')
    expect(items[0]?.effect).toContain('its values go to the column telephone')
    expect(await entryOf(id, 'telephone')).toMatchObject({
      severity: 'info',
      effect: 'Its column goes on with the values of mobile, as was decided.',
    })
    // With its new name it is decided, too: nothing of it waits.
    expect(await fieldsOf(id, true)).toEqual(['cell', 'plan_tier'])
    expect(await fieldsOf(id, false)).toEqual(['mobile', 'telephone'])
    expect(await decisionsOf(id)).toEqual({ contacts: { mobile: { continues: 'telephone' } } })
    expect(await detailsOf(decide((await entryOf(id, 'cell')).id, 'telephone'))).toMatchObject({
      code: 'INVALID',
    })
    const { discoveredFields } = await api().pipelines.get({ id })
    expect(discoveredFields.map(({ field }) => field)).not.toContain('mobile')
    const undone = await api().changes.undo({ ids: [mobile.id] })
    expect(undone.items[0]).toMatchObject({ decision: null, continues: null })
    expect(await fieldsOf(id, true)).toEqual(['cell', 'mobile', 'plan_tier', 'telephone'])
  })

  test('of two people who give one column to two new fields at once, one is refused', async () => {
    const id = await published()
    const names = ['phone_a', 'phone_b', 'phone_c', 'phone_d']
    await found(id, [
      ...names.map((name) => added(name)),
      added('phone_old', { kind: 'removed', exampleType: 'null' }),
    ])
    const ids = await Promise.all(names.map(async (name) => (await entryOf(id, name)).id))
    const tries = ids.map((one) =>
      api().changes.decide({ ids: [one], decision: 'continue', continues: 'phone_old' }),
    )
    const ended = await Promise.allSettled(tries)
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('of the document goes before that of the inbox, and is told so', async () => {
    const id = await published()
    expect((await entryOf(id, 'plan_tier')).effect).toBe(
      'The pipeline itself says what happens: it lands hashed.',
    )
  })

  test('makes a field known to the document and the field grid', async () => {
    const id = await published()
    await found(id, [added('nps', { exampleType: 'integer' })])
    const { discoveredFields, draft } = await api().pipelines.get({ id })
    expect(discoveredFields).toContainEqual({
      object: 'contacts',
      field: 'nps',
      type: 'integer',
      decision: null,
    })
    const document = { ...draft, objects: { contacts: { fields: { nps: 'hash', npx: 'hash' } } } }
    const { problems } = await api().pipelines.validate({ document, id })
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { pointer: '/objects/contacts/fields/npx', fix: 'Did you mean nps?' },
    ])
  })

  test('about several changes is made for all of them or for none', async () => {
    const id = await published()
    const mine = await entryOf(id, 'plan_tier')
    expect(
      await detailsOf(api().changes.decide({ ids: [mine.id, randomUUID()], decision: 'hash' })),
    ).toMatchObject({ code: 'NOT_FOUND' })
    expect((await entryOf(id, 'plan_tier')).decision).toBeNull()
  })

  test('is for editors of the same workspace', async () => {
    const { id } = await entryOf(await published(), 'plan_tier')
    await expect(server.here.viewer.api.changes.undo({ ids: [id] })).rejects.toThrow('needs the role editor')
    const other = server.elsewhere.admin.api.changes
    expect(await detailsOf(other.decide({ ids: [id], decision: 'hash' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await other.list({})).toEqual({ items: [], nextCursor: null })
  })
})

test('a long inbox is read page by page, each entry once', async () => {
  const id = await published()
  const changes = Array.from({ length: 23 }, (_, index) =>
    added(`field_${index}`, { firstSeen: new Date(1_790_000_000_000 + Math.floor(index / 3)).toISOString() }),
  )
  await found(id, changes)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await api().changes.list({ pipelineId: id, limit: 5, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map(({ field }) => field))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen.toSorted()).toEqual(['plan_tier', ...changes.map(({ field }) => field)].toSorted())
})

test('as many wait as the inbox has that ask for something, on however many pages', async () => {
  const id = await published({ schemaChanges: 'block' })
  const many = Array.from({ length: 55 }, (_, index) => added(`field_${index}`))
  const landed = { applied: 'column_added', kind: 'added' } as const
  await found(id, [
    ...many,
    added('city', landed),
    added('email_2', landed),
    added('gone', { kind: 'removed' }),
  ])
  const pages = await Promise.all(
    (await api().pipelines.list({ limit: 100 })).items.map(async (pipeline) => {
      const { items } = await api().changes.list({ pipelineId: pipeline.id, open: true, limit: 100 })
      const asking = items.filter(({ severity }) => severity !== 'info').length
      expect(await api().changes.waiting({ pipelineId: pipeline.id })).toEqual({ waiting: asking })
      return asking
    }),
  )
  expect(pages.some((asking) => asking > 55)).toBe(true)
  const all = pages.reduce((sum, asking) => sum + asking, 0)
  expect(await api().changes.waiting({})).toEqual({ waiting: all })
})
