import { randomUUID } from 'node:crypto'
import { readYaml } from '@penstock/connectors/read-yaml.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { detailsOf } from './details-of.ts'
import { documentFor, saveConnections } from './save-connections.ts'
import type { SavedPair } from './save-connections.ts'

let server: TestServices
let pair: SavedPair
beforeAll(async () => {
  server = await startServices()
  pair = await saveConnections(server, server.here.id)
})
afterAll(() => server.close())

const api = () => server.here.editor.api
const sound = () => documentFor(pair)

async function published(): Promise<string> {
  const { id } = await api().pipelines.create({ name: 'Support warehouse', document: sound() })
  await api().pipelines.publish({ id, revision: 1 })
  return id
}

describe('a pipeline', () => {
  test('is duplicated as a draft, with its connections and without its versions', async () => {
    const id = await published()
    const copy = await api().pipelines.duplicate({ id, name: 'Copy' })
    expect(await api().pipelines.get(copy)).toMatchObject({
      name: 'Copy',
      status: 'draft',
      version: null,
      draft: { ...sound(), name: 'Copy' },
      nextRunAt: null,
    })
  })

  test('that fills the same tables as another one says so, and may be published', async () => {
    const own = await saveConnections(server, server.here.id)
    const document = { ...documentFor(own), objects: { tags: {}, teams: {} } }
    const first = await api().pipelines.create({ name: 'First', document })
    await api().pipelines.publish({ ...first, revision: 1 })
    expect((await api().pipelines.get(first)).problems).toEqual([])
    const copy = await api().pipelines.duplicate({ ...first, name: 'Second' })
    expect((await api().pipelines.get(copy)).problems).toMatchObject([
      {
        pointer: '/destination/schema',
        severity: 'warning',
        message: '“First” fills the tables tags and teams in this schema already.',
      },
    ])
    await api().pipelines.publish({ ...copy, revision: 1 })
    await api().pipelines.remove(first)
    expect((await api().pipelines.get(copy)).problems).toEqual([])
  })

  test('is renamed at once, which is no change to publish', async () => {
    const id = await published()
    expect(await api().pipelines.rename({ id, name: 'Sales' })).toEqual({ revision: 2 })
    expect(await api().pipelines.get({ id })).toMatchObject({
      name: 'Sales',
      draft: { name: 'Sales' },
      hasUnpublishedChanges: false,
    })
  })

  test('goes back to what is published', async () => {
    const id = await published()
    await api().pipelines.saveDraft({ id, baseRevision: 1, document: { ...sound(), objects: { teams: {} } } })
    expect(await api().pipelines.discardDraft({ id, revision: 2 })).toEqual({ revision: 3 })
    expect(await api().pipelines.get({ id })).toMatchObject({ draft: sound(), hasUnpublishedChanges: false })
    const fresh = await api().pipelines.create({ name: 'Fresh' })
    expect(await detailsOf(api().pipelines.discardDraft(fresh))).toMatchObject({ code: 'CONFLICT' })
  })

  test('is removed from every list, and its runs stay in the history', async () => {
    const id = await published()
    const run = randomUUID()
    await server.database.sql`
      insert into runs (id, workspace_id, pipeline_id, version, trigger, state) values (${run}, ${server.here.id}, ${id}, 1, 'manual', 'running')`
    expect(await detailsOf(api().pipelines.remove({ id }))).toMatchObject({ code: 'CONFLICT', runId: run })
    await server.database.sql`update runs set state = 'succeeded' where id = ${run}`
    await api().pipelines.remove({ id })
    await expect(api().pipelines.get({ id })).rejects.toThrow('no such pipeline')
    const { items } = await api().pipelines.list({ limit: 100 })
    expect(items.map((item) => item.id)).not.toContain(id)
    expect(await server.database.sql`select 1 from runs where id = ${run}`).toHaveLength(1)
  })

  test('tells what each version changed, by whom, and how any two differ', async () => {
    const id = await published()
    await api().pipelines.saveDraft({
      id,
      baseRevision: 1,
      document: { ...sound(), schedule: { every: '30m' } },
    })
    await server.here.admin.api.pipelines.publish({ id, revision: 2, note: 'faster' })
    const first = await api().pipelines.versions({ id, limit: 1 })
    expect(first.items).toMatchObject([
      {
        version: 2,
        note: 'faster',
        publishedBy: 'admin of Here',
        changes: [{ sentence: 'runs every 30 minutes instead of hourly' }],
      },
    ])
    const { items } = await api().pipelines.versions({ id, cursor: first.nextCursor ?? '' })
    expect(items.map(({ version }) => version)).toEqual([1])
    expect(items[0]?.changes.length).toBeGreaterThan(3)
    expect(await api().pipelines.diff({ id, from: 'draft', to: 1 })).toMatchObject({
      changes: [{ sentence: 'runs hourly instead of every 30 minutes' }],
    })
    expect(await api().pipelines.version({ id, version: 1 })).toMatchObject({ document: sound() })
    await expect(api().pipelines.version({ id, version: 9 })).rejects.toThrow('no version 9')
  })
})

