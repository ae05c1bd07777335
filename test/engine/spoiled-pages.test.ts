import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import { Warehouse, type WarehouseSource } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { hastyClock, troubles } from './pipeline-rig.ts'
import { peopleBasics, peopleAndTags, smallConnector } from './small-api.ts'

/** Of whom the API has 400, one changed every five minutes, and gives ten at a time. */
const people = Array.from({ length: 400 }, (_, id) => ({
  id: String(id),
  updated_at: 1_760_000_000 + id * 300,
}))

const peopleObject = {
  ...peopleBasics,
  mode: 'incremental',
  checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'server', granularity: 'minute' },
  read: {
    type: 'list',
    request: {
      path: '/people',
      query: {
        after: { $from: 'window.after' },
        before: { $from: 'window.before' },
        cursor: { $from: 'page.cursor' },
      },
    },
    recordsAt: 'people',
    pagination: { type: 'cursor', nextAt: 'next', totalPagesAt: 'pages', size: 10, resumable: true },
  },
} satisfies ObjectManifest

const fields = { people: peopleAndTags.people }

const connector = smallConnector({ people: peopleObject }, fields)

/** The same people, and the letters of each, for which a request is needed. By whole days, a list of them cannot be cut. */
const writersBy = (granularity: 'minute' | 'day'): Connector =>
  smallConnector(
    {
      people: { ...peopleObject, checkpoint: { ...peopleObject.checkpoint, granularity } },
      letters: {
        title: 'Letters',
        mode: 'incremental',
        primaryKey: ['person_id', 'id'],
        record: 'letter.schema.json',
        read: {
          type: 'children',
          parent: 'people',
          keys: { person_id: 'id' },
          request: { path: '/letters/{id}', pathParameters: { id: { $from: 'parent.id' } } },
          recordsAt: 'letters',
        },
      },
    },
    { ...fields, letters: { person_id: { type: 'string' }, id: { type: 'string' } } },
  )

/** Those that spoil every page they are on, and what the API says of how many pages it has, if it does not say the truth. */
let spoilt: readonly string[] = []
let spoiltAnswer: 'not found' | 'a web page' = 'not found'
let listed = people
let pagesSaid: number | undefined
let requests = 0
/** How many requests a cursor outlives. */
let cursorLife = Infinity
let cursorRefusal = 400
/** So many answers to come say that there is no such list. */
let missing = 0
let lettersAsked = 0
let fake: Awaited<ReturnType<typeof serveFake>>
let warehouse: Warehouse

beforeEach(async () => {
  ;[listed, spoilt, pagesSaid, requests, cursorLife, lettersAsked] = [people, [], undefined, 0, Infinity, 0]
  ;[missing, spoiltAnswer] = [0, 'not found']
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', (context) => {
    requests++
    if (missing-- > 0) return context.json({ error: 'not found' }, 404)
    const { after = '0', before = 'Infinity', cursor = `0-${requests}` } = context.req.query()
    const [from = 0, madeAt = 0] = cursor.split('-').map(Number)
    if (requests - madeAt > cursorLife)
      return Response.json({ error: 'cursor expired' }, { status: cursorRefusal })
    const found = listed.filter((one) => one.updated_at > Number(after) && one.updated_at < Number(before))
    const end = from + 10
    const page = found.slice(from, end)
    const bad = spoilt.findIndex((one) => page.some(({ id }) => id === one))
    if (bad >= 0 && spoiltAnswer === 'a web page') return context.html('<h1>Checking your browser</h1>')
    if (bad >= 0) return context.json({ error: 'not found' }, 404)
    const pages = pagesSaid ?? Math.ceil(found.length / 10)
    return context.json({ people: page, pages, next: end < found.length ? `${end}-${requests}` : null })
  })
  api.get('/letters/:id', (context) => {
    requests++
    lettersAsked++
    return context.json({ letters: [{ id: `from ${context.req.param('id')}` }] })
  })
  fake = await serveFake(api)
  warehouse = await Warehouse.create()
})
afterEach(async () => {
  await fake.close()
  await warehouse.remove()
})

const source = (): WarehouseSource => ({
  connector,
  region: 'here',
  apiBaseUrl: fake.url,
  host: fake.host,
  settings: { token: 't' },
})

const names = async (table: string): Promise<readonly unknown[]> =>
  (await warehouse.rows(table)).map(({ id }) => id)

test('rows that spoil their pages keep nothing back but what stands beside them', async () => {
  spoilt = ['57', '203']
  const report = await warehouse.run(source())
  expect(report.objects[0]).toMatchObject({ status: 'failed', error: { code: 'gone' } })
  expect((await warehouse.rows('people')).length).toBeGreaterThan(people.length - 8)
  spoilt = []
  requests = 0
  expect(troubles(await warehouse.run(source()))).toEqual([])
  expect(await warehouse.rows('people')).toHaveLength(people.length)
  expect(requests, 'to get what is left').toBeLessThan(30)
})

