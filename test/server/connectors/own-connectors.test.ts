import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { TinyApi } from '../../fakes/tiny-api.ts'
import { detailsOf } from '../pipelines/details-of.ts'
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

  test('may be called like a word of JavaScript, and keeps nobody from the others', async () => {
    await world.publish('constructor')
    const known = await penstock.here.viewer.api.connectors.list()
    expect(known.find(({ name }) => name === 'constructor')?.regions).toMatchObject([{ allowed: true }])
    expect(await editor().connectors.get({ name: 'constructor' })).toMatchObject({ version: 1 })
    await world.connect('constructor')
    const { manifest, records } = tiny.files('constructor')
    const object = manifest.slice(manifest.indexOf('  notes:')).replace('notes:', 'constructor:')
    const draft = { name: 'constructor', baseRevision: 1, manifest: manifest + object, records }
    const { revision } = await editor().connectors.saveDraft(draft)
    expect(await editor().connectors.review({ name: 'constructor', revision })).toMatchObject({
      verdict: 'compatible',
      changes: [{ kind: 'object_added', object: 'constructor' }],
    })
  })

  test('reads an account whose name no database can hold, and its runs end', async () => {
    const { accountName } = tiny
    tiny.accountName = 'Half \ud83d Ltd\u0000'
    await world.publish('half_named')
    const connection = await world.connect('half_named')
    const run = await world.runOf(await world.pipelineOf('half_named', connection))
    tiny.accountName = accountName
    expect(run).toMatchObject({ state: 'succeeded', loaded: tiny.notes.length })
    expect((await editor().connections.get({ id: connection })).account).toMatchObject({
      name: 'Half \ufffd Ltd\ufffd',
    })
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
    await world.publish('tiny')
    const listed = (await editor().connectors.list()).find(({ name }) => name === 'tiny')
    expect(listed).toMatchObject({ title: 'Tiny notes', version: 1, methods: ['settings'], objects: 1 })
    const sourceId = await world.connect('tiny')
    expect((await editor().connections.test({ id: sourceId })).ok).toBe(true)
    const pipelineId = await world.pipelineOf('tiny', sourceId)
    expect((await editor().pipelines.plan({ id: pipelineId })).statements[0]?.sql).toMatch(/create/i)
    expect((await editor().pipelines.budget({ connectionId: sourceId })).limit).toMatch(/Tiny notes/)
    const { runId } = await editor().runs.start({ pipelineId })
    const run = await world.ended(runId)
    expect(run).toMatchObject({ state: 'succeeded' })
    const rows = await penstock.database
      .sql`select id, author, words from notes_through_tiny.notes order by id`
    expect(rows).toHaveLength(5)
    expect(rows[0]).toMatchObject({ id: 'note-1', words: '10' })
    expect(String(rows[0]?.['author'])).toMatch(/^h1:/)
  })

  test('says, where a credential is refused, what whoever types it in can do, and nothing of runs', async () => {
    await world.publish('refusing')
    const typed = { connector: 'refusing', name: 'Refusing', settings: { accessToken: 'mistyped' } }
    const advice = 'Check it: it may be mistyped, expired or taken back.'
    await expect(editor().connections.createSource(typed)).rejects.toMatchObject({
      cause: { details: { kind: 'unauthorized', advice } },
    })
  })

  test('is nothing to another workspace, which may have its own of that name', async () => {
    await world.publish('mine')
    const { api } = penstock.elsewhere.admin
    expect((await api.connectors.list()).map(({ name }) => name)).not.toContain('mine')
    await expect(world.connect('mine', penstock.elsewhere)).rejects.toThrow(/no connector named mine/)
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
    await world.publish('mine', penstock.elsewhere, { ...other, manifest })
    expect((await api.connectors.get({ name: 'mine' })).title).toBe('Quite another')
    expect((await editor().connectors.get({ name: 'mine' })).title).toBe('Tiny notes')
  })

  test('never changes, whoever tries, and stays readable as it was', async () => {
    await world.publish('fixed')
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
    await world.publish('kept')
    const id = await world.connect('kept')
    await expect(admin().connectors.remove({ name: 'kept' })).rejects.toThrow(/is used by “Notes of kept”/)
    await editor().connections.remove({ id })
    expect(await admin().connectors.remove({ name: 'kept' })).toEqual({ name: 'kept' })
    await expect(world.connect('kept')).rejects.toThrow(/no connector named kept/)
  })
})
