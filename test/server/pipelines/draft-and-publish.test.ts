import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPublished } from '@penstock/server/pipelines/load-published.ts'
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

const api = () => server.here.editor.api.pipelines
const sound = () => documentFor(pair)

async function publishedPipeline(document: Record<string, unknown> = sound()) {
  const { id } = await api().create({ name: 'Support warehouse', document })
  const { version } = await api().publish({ id, revision: 1 })
  return { id, version }
}

describe('a pipeline', () => {
  test('is drafted, published and shown with when it runs next', async () => {
    const { id, version } = await publishedPipeline()
    expect(version).toBe(1)
    const pipeline = await api().get({ id })
    expect(pipeline).toMatchObject({
      name: 'Support warehouse',
      status: 'healthy',
      statusReason: 'It has not run yet.',
      published: 1,
      version: 1,
      hasUnpublishedChanges: false,
      scheduleText: 'hourly',
      timezone: 'UTC',
      objects: 1,
      problems: [],
      owner: 'editor of Here',
      source: { connectionId: pair.source, connector: 'intercom' },
      destination: { connectionId: pair.destination, connector: 'duckdb' },
      draft: sound(),
      publishedDocument: sound(),
    })
    const next = Date.parse(pipeline.nextRunAt ?? '')
    expect(next % 3_600_000).toBe(0)
    expect(next).toBeGreaterThan(Date.now())
    const { items } = await api().list({ q: 'warehouse' })
    expect(items.map((item) => item.id)).toContain(id)
  })

  test('is given to the runner as it was published, by version', async () => {
    const { id } = await publishedPipeline()
    await api().saveDraft({ id, baseRevision: 1, document: { ...sound(), objects: { teams: {} } } })
    await api().publish({ id, revision: 2, note: 'teams only' })
    const { actor } = server.here.editor
    const [first, current] = await actor.transaction(async (tx) => [
      await loadPublished(tx, actor.workspaceId, id, 1),
      await loadPublished(tx, actor.workspaceId, id),
    ])
    expect(first).toMatchObject({ version: 1, document: { objects: { tags: {} } } })
    expect(current).toMatchObject({
      version: 2,
      document: { objects: { teams: {} } },
      sourceConnectionId: pair.source,
      destinationConnectionId: pair.destination,
    })
  })

  test('starts as an empty draft, which says what is missing and cannot be published', async () => {
    const { id } = await api().create({ name: 'New' })
    const { problems, status, version } = await api().get({ id })
    expect({ status, version }).toEqual({ status: 'draft', version: null })
    expect(problems.length).toBeGreaterThan(2)
    const refused = await detailsOf(api().publish({ id, revision: 1 }))
    expect(refused).toMatchObject({ code: 'INVALID', problems })
  })

  test('is paused, so that no run is due, and resumed', async () => {
    const { id } = await publishedPipeline()
    await api().pause({ id, reason: 'month end' })
    expect(await api().get({ id })).toMatchObject({
      status: 'paused',
      statusReason: 'It is paused: month end',
      paused: true,
      nextRunAt: null,
    })
    const { nextRunAt } = await api().resume({ id })
    expect(await api().get({ id })).toMatchObject({ status: 'healthy', paused: false, nextRunAt })
    expect(nextRunAt).not.toBeNull()
  })

  test('that is published while paused stays paused', async () => {
    const { id } = await publishedPipeline()
    await api().pause({ id })
    await api().saveDraft({ id, baseRevision: 1, document: { ...sound(), schedule: { every: '2h' } } })
    await api().publish({ id, revision: 2 })
    expect(await api().get({ id })).toMatchObject({ paused: true, nextRunAt: null })
  })

  test('that runs by hand has no next run', async () => {
    const { schedule: _, ...byHand } = sound()
    const { id } = await publishedPipeline(byHand)
    expect(await api().get({ id })).toMatchObject({ nextRunAt: null, scheduleText: 'by hand only' })
  })
})

