import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { TinyApi } from '../../fakes/tiny-api.ts'
import type { TestServices } from '../start-services.ts'
import { ConnectorWorld } from './connector-world.ts'

let world: ConnectorWorld
let tiny: TinyApi
let penstock: TestServices
beforeAll(async () => {
  world = await ConnectorWorld.start(inject('postgresUrl'))
  ;({ tiny, penstock } = world)
})
afterAll(() => world.close())

const editor = () => penstock.here.editor.api
const admin = () => penstock.here.admin.api

describe('a new version', () => {
  test('says what it breaks, for which pipelines, and waits until that is accepted', async () => {
    await world.publish('moving')
    const connectionId = await world.connect('moving')
    await world.pipelineOf('moving', connectionId)
    const files = tiny.files('moving')
    const file = 'records/note.schema.json'
    const records = { [file]: (files.records[file] ?? '').replace('"words"', '"letters"') }
    const manifest = files.manifest
      .replace(tiny.url, `http://localhost:${new URL(tiny.url).port}`)
      .replace('primaryKey: [id]', 'primaryKey: [text]')
    await editor().connectors.saveDraft({ name: 'moving', baseRevision: 1, manifest, records })
    const other = await editor().connectors.review({ name: 'moving', revision: 2 })
    expect(other.problems).toMatchObject([{ pointer: '/api/regions/main/api' }])
    const allowed = manifest.replace('http://localhost', 'https://api.example.com')
    await editor().connectors.saveDraft({ name: 'moving', baseRevision: 2, manifest: allowed, records })
    const review = await editor().connectors.review({ name: 'moving', revision: 3 })
    expect(review).toMatchObject({
      problems: [],
      verdict: 'incompatible',
      pipelines: [{ name: 'Notes through moving', breaks: true }],
      connections: [{ id: connectionId }],
    })
    const breaking = review.changes.filter(({ breaking: breaks }) => breaks).map(({ kind }) => kind)
    expect(breaking).toEqual(expect.arrayContaining(['host_added', 'key_changed', 'field_removed']))
    const publishing = admin().connectors.publish({ name: 'moving', revision: 3 })
    await expect(publishing).rejects.toThrow(/acceptIncompatible/)
    const accepted = { name: 'moving', revision: 3, acceptIncompatible: true }
    expect(await admin().connectors.publish(accepted)).toEqual({ version: 2 })
  })

  test('does not reach a run that has begun with the one before', async () => {
    await world.publish('slow')
    const pipelineId = await world.pipelineOf('slow', await world.connect('slow'))
    const gate = Promise.withResolvers<void>()
    tiny.held = gate.promise
    const { runId } = await editor().runs.start({ pipelineId })
    const files = tiny.files('slow')
    const manifest = files.manifest.replace('path: /notes', 'path: /gone')
    await editor().connectors.saveDraft({ ...files, name: 'slow', baseRevision: 1, manifest })
    expect(await admin().connectors.publish({ name: 'slow', revision: 2 })).toEqual({ version: 2 })
    gate.resolve()
    tiny.held = undefined
    expect(await world.ended(runId)).toMatchObject({ state: 'succeeded', connectorVersion: 1 })
    const next = await editor().runs.start({ pipelineId })
    expect(await world.ended(next.runId)).toMatchObject({ state: 'failed', connectorVersion: 2 })
  })
})

