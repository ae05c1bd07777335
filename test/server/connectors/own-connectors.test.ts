import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { startWorker } from '@penstock/server/runner/start-worker.ts'
import type { Worker } from '@penstock/server/runner/start-worker.ts'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { TinyApi } from '../../fakes/tiny-api.ts'
import { detailsOf } from '../pipelines/details-of.ts'
import { startServices } from '../start-services.ts'
import type { TestServices, TestWorkspace } from '../start-services.ts'

let tiny: TinyApi
let penstock: TestServices
let worker: Worker

beforeAll(async () => {
  tiny = await TinyApi.start()
  const hosts = [tiny.host, readConnectionUrl(inject('postgresUrl')).host]
  penstock = await startServices({ PENSTOCK_ALLOWED_HOSTS: hosts.join(',') })
  worker = await startWorker(penstock.services, { slots: 2 })
})
afterAll(async () => {
  await worker.drain()
  await penstock.close()
  await tiny.close()
})

const editor = () => penstock.here.editor.api
const admin = () => penstock.here.admin.api

/** Saves, and publishes as an admin. */
async function publish(name: string, workspace: TestWorkspace = penstock.here, files = tiny.files(name)) {
  const { revision } = await workspace.editor.api.connectors.saveDraft({ name, baseRevision: null, ...files })
  return await workspace.admin.api.connectors.publish({ name, revision })
}

async function connect(connector: string, workspace: TestWorkspace = penstock.here): Promise<string> {
  const settings = { accessToken: tiny.token }
  const input = { connector, name: `Notes of ${connector}`, settings }
  return (await workspace.editor.api.connections.createSource(input)).id
}

describe('a draft', () => {
  test('is saved sound or not, and says what it is', async () => {
    const files = { manifest: 'name: half', records: {} }
    expect(await editor().connectors.saveDraft({ name: 'half', baseRevision: null, ...files })).toEqual({
      revision: 1,
    })
    expect(await penstock.here.viewer.api.connectors.draft({ name: 'half' })).toMatchObject({
      title: 'half',
      publishedVersion: null,
      changed: true,
      draftBy: 'editor of Here',
      files,
    })
    const refused = admin().connectors.publish({ name: 'half', revision: 1 })
    expect((await detailsOf(refused))?.['problems']).not.toEqual([])
    const known = await editor().connectors.list()
    expect(known.map(({ name }) => name)).not.toContain('half')
    expect(await editor().connectors.discardDraft({ name: 'half', revision: 1 })).toEqual({ revision: null })
    expect((await editor().connectors.own()).map(({ name }) => name)).not.toContain('half')
  })

  test('is not saved over what someone else saved meanwhile', async () => {
    const files = tiny.files('shared_one')
    const save = async (baseRevision: number | null, manifest: string) =>
      editor().connectors.saveDraft({ ...files, name: 'shared_one', baseRevision, manifest })
    await save(null, files.manifest)
    expect(await save(1, `${files.manifest}# theirs\n`)).toEqual({ revision: 2 })
    const stale = save(1, `${files.manifest}# mine\n`)
    expect(await detailsOf(stale)).toMatchObject({ revision: 2, savedBy: 'editor of Here' })
    expect(await save(1, `${files.manifest}# theirs\n`)).toEqual({ revision: 2 })
    await expect(save(null, files.manifest)).rejects.toThrow('already')
  })

  test.each(['intercom', 'postgres', 'new', 'Not a name'])('cannot be called %s', async (name) => {
    await expect(
      editor().connectors.saveDraft({ name, baseRevision: null, ...tiny.files(name) }),
    ).rejects.toThrow(/comes with Penstock|small letters/)
  })

  test.each([
    ['an address of an inner network', 'address', 'http://169.254.169.254', /public internet/],
    ['a name of an inner network', 'inner', 'https://vault.internal', /public internet/],
    ['a host without encryption', 'plain', 'http://api.example.com', /unencrypted/],
  ])('that names %s is not published', async (_, name, url, why) => {
    const files = tiny.files(name)
    const manifest = files.manifest.replace(tiny.url, url)
    const { revision } = await editor().connectors.saveDraft({ ...files, name, baseRevision: null, manifest })
    const details = await detailsOf(admin().connectors.publish({ name, revision }))
    expect(JSON.stringify(details?.['problems'])).toMatch(why)
  })

  test('is published by an admin only, under its own name', async () => {
    const { revision } = await editor().connectors.saveDraft({
      name: 'ours',
      baseRevision: null,
      ...tiny.files('theirs'),
    })
    await expect(editor().connectors.publish({ name: 'ours', revision })).rejects.toThrow(/role admin/)
    const details = await detailsOf(admin().connectors.publish({ name: 'ours', revision }))
    expect(details?.['problems']).toMatchObject([{ pointer: '/name', line: 1 }])
  })
})

