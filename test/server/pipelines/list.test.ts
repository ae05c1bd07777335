import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
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
const list = (input: Parameters<ReturnType<typeof api>['list']>[0] = {}) =>
  server.here.viewer.api.pipelines.list(input)

async function published(name: string, objects: Record<string, unknown> = { tags: {}, teams: {} }) {
  const { id } = await api().create({ name, document: { ...documentFor(pair), objects } })
  await api().publish({ id, revision: 1 })
  return id
}

interface PastRun {
  readonly state: string
  readonly minutesAgo: number
  readonly only?: readonly string[]
  /** By object: its state, its checkpoint, how many records were rejected. */
  readonly objects?: Readonly<Record<string, { state?: string; through?: number; rejected?: number }>>
}

async function ran(pipelineId: string, { state, minutesAgo, only, objects = {} }: PastRun): Promise<string> {
  const { sql } = server.database
  const id = randomUUID()
  const at = new Date(Date.now() - minutesAgo * 60_000)
  const ended = state === 'running' || state === 'queued' ? null : new Date(at.getTime() + 30_000)
  const error =
    state === 'failed' ? { code: 'unavailable', message: 'The API did not answer.', advice: 'Wait.' } : null
  await sql`insert into runs (id, workspace_id, pipeline_id, version, trigger, state, "only", queued_at, started_at, finished_at, error)
    values (${id}, ${server.here.id}, ${pipelineId}, 1, 'schedule', ${state}, ${only ? sql.json(only) : null}, ${at}, ${at}, ${ended}, ${error ? sql.json(error) : null})`
  for (const [object, { state: ofObject = 'done', through, rejected = 0 }] of Object.entries(objects))
    await sql`insert into run_objects (workspace_id, run_id, object, state, loaded, rejected, checkpoint_after)
      values (${server.here.id}, ${id}, ${object}, ${ofObject}, 10, ${rejected}, ${through === undefined ? null : sql.json({ version: 1, through })})`
  return id
}

describe('how a pipeline stands', () => {
  test.each([
    [
      'healthy',
      'The last run succeeded.',
      [{ state: 'succeeded', minutesAgo: 5, objects: { tags: {}, teams: {} } }],
    ],
    ['running', 'A run is under way.', [{ state: 'running', minutesAgo: 1 }]],
    ['running', 'A run is waiting for a worker.', [{ state: 'queued', minutesAgo: 1 }]],
    ['failed', 'The API did not answer.', [{ state: 'failed', minutesAgo: 5 }]],
    [
      'warning',
      'One object of the last run did not land as a whole.',
      [{ state: 'partial', minutesAgo: 5, objects: { tags: {}, teams: { state: 'skipped' } } }],
    ],
    [
      'warning',
      '3 records were rejected.',
      [{ state: 'succeeded', minutesAgo: 5, objects: { tags: { rejected: 3 } } }],
    ],
    ['warning', 'The last run was cancelled.', [{ state: 'cancelled', minutesAgo: 5 }]],
    [
      'healthy',
      'The last run succeeded.',
      [
        { state: 'failed', minutesAgo: 50 },
        { state: 'succeeded', minutesAgo: 5 },
      ],
    ],
  ] as const)('is %s: %s', async (status, reason, runs) => {
    const id = await published(`Standing ${randomUUID()}`)
    for (const run of runs) await ran(id, run)
    expect(await api().get({ id })).toMatchObject({ status, statusReason: reason })
    const { items } = await list({ status, limit: 100 })
    expect(items.map((item) => item.id)).toContain(id)
  })

  test('says when a connection is to be authorised again', async () => {
    const refused = await saveConnections(server, server.here.id, { state: 'needs_reauthorisation' })
    const { id } = await api().create({ name: 'Refused', document: documentFor(refused) })
    await api().publish({ id, revision: 1 })
    const { status, statusReason, statusConnectionId, problems } = await api().get({ id })
    expect([status, statusConnectionId]).toEqual(['failed', refused.source])
    expect(statusReason).toMatch(/^“Intercom .*” must be authorised again\.$/)
    expect(problems).toMatchObject([{ pointer: '/source/connection', severity: 'warning' }])
  })
})

test('a pipeline that lacks a connection names what it is to connect', async () => {
  const of = async (document: Record<string, unknown>) => {
    const { id } = await api().create({ name: `Unconnected ${randomUUID()}`, document })
    return await api().get({ id })
  }
  expect(
    await of({ source: { connector: 'intercom' }, destination: { type: 'postgres', schema: 'x' } }),
  ).toMatchObject({ source: null, unconnected: { source: 'Intercom', destination: 'PostgreSQL' } })
  expect((await of(documentFor(pair))).unconnected).toEqual({ source: null, destination: null })
  expect((await of({ source: { connector: 'nobody-has-it' } })).unconnected).toEqual({
    source: 'nobody-has-it',
    destination: null,
  })
})

