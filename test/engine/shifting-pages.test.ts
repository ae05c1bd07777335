import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { ErrorRule, ListRead, ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { troubles } from './pipeline-rig.ts'
import { peopleAndTags, peopleBasics, personTagsWithRest, smallConnector } from './small-api.ts'

interface Person {
  readonly id: string
  updated_at: number
}

const offsets = { type: 'offset', size: 2, totalAt: 'total' } as const
const numbers = { type: 'page', totalAt: 'total', totalPagesAt: 'pages' } as const
const wholeLists = { ...peopleBasics, mode: 'full_refresh' } as const
const changes = {
  ...peopleBasics,
  mode: 'incremental',
  checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'server', lagSeconds: 600 },
} as const
const newestFirst = {
  ...peopleBasics,
  mode: 'incremental',
  checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'client', newestFirst: true },
} as const

function peopleIn(pagination: ListRead['pagination'], basics: Omit<ObjectManifest, 'read'>): ObjectManifest {
  const query = {
    since: { $from: 'window.after' },
    offset: { $from: 'page.offset' },
    page: { $from: 'page.number' },
  }
  const { since: _, ...whole } = query
  return {
    ...basics,
    read: {
      type: 'list',
      request: { path: '/people', query: basics.checkpoint?.filter === 'server' ? query : whole },
      recordsAt: 'people',
      pagination,
    },
  }
}

const now = Math.floor(Date.now() / 1000)
const day = 86_400

/** People whose pages of two are cut out of the list as it is when they are asked for; `afterPage` hears of each that was given. */
class ShiftingPeople {
  people = [1, 2, 3, 4, 5, 6].map((number): Person => ({
    id: `p${number}`,
    updated_at: now - 9 * day + number,
  }))
  /** Of the first of them, who loses the first one with each page that is read of them. */
  tags = ['a', 'b', 'c', 'd', 'e']
  falling = false
  /** Whether the next page is answered with: begin anew. */
  breaksOff = false
  asked = 0
  afterPage: (asked: number) => void = () => undefined

  without(id: string): void {
    this.people = this.people.filter((person) => person.id !== id)
  }

  readonly api = new Hono()
    .get('/me', (context) => context.json({ id: 'account' }))
    .get('/people/p1/tags', (context) => {
      const page = Number(context.req.query('page'))
      const here = this.tags.slice(page * 2 - 2, page * 2)
      const answer = { tags: here, total: this.tags.length, pages: Math.ceil(this.tags.length / 2) }
      this.tags = this.tags.filter((tag) => tag !== 'a')
      return context.json(answer)
    })
    .get('/people', (context) => {
      if (this.breaksOff) {
        this.breaksOff = false
        return context.json({}, 409)
      }
      const { since = '0', offset, page = '1' } = context.req.query()
      const sorted = this.people
        .filter(({ updated_at }) => updated_at > Number(since))
        .toSorted((a, b) => (this.falling ? b.updated_at - a.updated_at : a.updated_at - b.updated_at))
      const from = offset === undefined ? Number(page) * 2 - 2 : Number(offset)
      const answer = {
        people: sorted
          .slice(from, from + 2)
          .map((person) => ({ ...person, tags: [], more: person.id === 'p1' })),
        total: sorted.length,
        pages: Math.ceil(sorted.length / 2),
      }
      this.afterPage(++this.asked)
      return context.json(answer)
    })
}

interface Landed {
  readonly reports: readonly RunReport[]
  readonly ids: readonly string[]
  readonly tags: readonly string[]
}

/** Runs a pipeline of these objects so often, and gives the reports, and whose rows stand in the end. */
async function land(
  source: ShiftingPeople,
  objects: Readonly<Record<string, ObjectManifest>>,
  times = 1,
): Promise<Landed> {
  const warehouse = await Warehouse.create()
  const fake = await serveFake(source.api)
  const { manifest, ...rest } = smallConnector(objects, peopleAndTags)
  const errors: ErrorRule[] = [{ status: [409], means: 'restart' }]
  const connector = { ...rest, manifest: { ...manifest, errors } }
  const reports: RunReport[] = []
  try {
    for (let run = 0; run < times; run++) {
      const settings = { token: 't' }
      reports.push(
        await warehouse.run({ connector, region: 'here', apiBaseUrl: fake.url, host: fake.host, settings }),
      )
    }
    const column = async (object: string, name: string) =>
      objects[object] ? (await warehouse.rows(object)).map((row) => String(row[name])).toSorted() : []
    return { reports, ids: await column('people', 'id'), tags: await column('person_tag', 'tag') }
  } finally {
    await fake.close()
    await warehouse.remove()
  }
}