describe('saving a draft', () => {
  test('counts up, and shows that there is something to publish', async () => {
    const { id } = await publishedPipeline()
    const document = { ...sound(), objects: { contacts: { fields: { email: 'hash' } } } }
    const { revision, problems } = await api().saveDraft({ id, baseRevision: 1, document })
    expect(revision).toBe(2)
    expect(problems.map(({ severity }) => severity)).toEqual(['warning'])
    expect(await api().get({ id })).toMatchObject({ hasUnpublishedChanges: true, revision: 2 })
  })

  test('of a box that was moved is no change', async () => {
    const { id } = await publishedPipeline()
    const layout = { source: { x: 10, y: 20 } }
    const { revision } = await api().saveDraft({ id, baseRevision: 1, document: sound(), layout })
    expect(revision).toBe(1)
    expect(await api().get({ id })).toMatchObject({ layout, hasUnpublishedChanges: false })
  })

  test('on top of another person’s save is answered with who, when and what changed', async () => {
    const { id } = await publishedPipeline()
    const theirs = { ...sound(), schedule: { every: '30m' } }
    await server.here.admin.api.pipelines.saveDraft({ id, baseRevision: 1, document: theirs })
    const mine = { ...sound(), objects: { teams: {} } }
    const conflict = await detailsOf(api().saveDraft({ id, baseRevision: 1, document: mine }))
    expect(conflict).toMatchObject({
      code: 'CONFLICT',
      revision: 2,
      savedBy: 'admin of Here',
      document: theirs,
      changes: [{ pointer: '/schedule', sentence: 'runs every 30 minutes instead of hourly' }],
    })
    expect(Date.parse(String(conflict['savedAt']))).toBeGreaterThan(0)
    expect((await api().get({ id })).draft).toEqual(theirs)
    expect((await detailsOf(api().publish({ id, revision: 1 })))['code']).toBe('CONFLICT')
  })

  test('twice, because the answer was lost, is no conflict', async () => {
    const { id } = await publishedPipeline()
    const document = { ...sound(), objects: { teams: {} } }
    await api().saveDraft({ id, baseRevision: 1, document })
    expect(await api().saveDraft({ id, baseRevision: 1, document })).toMatchObject({ revision: 2 })
  })

  test('at once by many lets one through for each revision', async () => {
    const { id } = await publishedPipeline()
    const saves = ['15m', '30m', '2h', '4h', '6h'].map((every) =>
      api()
        .saveDraft({ id, baseRevision: 1, document: { ...sound(), schedule: { every } } })
        .then(
          () => 'saved',
          () => 'refused',
        ),
    )
    expect((await Promise.all(saves)).filter((answer) => answer === 'saved')).toHaveLength(1)
  })

  test('never keeps a connection’s settings, where a secret could stand in the clear', async () => {
    const document = { ...sound(), source: { connector: 'intercom', connection: { accessToken: 'tok-123' } } }
    const { id } = await publishedPipeline()
    expect(await detailsOf(api().saveDraft({ id, baseRevision: 1, document }))).toMatchObject({
      code: 'INVALID',
    })
    expect(await detailsOf(api().create({ name: 'x', document }))).toMatchObject({ code: 'INVALID' })
    const kept = await server.database.sql`
      select 1 from (select draft::text as text from pipelines union all select document::text from draft_revisions) all_of_it
      where text like '%tok-123%'`
    expect(kept).toHaveLength(0)
  })
})

describe('another workspace', () => {
  test('neither sees nor touches a pipeline', async () => {
    const { id } = await publishedPipeline()
    const other = server.elsewhere.admin.api.pipelines
    const refused = [
      other.get({ id }),
      other.pause({ id }),
      other.publish({ id, revision: 1 }),
      other.saveDraft({ id, baseRevision: 1, document: sound() }),
    ]
    await Promise.all(refused.map((call) => expect(call).rejects.toThrow('no such pipeline')))
    expect((await other.list({})).items).toEqual([])
  })

  test('cannot publish with a connection of this one', async () => {
    const other = server.elsewhere.editor.api.pipelines
    const { id } = await other.create({ name: 'Theirs', document: sound() })
    const refused = await detailsOf(other.publish({ id, revision: 1 }))
    expect(refused['problems']).toMatchObject([
      { pointer: '/source/connection', message: 'There is no such connection in this workspace.' },
      { pointer: '/destination/connection' },
    ])
  })
})

test('a viewer reads and validates, and changes nothing', async () => {
  const { id } = await publishedPipeline()
  const viewer = server.here.viewer.api.pipelines
  await viewer.get({ id })
  await viewer.validate({ document: sound() })
  await expect(viewer.pause({ id })).rejects.toThrow('needs the role editor')
  await expect(viewer.create({ name: 'x' })).rejects.toThrow('needs the role editor')
})

test('however often the editor saves by itself, one sitting of one person is one line of the audit log', async () => {
  const { id } = await publishedPipeline()
  const save = async (member: 'editor' | 'admin', baseRevision: number) =>
    await server.here[member].api.pipelines.saveDraft({
      id,
      baseRevision,
      document: { ...sound(), name: `Named ${baseRevision}` },
    })
  for (const revision of [1, 2, 3]) await save('editor', revision)
  for (const revision of [4, 5]) await save('admin', revision)
  await save('editor', 6)
  const rows = await server.database.sql`
    select user_id from audit_log where subject_id = ${id} and action = 'pipeline.save' order by id`
  const { editor, admin } = server.here
  const [ours, theirs] = [editor.identity.userId, admin.identity.userId]
  expect(rows.map((row) => row['user_id'])).toEqual([ours, theirs, ours])
})

test('every change of a pipeline is in the audit log, in words', async () => {
  const { id } = await publishedPipeline()
  await api().saveDraft({
    id,
    baseRevision: 1,
    document: { ...sound(), objects: { tags: {}, contacts: { fields: { phone: 'hash' } } } },
  })
  await api().publish({ id, revision: 2, note: 'people' })
  const rows = await server.database.sql`
    select action, after from audit_log where subject_id = ${id} order by id`
  expect(rows.map(({ action }) => String(action))).toEqual([
    'pipeline.create',
    'pipeline.publish',
    'pipeline.save',
    'pipeline.publish',
  ])
  expect(rows.at(-1)?.['after']).toMatchObject({
    version: 2,
    note: 'people',
    changes: ['contacts is read, too', 'contacts: phone is now hashed'],
  })
})