describe('a version in use', () => {
  test('reaches the chosen pipelines only; the others stay with theirs until they are moved', async () => {
    await world.publish('staged')
    const connection = await world.connect('staged')
    const first = await world.pipelineOf('staged', connection, 'First')
    const second = await world.pipelineOf('staged', connection, 'Second')
    const files = tiny.files('staged')
    const manifest = files.manifest.replace('path: /notes', 'path: /gone')
    await editor().connectors.saveDraft({ ...files, name: 'staged', baseRevision: 1, manifest })
    const review = await editor().connectors.review({ name: 'staged', revision: 2 })
    expect(review.pipelines).toEqual([
      { id: first, name: 'First', version: 1, breaks: false },
      { id: second, name: 'Second', version: 1, breaks: false },
    ])
    const chosen = { name: 'staged', revision: 2, pipelineIds: [first] }
    expect(await admin().connectors.publish(chosen)).toEqual({ version: 2 })
    expect(await versionsInUse('staged')).toEqual({ 2: ['First'], 1: ['Second'] })
    expect(await world.runOf(first)).toMatchObject({ state: 'failed', connectorVersion: 2 })
    expect(await world.runOf(second)).toMatchObject({ state: 'succeeded', connectorVersion: 1 })

    const back = { name: 'staged', version: 1, pipelineIds: [first, second] }
    await expect(editor().connectors.movePipelines(back)).rejects.toThrow(/role admin/)
    expect(await admin().connectors.movePipelines(back)).toEqual({ moved: 1 })
    expect(await world.runOf(first)).toMatchObject({ state: 'succeeded', connectorVersion: 1 })
    expect(await editor().pipelines.get({ id: first })).toMatchObject({
      connectorVersion: 1,
      connectorVersionInUse: 2,
    })
    // Its draft was checked with version 2, and so it runs with that once it is published.
    expect(await editor().pipelines.publish({ id: first, revision: 1 })).toEqual({ version: 2 })
    expect(await versionsInUse('staged')).toEqual({ 2: ['First'], 1: ['Second'] })
    const audit = await admin().audit.list({ action: 'connector.movePipelines', limit: 5 })
    expect(audit.items[0]).toMatchObject({
      detail: { before: { pipelines: [{ name: 'First', version: 2 }] }, after: { version: 1 } },
    })
  })

  test('is not forced on a pipeline that it breaks, nor on one of another connector or workspace', async () => {
    await world.publish('strict')
    const connection = await world.connect('strict')
    const pipelineId = await world.pipelineOf('strict', connection)
    const files = tiny.files('strict')
    const manifest = files.manifest.replace('primaryKey: [id]', 'primaryKey: [text]')
    await editor().connectors.saveDraft({ ...files, name: 'strict', baseRevision: 1, manifest })
    const publication = { name: 'strict', revision: 2, acceptIncompatible: true, pipelineIds: [] }
    expect(await admin().connectors.publish(publication)).toEqual({ version: 2 })
    expect(await versionsInUse('strict')).toEqual({ 2: [], 1: ['Notes through strict'] })
    const move = { name: 'strict', version: 2, pipelineIds: [pipelineId] }
    await expect(admin().connectors.movePipelines(move)).rejects.toThrow(/not compatible with what “Notes/)
    expect(await admin().connectors.movePipelines({ ...move, acceptIncompatible: true })).toEqual({
      moved: 1,
    })
    await world.publish('other_one')
    const other = { ...move, name: 'other_one', version: 1 }
    await expect(admin().connectors.movePipelines(other)).rejects.toThrow(/no published pipelines that read/)
    await world.publish('strict', penstock.elsewhere)
    const theirs = { ...move, version: 1 }
    await expect(penstock.elsewhere.admin.api.connectors.movePipelines(theirs)).rejects.toThrow(
      /no published pipelines that read/,
    )
    expect(await versionsInUse('strict')).toEqual({ 2: ['Notes through strict'], 1: [] })
  })
})

/** The pipelines by the connector's version that they read with. */
async function versionsInUse(name: string): Promise<Readonly<Record<number, readonly string[]>>> {
  const versions = await penstock.here.viewer.api.connectors.versions({ name })
  return Object.fromEntries(
    versions.map(({ version, pipelines }) => [version, pipelines.map((one) => one.name)]),
  )
}