const all = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']

test.each([
  ['numbered', 'read whole', numbers, wholeLists],
  ['numbered', 'read by its changes', numbers, changes],
  ['offset', 'read by its changes', offsets, changes],
])('%s pages of a list %s lose nobody when somebody on a page before them is deleted', async (...parts) => {
  const [, , pagination, basics] = parts
  const source = new ShiftingPeople()
  source.afterPage = () => source.without('p1')
  const { reports, ids } = await land(source, { people: peopleIn(pagination, basics) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual(expect.arrayContaining(['p2', 'p3', 'p4', 'p5', 'p6']))
})

test('a list that is as long as before in the end loses nobody when somebody is deleted, and somebody else comes', async () => {
  const source = new ShiftingPeople()
  source.afterPage = (asked) => {
    if (asked === 1) source.without('p1')
    if (asked === 2) source.people.push({ id: 'p7', updated_at: now })
  }
  const { reports, ids } = await land(source, { people: peopleIn(offsets, changes) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual([...all, 'p7'])
})

test('a list loses nobody when somebody is deleted, and somebody else comes, between the same two pages', async () => {
  const source = new ShiftingPeople()
  source.afterPage = (asked) => {
    if (asked !== 1) return
    source.without('p1')
    source.people.push({ id: 'p7', updated_at: Math.ceil(Date.now() / 1000) })
  }
  const { reports, ids } = await land(source, { people: peopleIn(offsets, changes) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual([...all, 'p7'])
})

test('the same holds where the list was begun anew before that, for another reason', async () => {
  const source = new ShiftingPeople()
  source.afterPage = (asked) => {
    if (asked === 1) source.breaksOff = true
    if (asked !== 2) return
    source.without('p1')
    source.people.push({ id: 'p7', updated_at: Math.ceil(Date.now() / 1000) })
  }
  const { reports, ids } = await land(source, { people: peopleIn(offsets, changes) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual([...all, 'p7'])
})

test('a list in the order of changes loses nobody when somebody changes, and so leaves a page that was read', async () => {
  const source = new ShiftingPeople()
  source.afterPage = (asked) => {
    const [first] = source.people
    if (asked === 1 && first) first.updated_at = now
  }
  const { reports, ids } = await land(source, { people: peopleIn(offsets, changes) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual(all)
})

test('a list that falls by time, and is read up to the checkpoint, loses nobody when the newest is deleted meanwhile', async () => {
  const source = new ShiftingPeople()
  source.falling = true
  source.afterPage = (asked) => {
    const soon = Math.ceil(Date.now() / 1000)
    if (asked === 3)
      for (const number of [7, 8, 9, 10]) source.people.push({ id: `p${number}`, updated_at: soon + number })
    if (asked === 4) source.without('p10')
  }
  const { reports, ids } = await land(source, { people: peopleIn(numbers, newestFirst) }, 2)
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual(expect.arrayContaining([...all, 'p7', 'p8', 'p9']))
})

test('a list that moves whenever it is read loses nobody either', async () => {
  const source = new ShiftingPeople()
  source.falling = true
  let change = now
  source.afterPage = () => {
    const last = source.people.toSorted((a, b) => a.updated_at - b.updated_at).at(source.asked % 3)
    if (last) last.updated_at = ++change
  }
  const { reports, ids } = await land(source, { people: peopleIn(numbers, wholeLists) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual(all)
})

test('pages of a record’s own list lose nothing when something on a page before them goes', async () => {
  const { read, ...tags } = personTagsWithRest
  const request = { ...read.rest.request, query: { page: { $from: 'page.number' } } }
  const rest = { ...read.rest, request, pagination: numbers }
  const people = peopleIn(offsets, changes)
  const landed = await land(new ShiftingPeople(), {
    people,
    person_tag: { ...tags, read: { ...read, rest } },
  })
  expect(landed.reports.flatMap(troubles)).toEqual([])
  expect(landed.tags).toEqual(['b', 'c', 'd', 'e'])
})

test('what a reading brought lands, up to its last page, although the list moved and is read again', async () => {
  const source = new ShiftingPeople()
  source.afterPage = (asked) => {
    if (asked === 1) source.without('p1')
    if (asked === 3) source.without('p6')
  }
  const { reports, ids } = await land(source, { people: peopleIn(offsets, changes) })
  expect(reports.flatMap(troubles)).toEqual([])
  expect(ids).toEqual(all)
})