describe('a published connector', () => {
  test('fills a table: connected, drawn into a pipeline, run', async () => {
    await publish('tiny')
    const listed = (await editor().connectors.list()).find(({ name }) => name === 'tiny')
    expect(listed).toMatchObject({ title: 'Tiny notes', version: 1, methods: ['settings'], objects: 1 })
    const sourceId = await connect('tiny')
    expect((await editor().connections.test({ id: sourceId })).ok).toBe(true)
    const pipelineId = await pipelineOf('tiny', sourceId)
    expect((await editor().pipelines.plan({ id: pipelineId })).statements[0]?.sql).toMatch(/create/i)
    expect((await editor().pipelines.budget({ connectionId: sourceId })).limit).toMatch(/Tiny notes/)
    const { runId } = await editor().runs.start({ pipelineId })
    const run = await ended(runId)
    expect(run).toMatchObject({ state: 'succeeded' })
    const rows = await penstock.database
      .sql`select id, author, words from notes_through_tiny.notes order by id`
    expect(rows).toHaveLength(5)
    expect(rows[0]).toMatchObject({ id: 'note-1', words: '10' })
    expect(String(rows[0]?.['author'])).toMatch(/^h1:/)
  })

  test('is nothing to another workspace, which may have its own of that name', async () => {
    await publish('mine')
    const { api } = penstock.elsewhere.admin
    expect((await api.connectors.list()).map(({ name }) => name)).not.toContain('mine')
    await expect(connect('mine', penstock.elsewhere)).rejects.toThrow(/no connector named mine/)
    await expect(api.connectors.source({ name: 'mine' })).rejects.toThrow(/no connector/)
    for (const call of [
      () => api.connectors.draft({ name: 'mine' }),
      () => api.connectors.versions({ name: 'mine' }),
      () => api.connectors.version({ name: 'mine', version: 1 }),
      () => api.connectors.review({ name: 'mine', revision: 1 }),
      () => api.connectors.publish({ name: 'mine', revision: 1 }),
      () => api.connectors.discardDraft({ name: 'mine', revision: 1 }),
      () => api.connectors.remove({ name: 'mine' }),
    ])
      await expect(call()).rejects.toThrow(/no such connector/)
    const other = tiny.files('mine')
    const manifest = other.manifest.replace('Tiny notes', 'Quite another')
    await publish('mine', penstock.elsewhere, { ...other, manifest })
    expect((await api.connectors.get({ name: 'mine' })).title).toBe('Quite another')
    expect((await editor().connectors.get({ name: 'mine' })).title).toBe('Tiny notes')
  })

  test('never changes, whoever tries, and stays readable as it was', async () => {
    await publish('fixed')
    const { sql } = penstock.database
    await expect(sql`update connector_versions set note = 'x' where connector = 'fixed'`).rejects.toThrow(
      /never changes/,
    )
    const files = tiny.files('fixed')
    const manifest = files.manifest.replace('Notes that', 'Remarks that')
    await editor().connectors.saveDraft({ ...files, name: 'fixed', baseRevision: 1, manifest })
    const published = await admin().connectors.publish({ name: 'fixed', revision: 2, note: 'Words' })
    expect(published).toEqual({ version: 2 })
    expect(await admin().connectors.publish({ name: 'fixed', revision: 2 })).toEqual({ version: 2 })
    const { api } = penstock.here.viewer
    expect(await api.connectors.versions({ name: 'fixed' })).toMatchObject([
      { version: 2, note: 'Words', publishedBy: 'admin of Here' },
      { version: 1, note: null },
    ])
    expect((await api.connectors.version({ name: 'fixed', version: 1 })).files).toEqual(files)
    expect((await api.connectors.source({ name: 'fixed' })).manifest).toBe(manifest)
    const audit = await admin().audit.list({ action: 'connector', limit: 50 })
    expect(audit.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connector.create', 'connector.save', 'connector.publish']),
    )
  })

  test('is not removed while a secret was given for it', async () => {
    await publish('kept')
    const id = await connect('kept')
    await expect(admin().connectors.remove({ name: 'kept' })).rejects.toThrow(/is used by “Notes of kept”/)
    await editor().connections.remove({ id })
    expect(await admin().connectors.remove({ name: 'kept' })).toEqual({ name: 'kept' })
    await expect(connect('kept')).rejects.toThrow(/no connector named kept/)
  })
})