test('a draft whose schedule is none yet keeps nobody from the list', async () => {
  for (const schedule of ['hourly', { cron: '0 6 * * *', timezone: 5 }]) {
    const { id } = await api().create({ name: 'Half', document: { ...documentFor(pair), schedule } })
    const { items } = await list({ q: 'Half' })
    expect(items.map((item) => [item.id, item.nextRunAt])).toEqual([[id, null]])
    expect(await api().get({ id })).toMatchObject({ draft: { schedule } })
    await api().remove({ id })
  }
  const { id } = await api().import({ yaml: 'name: Half\nschedule:\n' })
  expect((await list({ q: 'Half' })).items).toMatchObject([
    { id, scheduleText: 'by hand only', timezone: null },
  ])
  await api().remove({ id })
})

test('a pipeline whose data was deleted is not healthy by a run from before, until it has run again', async () => {
  const id = await published('Wiped')
  await ran(id, { state: 'succeeded', minutesAgo: 9, objects: { tags: {}, teams: {} } })
  const { sql } = server.database
  await sql`insert into wipes (id, workspace_id, connection_id, connection_name, state, progress)
    values (${randomUUID()}, ${server.here.id}, ${randomUUID()}, 'Old', 'done', ${sql.json({ pipelines: [id] })})`
  expect(await api().get({ id })).toMatchObject({
    status: 'warning',
    statusReason: 'It has not run since its data was deleted.',
    freshAsOf: null,
  })
  await ran(id, { state: 'succeeded', minutesAgo: -1, objects: { tags: {}, teams: {} } })
  expect(await api().get({ id })).toMatchObject({ status: 'healthy' })
})

test('a schedule says why it starts nothing while a connection is disconnected', async () => {
  const mine = await saveConnections(server, server.here.id)
  const document = { ...documentFor(mine), schedule: { every: '15m' } }
  const { id } = await api().create({ name: 'Cut off', document })
  await api().publish({ id, revision: 1 })
  const { nextRunAt, noRunBecause } = await api().get({ id })
  expect(nextRunAt).not.toBeNull()
  expect(noRunBecause).toBeNull()
  await server.here.editor.api.connections.disconnect({ id: mine.source })
  expect(await api().get({ id })).toMatchObject({
    nextRunAt: null,
    noRunBecause: expect.stringMatching(/is disconnected\.$/),
  })
})

describe('freshness', () => {
  const through = (minutesAgo: number) => Math.floor(Date.now() / 1000) - minutesAgo * 60
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString()

  test('is that of the object that is furthest behind', async () => {
    const id = await published('Fresh')
    const [tags, teams] = [through(10), through(20)]
    await ran(id, {
      state: 'succeeded',
      minutesAgo: 9,
      objects: { tags: { through: tags }, teams: { through: teams } },
    })
    expect((await api().get({ id })).freshAsOf).toBe(iso(teams))
  })

  test('goes on from the newest checkpoint of each object, across runs that failed or were for some only', async () => {
    const id = await published('Fresh by object')
    const [old, newer] = [through(60), through(5)]
    await ran(id, {
      state: 'succeeded',
      minutesAgo: 59,
      objects: { tags: { through: old }, teams: { through: old } },
    })
    await ran(id, { state: 'failed', minutesAgo: 30, objects: { tags: { state: 'failed' } } })
    await ran(id, {
      state: 'succeeded',
      minutesAgo: 4,
      only: ['tags'],
      objects: { tags: { through: newer } },
    })
    expect((await api().get({ id })).freshAsOf).toBe(iso(old))
    await ran(id, {
      state: 'partial',
      minutesAgo: 3,
      objects: { teams: { through: newer }, tags: { state: 'failed' } },
    })
    expect((await api().get({ id })).freshAsOf).toBe(iso(newer))
  })

  test('is unknown as long as an object has never landed', async () => {
    const id = await published('Never')
    await ran(id, {
      state: 'partial',
      minutesAgo: 9,
      objects: { tags: { through: through(9) }, teams: { state: 'failed' } },
    })
    expect((await api().get({ id })).freshAsOf).toBeNull()
  })

  test('of an object without a checkpoint is when the run began that ended well', async () => {
    const id = await published('No checkpoint', { tags: {} })
    await ran(id, { state: 'succeeded', minutesAgo: 9, objects: { tags: {} } })
    const minutes = (Date.now() - Date.parse((await api().get({ id })).freshAsOf ?? '')) / 60_000
    expect(Math.round(minutes)).toBe(9)
  })
})