test('many rows that spoil their pages at once are no reason to give up the list', async () => {
  spoilt = people.flatMap(({ id }, place) => (place % 40 === 7 ? [id] : []))
  const report = await warehouse.run(source())
  expect(report.objects[0]).toMatchObject({ status: 'failed', error: { code: 'gone' } })
  expect((await warehouse.rows('people')).length).toBeGreaterThan(people.length - 4 * spoilt.length)
})

test('a row for which a web page comes in place of records keeps nothing back but what stands beside it', async () => {
  ;[spoilt, spoiltAnswer] = [['57'], 'a web page']
  const runHastily = async () => warehouse.run(source(), undefined, undefined, false, hastyClock())
  const report = await runHastily()
  expect(report.objects[0]).toMatchObject({ status: 'failed', error: { code: 'not_an_answer' } })
  const landed = await names('people')
  expect(landed.length).toBeGreaterThan(people.length - 8)
  expect(landed).not.toContain('57')
  spoilt = []
  requests = 0
  expect(troubles(await runHastily())).toEqual([])
  expect(await warehouse.rows('people')).toHaveLength(people.length)
  expect(requests, 'to get what is left').toBeLessThan(30)
})

test('a row that spoils its page in every run keeps back nothing that changes later, and lands when it comes', async () => {
  spoilt = ['57']
  const writers = { ...source(), connector: writersBy('minute') }
  await warehouse.run(writers)
  for (const later of [1, 2]) {
    requests = 0
    listed = [...listed, { id: `new ${later}`, updated_at: Math.floor(Date.now() / 1000) }]
    const report = await warehouse.run(writers)
    const part = /part of the list \(what changed after 2025-10-09T\S+ and before 2025-10-09T\S+\) could not/
    expect(report.objects[0]).toMatchObject({
      status: 'failed',
      error: { code: 'gone', message: expect.stringMatching(part) },
    })
    expect(requests, 'to find what is new').toBeLessThan(30)
    expect(await names('people')).toContain(`new ${later}`)
    expect(await names('letters')).toContain(`from new ${later}`)
  }
  expect(await names('people')).not.toContain('57')
  spoilt = []
  requests = 0
  expect(troubles(await warehouse.run(writers))).toEqual([])
  expect(await warehouse.rows('people')).toHaveLength(listed.length)
  expect(await warehouse.rows('letters')).toHaveLength(listed.length)
  expect(requests, 'to get what is left').toBeLessThan(30)
})

test('a run that is to bring what is older first, and fails at a row of it, brings what is newer nevertheless', async () => {
  const startingAt = (person: number) => {
    const startAt = new Date((people[person]?.updated_at ?? 0) * 1000).toISOString()
    return { ...source(), connector: writersBy('minute'), startAt }
  }
  expect(troubles(await warehouse.run(startingAt(300)))).toEqual([])
  expect(await warehouse.rows('people')).toHaveLength(100)
  spoilt = ['57']
  listed = [...listed, { id: 'new', updated_at: Math.floor(Date.now() / 1000) }]
  const report = await warehouse.run(startingAt(0))
  expect(report.objects[0]).toMatchObject({ status: 'failed', error: { code: 'gone' } })
  expect(await names('letters')).toContain('from new')
  expect((await warehouse.rows('letters')).length).toBeGreaterThan(people.length - 8)
  spoilt = []
  expect(troubles(await warehouse.run(startingAt(0)))).toEqual([])
  expect(await warehouse.rows('letters')).toHaveLength(listed.length)
})

test('a search that says for a moment that there is no such thing is asked again, where it cannot be cut', async () => {
  const days = { ...source(), connector: writersBy('day') }
  listed = people.slice(0, 20)
  await warehouse.run(days)
  listed = [...listed, { id: 'new', updated_at: Math.floor(Date.now() / 1000) }]
  missing = 2
  expect(troubles(await warehouse.run(days))).toEqual([])
  expect(await warehouse.rows('letters')).toHaveLength(listed.length)
})

test('a row that spoils the beginning of a list keeps little back where each record has requests of its own, too', async () => {
  listed = people.slice(0, 120)
  spoilt = ['3']
  const report = await warehouse.run({ ...source(), connector: writersBy('minute') })
  expect(report.objects[0]).toMatchObject({ status: 'failed', error: { code: 'gone' } })
  expect((await warehouse.rows('letters')).length).toBeGreaterThan(listed.length - 8)
})

test('a list that says the same length of every part is not cut without end', async () => {
  pagesSaid = 1_000_000
  expect(troubles(await warehouse.run(source()))).toEqual([])
  expect(await warehouse.rows('people')).toHaveLength(people.length)
  expect(requests).toBeLessThan(300)
})

test.each([400, 404])(
  'a list whose cursors expire (HTTP %i) while its records are asked for is read in one run, and nobody is asked for twice',
  async (status) => {
    cursorRefusal = status
    listed = people.slice(0, 120)
    cursorLife = 8
    expect(troubles(await warehouse.run({ ...source(), connector: writersBy('day') }))).toEqual([])
    expect(await warehouse.rows('people')).toHaveLength(listed.length)
    expect(await warehouse.rows('letters')).toHaveLength(listed.length)
    expect(lettersAsked).toBeLessThan(listed.length * 1.1)
  },
)
