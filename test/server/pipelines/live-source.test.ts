import { randomUUID } from 'node:crypto'
import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { recordSchemaChanges } from '@penstock/server/changes/record-schema-changes.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunRig } from '../runs/run-rig.ts'
import { detailsOf } from './details-of.ts'

let rig: RunRig
let wiring: Awaited<ReturnType<RunRig['wire']>>
beforeAll(async () => {
  rig = await RunRig.start()
  wiring = await rig.wire()
})
afterAll(() => rig.close())

const api = () => rig.test.here.editor.api.pipelines

function documentOf(objects: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    name: 'Support warehouse',
    source: { connector: 'intercom', connection: wiring.sourceId },
    objects,
    destination: { type: 'postgres', connection: wiring.destinationId, schema: 'planned' },
    ...more,
  }
}

describe('a preview', () => {
  test('shows records live, before and after protection, and keeps nothing but who looked', async () => {
    const document = documentOf({ contacts: { fields: { email: 'hash', phone: 'exclude' } } })
    const preview = await api().preview({ document, object: 'contacts', limit: 5 })
    const column = (name: string) => preview.columns.find(({ field }) => field === name)
    expect(preview.before).toHaveLength(5)
    expect(preview.after).toHaveLength(5)
    expect(column('email')).toMatchObject({ sensitive: 'email', protection: 'hash' })
    const emails = preview.before.map((row) => row['email']).filter(Boolean)
    expect(emails.length).toBeGreaterThan(0)
    expect(String(emails[0])).toContain('@')
    expect(JSON.stringify(preview.after)).not.toContain(String(emails[0]))
    for (const row of preview.after) expect(row['phone']).toBeNull()
    const [act, ...others] = await rig.test.database.sql`
      select actor, subject_name, after from audit_log where action = 'pipeline.preview'`
    expect(others).toEqual([])
    expect(act).toMatchObject({ after: { object: 'contacts', rows: 5 } })
    expect(String(act?.['actor'])).toContain('editor of Here')
    const stored = await rig.test.database
      .sql`select table_name from information_schema.tables where table_schema = 'public'`
    for (const { table_name: name } of stored) {
      const found = await rig.test.database.sql.unsafe(
        `select 1 from "${String(name)}" t where t::text like '%' || $1 || '%' limit 1`,
        [String(emails[0])],
      )
      expect({ name, found: [...found] }).toEqual({ name, found: [] })
    }
  })

  test('needs no destination, and no more of the document than its source', async () => {
    const { destination: _, ...unfinished } = documentOf({})
    const preview = await api().preview({ document: unfinished, object: 'tags', limit: 3 })
    expect(preview.before.length).toBeGreaterThan(0)
  })

  test('is refused for a source or an object that has an error', async () => {
    const wrong = documentOf({ contacts: { fields: { id: 'hash' } } })
    expect(await detailsOf(api().preview({ document: wrong, object: 'contacts' }))).toMatchObject({
      code: 'INVALID',
      problems: [{ pointer: '/objects/contacts/fields/id' }],
    })
    expect(await detailsOf(api().preview({ document: documentOf({}), object: 'nonsense' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    const theirs = rig.test.elsewhere.editor.api.pipelines
    const document = documentOf({ tags: {} })
    expect(await detailsOf(theirs.preview({ document, object: 'tags' }))).toMatchObject({ code: 'INVALID' })
  })

  test('is for editors', async () => {
    const viewer = rig.test.here.viewer.api.pipelines
    await expect(viewer.preview({ document: documentOf({ tags: {} }), object: 'tags' })).rejects.toThrow(
      'needs the role editor',
    )
  })
})

describe('a plan', () => {
  test('has the statements that the next run would begin with, and changes nothing', async () => {
    const document = documentOf({ tags: {}, contacts: { fields: { phone: 'exclude' } } })
    const { statements, note } = await rig.test.here.viewer.api.pipelines.plan({ document })
    const tags = statements.filter(({ object }) => object === 'tags').map(({ sql }) => sql)
    expect(tags.join('\n')).toMatch(/create table .*tags/is)
    const contacts = statements.filter(({ object }) => object === 'contacts').map(({ sql }) => sql)
    expect(contacts.join('\n')).toContain('email')
    expect(contacts.join('\n')).not.toContain('"phone"')
    expect(note).toContain('not known yet')
    const made = await rig.test.database
      .sql`select 1 from information_schema.schemata where schema_name = 'planned'`
    expect(made).toHaveLength(0)
  })

  test('of a document with an error says which', async () => {
    expect(await detailsOf(api().plan({ document: documentOf({ nonsense: {} }) }))).toMatchObject({
      code: 'INVALID',
      problems: [{ pointer: '/objects/nonsense' }],
    })
  })

  test('of a pipeline is that of its published version', async () => {
    const { id } = await api().create({ name: 'Planned', document: documentOf({ tags: {} }) })
    await api().publish({ id, revision: 1 })
    await api().saveDraft({ id, baseRevision: 1, document: documentOf({ teams: {} }) })
    const { statements } = await api().plan({ id })
    const objects = new Set(statements.map(({ object }) => object))
    expect([objects.has('tags'), objects.has('teams')]).toEqual([true, false])
  })
})

test('what a decision about a new field would do in the destination is told before it is made', async () => {
  const { id } = await api().create({ name: 'Decided', document: documentOf({ tags: {} }) })
  await api().publish({ id, revision: 1 })
  const { actor } = rig.test.here.editor
  const change: SchemaChange = {
    object: 'tags',
    field: 'weight',
    kind: 'added',
    exampleType: 'integer',
    applied: 'none',
    firstSeen: '2026-11-20T10:00:00.000Z',
  }
  const run = { id: randomUUID(), workspaceId: rig.test.here.id, pipelineId: id }
  await actor.transaction((tx) => recordSchemaChanges(tx, run, [change]))
  const { items } = await rig.test.here.viewer.api.changes.list({ pipelineId: id })
  const planned = async (decision: 'replicate' | 'hash' | 'exclude'): Promise<string> => {
    const asked = { id: items[0]?.id ?? '', decision }
    const { statements } = await rig.test.here.viewer.api.changes.plan(asked)
    return statements.join('\n')
  }
  expect(await planned('replicate')).toMatch(/"weight" bigint/)
  expect(await planned('hash')).toMatch(/"weight" text/)
  expect(await planned('exclude')).not.toContain('"weight"')
  expect(await rig.test.here.viewer.api.changes.list({ pipelineId: id })).toMatchObject({
    items: [{ decision: null }],
  })
})

test('the budget of an account is told in words, with every pipeline that shares it', async () => {
  const second = await rig.wire()
  await rig.test.database.sql`update connections set account_id = 'same' where kind = 'source'`
  const one = await api().create({ name: 'One', document: documentOf({ tags: {} }) })
  const source = { connector: 'intercom', connection: second.sourceId }
  const two = await api().create({ name: 'Two', document: documentOf({ tags: {} }, { source }) })
  const budget = await rig.test.here.viewer.api.pipelines.budget({ connectionId: second.sourceId })
  expect(budget.limit).toBe(
    'Intercom allows 10,000 calls a minute for each app and 25,000 calls a minute for each workspace.',
  )
  expect(budget.concurrency).toBeGreaterThan(0)
  expect(budget.sharedBy).toEqual(
    expect.arrayContaining([
      { pipelineId: one.id, name: 'One' },
      { pipelineId: two.id, name: 'Two' },
    ]),
  )
  expect(
    await detailsOf(rig.test.elsewhere.viewer.api.pipelines.budget({ connectionId: second.sourceId })),
  ).toMatchObject({ code: 'NOT_FOUND' })
})