describe('a new version', () => {
  test('says what it breaks, for which pipelines, and waits until that is accepted', async () => {
    await publish('moving')
    const connectionId = await connect('moving')
    await pipelineOf('moving', connectionId)
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
    await publish('slow')
    const pipelineId = await pipelineOf('slow', await connect('slow'))
    const gate = Promise.withResolvers<void>()
    tiny.held = gate.promise
    const { runId } = await editor().runs.start({ pipelineId })
    const files = tiny.files('slow')
    const manifest = files.manifest.replace('path: /notes', 'path: /gone')
    await editor().connectors.saveDraft({ ...files, name: 'slow', baseRevision: 1, manifest })
    expect(await admin().connectors.publish({ name: 'slow', revision: 2 })).toEqual({ version: 2 })
    gate.resolve()
    tiny.held = undefined
    expect(await ended(runId)).toMatchObject({ state: 'succeeded', connectorVersion: 1 })
    const next = await editor().runs.start({ pipelineId })
    expect(await ended(next.runId)).toMatchObject({ state: 'failed', connectorVersion: 2 })
  })
})

describe('a version in use', () => {
  test('reaches the chosen pipelines only; the others stay with theirs until they are moved', async () => {
    await publish('staged')
    const connection = await connect('staged')
    const first = await pipelineOf('staged', connection, 'First')
    const second = await pipelineOf('staged', connection, 'Second')
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
    expect(await runOf(first)).toMatchObject({ state: 'failed', connectorVersion: 2 })
    expect(await runOf(second)).toMatchObject({ state: 'succeeded', connectorVersion: 1 })

    const back = { name: 'staged', version: 1, pipelineIds: [first, second] }
    await expect(editor().connectors.movePipelines(back)).rejects.toThrow(/role admin/)
    expect(await admin().connectors.movePipelines(back)).toEqual({ moved: 1 })
    expect(await runOf(first)).toMatchObject({ state: 'succeeded', connectorVersion: 1 })
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
    await publish('strict')
    const connection = await connect('strict')
    const pipelineId = await pipelineOf('strict', connection)
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
    await publish('other_one')
    const other = { ...move, name: 'other_one', version: 1 }
    await expect(admin().connectors.movePipelines(other)).rejects.toThrow(/no published pipelines that read/)
    await publish('strict', penstock.elsewhere)
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

async function runOf(pipelineId: string) {
  return await ended((await editor().runs.start({ pipelineId })).runId)
}

async function pipelineOf(
  connector: string,
  connection: string,
  name = `Notes through ${connector}`,
): Promise<string> {
  const destination = await warehouse()
  const document = {
    name,
    source: { connector, connection },
    objects: { notes: { fields: { author: 'hash' } } },
    destination: {
      type: 'postgres',
      connection: destination,
      schema: name.toLowerCase().replaceAll(' ', '_'),
    },
  }
  const { id } = await editor().pipelines.create({ name: document.name, document })
  await editor().pipelines.publish({ id, revision: 1 })
  return id
}

let saved: string | undefined

async function warehouse(): Promise<string> {
  if (saved !== undefined) return saved
  const settings = { url: penstock.database.url }
  saved = (await editor().connections.createDestination({ type: 'postgres', name: 'Warehouse', settings })).id
  return saved
}

async function ended(id: string) {
  for (;;) {
    const run = await editor().runs.get({ id })
    if (run.finishedAt) return run
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