test('the last run and a strip of fourteen, oldest first', async () => {
  const id = await published('Strip')
  const runs: string[] = []
  for (let index = 0; index < 17; index += 1)
    runs.push(
      await ran(id, {
        state: index % 5 === 0 ? 'failed' : 'succeeded',
        minutesAgo: 100 - index,
        objects: { tags: {} },
      }),
    )
  const { strip, lastRun } = await api().get({ id })
  expect(strip.map(({ runId }) => runId)).toEqual(runs.slice(-14))
  expect(strip.at(-1)).toMatchObject({ state: 'succeeded', durationMs: 30_000 })
  expect(lastRun).toMatchObject({ id: runs.at(-1), pipelineName: 'Strip', loaded: 10, durationMs: 30_000 })
})

test('a list is searched by name, connection and object, ordered, and read page by page', async () => {
  const prefix = `Find ${randomUUID().slice(0, 8)}`
  for (const name of ['b', 'A', 'c%', 'd_'])
    await published(`${prefix} ${name}`, name === 'A' ? { conversations: {} } : undefined)
  const names = async (input: Parameters<typeof list>[0]) =>
    (await list(input)).items.map(({ name }) => name.replace(`${prefix} `, ''))
  expect(await names({ q: prefix })).toEqual(['A', 'b', 'c%', 'd_'])
  expect(await names({ q: prefix, falling: true })).toEqual(['d_', 'c%', 'b', 'A'])
  expect(await names({ q: `${prefix} c%` })).toEqual(['c%'])
  expect((await names({ q: '%' })).filter((name) => name.startsWith('c'))).toEqual(['c%'])
  expect(await names({ q: 'conversations' })).toContain('A')
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await list({ q: prefix, limit: 3, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map(({ name }) => name.replace(`${prefix} `, '')))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(['A', 'b', 'c%', 'd_'])
  for (const order of ['status', 'last_run', 'next_run', 'updated'] as const)
    expect(await names({ q: prefix, order })).toHaveLength(4)
})

test('numbers in names are ordered by their size', async () => {
  const numbered = ['Turn 10', 'turn 2', 'Turn 1', 'Turn 2 of 10', 'Turn 2 of 9']
  await Promise.all(numbered.map((name) => api().create({ name })))
  const { items } = await list({ q: 'turn ' })
  expect(items.map(({ name }) => name)).toEqual([
    'Turn 1',
    'turn 2',
    'Turn 2 of 9',
    'Turn 2 of 10',
    'Turn 10',
  ])
})

test('fifty pipelines with two hundred runs each are listed at once', async () => {
  const id = await published('Template')
  const { sql } = server.database
  const here = server.here.id
  await sql`insert into pipelines (workspace_id, name, draft, published_version)
    select ${here}, 'Load ' || n, p.draft, 1 from pipelines p, generate_series(1, 50) n where p.id = ${id}`
  await sql`insert into pipeline_versions (workspace_id, pipeline_id, version, document)
    select ${here}, id, 1, draft from pipelines where name like 'Load %'`
  await sql`insert into runs (workspace_id, pipeline_id, version, trigger, state, queued_at, started_at, finished_at)
    select ${here}, id, 1, 'schedule', 'succeeded', now() - n * interval '1 hour', now() - n * interval '1 hour', now() - n * interval '59 minutes'
    from pipelines, generate_series(1, 200) n where name like 'Load %'`
  // Else the foreign key is checked with the plan of a table of ten rows.
  await sql`analyze runs`
  await sql`insert into run_objects (workspace_id, run_id, object, state, loaded, checkpoint_after)
    select ${here}, r.id, o, 'done', 5, '{"version": 1, "through": 1790000000}'
    from runs r join pipelines p on p.id = r.pipeline_id and p.name like 'Load %', unnest(array['tags', 'teams']) o`
  await sql`analyze`
  const times: number[] = []
  for (let index = 0; index < 40; index += 1) {
    const before = performance.now()
    const { items } = await list({ q: 'Load ', limit: 50 })
    times.push(performance.now() - before)
    expect(items).toHaveLength(50)
    expect(items[0]).toMatchObject({
      status: 'healthy',
      freshAsOf: new Date(1_790_000_000_000).toISOString(),
    })
  }
  // The machine may be busy with other things: the fastest tells what it takes, and by far when a statement reads too much.
  expect(Math.min(...times)).toBeLessThan(1000)
})