describe('a draft that is tried with a connection that is typed in', () => {
  const attempt = (settings: Record<string, string>, manifest?: string) => {
    const files = tiny.files('typed_one')
    return editor().connectors.tryDraft({
      ...files,
      manifest: manifest ?? files.manifest,
      object: 'notes',
      settings,
    })
  }

  test('reads ten records at most, protected, with the requests that it took; the secret is kept nowhere', async () => {
    const tried = await attempt({ accessToken: tiny.token })
    expect(tried.check).toMatchObject({ ok: true })
    expect(tried.rows).toHaveLength(5)
    expect(String(tried.rows[0]?.['author'])).toMatch(/^h1:/)
    expect(tried.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'GET /me 200',
      'GET /notes 200',
    ])
    const refused = await attempt({ accessToken: 'one-that-is-wrong' })
    expect(refused.check.ok).toBe(false)
    expect(JSON.stringify([tried, refused])).not.toMatch(new RegExp(`${tiny.token}|one-that-is-wrong`))
    const audit = await admin().audit.list({ action: 'connector.try', limit: 2 })
    expect(audit.items[0]).toMatchObject({
      actor: expect.stringContaining('editor of Here'),
      subject: 'typed_one',
      detail: { after: { object: 'notes', draft: true, hosts: [tiny.host] } },
    })
    expect(JSON.stringify(audit)).not.toContain('one-that-is-wrong')
    expect((await editor().connectors.own()).map(({ name }) => name)).not.toContain('typed_one')
  })

  test('says why records cannot land, and calls that no success', async () => {
    const { manifest, records } = tiny.files('typed_one')
    const keyed = Object.entries(records).map(([file, text]) => [file, text.replace('"id"', '"isbn"')])
    const tried = await editor().connectors.tryDraft({
      manifest: manifest.replace('primaryKey: [id]', 'primaryKey: [isbn]'),
      records: Object.fromEntries(keyed),
      object: 'notes',
      settings: { accessToken: tiny.token },
    })
    expect(tried.check).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^5 records could not land: .*isbn/),
    })
    expect(tried.rows).toEqual([])
  })

  test.each([
    ['an inner address', 'http://169.254.169.254'],
    ['a name of an inner network', 'https://vault.internal'],
    ['a host without encryption', 'http://api.example.com'],
  ])('sends nothing to %s', async (_, url) => {
    const { manifest } = tiny.files('typed_one')
    const tried = await attempt({ accessToken: tiny.token }, manifest.replace(tiny.url, url))
    expect(tried.check.ok).toBe(false)
    expect(JSON.stringify(tried.check)).toContain('/api/regions/main/api')
    expect(tried.requests).toEqual([])
  })

  test('says what is missing or unknown, and is refused to a viewer', async () => {
    await expect(attempt({})).rejects.toThrow(/Access token is missing/)
    await expect(attempt({ accessToken: 'x', other: 'y' })).rejects.toThrow(/no setting of that name/)
    const input = { ...tiny.files('typed_one'), object: 'notes', settings: { accessToken: 'x' } }
    await expect(penstock.here.viewer.api.connectors.tryDraft(input)).rejects.toThrow(/role editor/)
  })
})

describe('the API budget of an account', () => {
  test('is shared by tests of a connection, previews and tries with the runs of all workers', async () => {
    await world.publish('budgeted')
    const connectionId = await world.connect('budgeted')
    const document = {
      source: { connector: 'budgeted', connection: connectionId },
      objects: { notes: { fields: {} } },
    }
    const { api } = penstock.here.editor
    for (const ask of [
      () => api.connections.test({ id: connectionId }),
      () => api.pipelines.preview({ document, object: 'notes', limit: 5 }),
      () => api.connectors.try({ connectionId, object: 'notes' }),
    ]) {
      const gate = Promise.withResolvers<void>()
      tiny.held = gate.promise
      const answer = ask()
      await expect.poll(inFlight).toBe(1)
      gate.resolve()
      tiny.held = undefined
      await answer
      await expect.poll(inFlight).toBe(0)
    }
  })
})

/** What all processes have under way, as they told each other. */
async function inFlight(): Promise<number> {
  const [row] = await penstock.database.sql`select coalesce(sum(in_flight), 0)::int as sum from api_budgets`
  return Number(row?.['sum'])
}