describe('a YAML document', () => {
  test('goes out with connections by name and comes back as the same draft', async () => {
    const id = await published()
    const { yaml } = await api().pipelines.export({ id })
    expect(yaml).not.toContain(pair.source)
    expect(yaml).toMatch(/^name: Support warehouse$/m)
    expect(yaml).toMatch(/connection: Intercom /)
    const back = await api().pipelines.import({ yaml })
    expect(back.unbound).toEqual([])
    expect(back.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect((await api().pipelines.get({ id: back.id })).draft).toEqual(sound())
    expect((await api().pipelines.export({ id: back.id })).yaml).toBe(yaml)
  })

  test('of the largest kind that can be saved goes out and comes back; what cannot be one is refused unread', async () => {
    const fields = Array.from({ length: 5500 }, (_, index) => [
      `custom_attributes.What sales call ${index}`,
      'hash',
    ])
    const document = {
      ...sound(),
      name: 'Large',
      objects: { contacts: { fields: Object.fromEntries(fields) } },
    }
    const { yaml } = await api().pipelines.export(await api().pipelines.create({ name: 'Large', document }))
    expect(yaml.length).toBeGreaterThan(262_144)
    const { id } = await api().pipelines.import({ yaml })
    expect((await api().pipelines.get({ id })).draft).toEqual(document)
    const wide = `a: [${'[],'.repeat(80_000)}]`
    await expect(api().pipelines.import({ yaml: wide })).rejects.toThrow('more than 20000 lines and members')
  })

  test('that names connections of elsewhere comes in as a draft that says so', async () => {
    const { yaml } = await api().pipelines.export({ id: await published() })
    const { id, problems, unbound } = await server.elsewhere.editor.api.pipelines.import({ yaml })
    expect(unbound.map(({ side }) => side)).toEqual(['source', 'destination'])
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/source/connection', '/destination/connection'])
    expect(problems[0]?.message).toMatch(/no connection named “Intercom .*” in this workspace/)
    expect((await server.elsewhere.editor.api.pipelines.get({ id })).status).toBe('draft')
  })

  test('of the command line comes in without its settings, not even the names of its secrets', async () => {
    const yaml = `
name: From a file
source: { connector: intercom, connection: { region: us, accessToken: { env: INTERCOM_ACCESS_TOKEN } } }
objects: { contacts: , tags: {} }
destination: { type: postgres, connection: { url: { env: WAREHOUSE_URL } }, schema: intercom }`
    const { id, problems } = await api().pipelines.import({ yaml })
    const { draft } = await api().pipelines.get({ id })
    expect(draft).toEqual({
      name: 'From a file',
      source: { connector: 'intercom' },
      objects: { contacts: {}, tags: {} },
      destination: { type: 'postgres', schema: 'intercom' },
    })
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(2)
  })

  test('keeps as much of a long name as a name may be, in whole characters', async () => {
    const { id } = await api().pipelines.import({ yaml: `name: ${'😀'.repeat(300)}` })
    expect((await api().pipelines.get({ id })).name).toBe('😀'.repeat(200))
  })

  test('that is none is refused with every reason', async () => {
    expect(await detailsOf(api().pipelines.import({ yaml: 'a: &x 1\nb: *x' }))).toMatchObject({
      code: 'INVALID',
    })
    expect(await detailsOf(api().pipelines.import({ yaml: '- 1' }))).toMatchObject({ code: 'INVALID' })
  })

  test('that has a mistake is refused with its line and column', async () => {
    const refused = api().pipelines.import({ yaml: 'name: A\nsource:\n  connection: My CRM: EU\n' })
    await expect(refused).rejects.toThrow(/Line 3, column 15: This value has a colon in it.* in quotes/)
    expect(await detailsOf(refused)).toMatchObject({ line: 3, column: 15 })
  })

  test('is read by the command line’s own reader', async () => {
    const { yaml } = await api().pipelines.export({ id: await published(), version: 1 })
    expect(readYaml(yaml)).toMatchObject({ value: { objects: { tags: {} }, schedule: { every: '1h' } } })
  })
})

test('a document may have any name for its parts without anything else changing', async () => {
  const document: unknown = JSON.parse('{"objects": {"__proto__": {"fields": {}}}, "constructor": 1}')
  const { id } = await api().pipelines.create({ name: 'Odd', document: document as Record<string, unknown> })
  const { problems } = await api().pipelines.get({ id })
  expect(problems.length).toBeGreaterThan(0)
  expect(Object.keys({}.constructor.prototype)).toEqual([])
})

test('what cannot be kept is refused with a sentence, and what only looks so is kept', async () => {
  const { pipelines } = api()
  for (const odd of ['a\u0000b', 'a\ud800b']) {
    const document = { objects: { tags: { startAt: odd } } }
    expect(await detailsOf(pipelines.create({ name: 'Odd', document }))).toMatchObject({ code: 'INVALID' })
    expect(await detailsOf(pipelines.create({ name: 'Odd', layout: { note: odd } }))).toMatchObject({
      code: 'INVALID',
    })
    await expect(pipelines.create({ name: odd })).rejects.toThrow('cannot be')
    await expect(api().projects.create({ name: odd })).rejects.toThrow('cannot be')
  }
  const plain = { objects: { tags: { startAt: String.raw`a\u0000 \ud800 😀` } } }
  const { id } = await pipelines.create({ name: 'Plain', document: plain })
  expect((await pipelines.get({ id })).draft).toMatchObject(plain)
})
