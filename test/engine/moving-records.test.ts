import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { reportOf, troubles } from './pipeline-rig.ts'
import { peopleBasics, peopleAndTags, personTags, smallConnector } from './small-api.ts'

const connector = smallConnector(
  {
    people: {
      ...peopleBasics,
      mode: 'incremental',
      checkpoint: {
        field: 'updated_at',
        format: 'unix_seconds',
        filter: 'server',
        lagSeconds: 600,
        overlapSeconds: 60,
      },
      read: {
        type: 'list',
        request: {
          path: '/people',
          query: { above: { $from: 'window.after' }, from: { $from: 'page.cursor' } },
        },
        recordsAt: 'people',
        pagination: { type: 'cursor', nextAt: 'next', resumable: true },
      },
    },
    person_tag: personTags,
  },
  peopleAndTags,
)

interface Person {
  readonly id: string
  updated_at: number
  tags: readonly string[]
}

const now = () => Math.floor(Date.now() / 1000)

/**
 * People in the order of their last change, two on a page; a page begins beyond the cursor's place, as the list is by then. With
 * the second page the one who was last in the list changes, and is first from then on (or the other way round).
 */
async function movingPeople(falling: boolean): Promise<{
  readonly people: Person[]
  readonly api: Awaited<ReturnType<typeof serveFake>>
  readonly asked: () => number
  readonly readAgain: () => void
}> {
  const people = Array.from({ length: 7 }, (_, at): Person => ({
    id: `p${at}`,
    updated_at: now() - 40 * 86_400 + at * 86_400,
    tags: ['old', 'kept'],
  }))
  let asked = 0
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', (context) => {
    asked++
    const mover = people[0]
    if (asked === 2 && mover) Object.assign(mover, { updated_at: now(), tags: ['new', 'kept'] })
    const above = Number(context.req.query('above') ?? 0)
    const sorted = people
      .filter((person) => person.updated_at > above)
      .toSorted((a, b) => (falling ? b.updated_at - a.updated_at : a.updated_at - b.updated_at))
    const from = context.req.query('from')
    const beyond = (person: Person) =>
      from === undefined || (falling ? person.updated_at < Number(from) : person.updated_at > Number(from))
    const rest = sorted.filter(beyond)
    const last = rest[1]
    return context.json({
      people: rest.slice(0, 2),
      next: rest.length > 2 && last ? String(last.updated_at) : null,
    })
  })
  const readAgain = () => {
    asked = 0
    Object.assign(people[0] ?? {}, { updated_at: now() - 41 * 86_400, tags: ['older', 'kept'] })
  }
  return { people, api: await serveFake(api), asked: () => asked, readAgain }
}

test.each([
  ['first read', 'falling'],
  ['first read', 'rising'],
  ['full refresh', 'falling'],
  ['full refresh', 'rising'],
] as const)(
  'a record that moves within its list during a %s is there afterwards, as it is, in a list in %s order',
  async (kind, order) => {
    const warehouse = await Warehouse.create()
    const { people, api, readAgain } = await movingPeople(order === 'falling')
    const settings = { token: 't' }
    const source = { connector, region: 'here', apiBaseUrl: api.url, host: api.host, settings }
    try {
      const first = await warehouse.run(source)
      if (kind === 'full refresh') readAgain()
      const last = kind === 'full refresh' ? await warehouse.run(source, undefined, undefined, true) : first
      expect([...troubles(first), ...troubles(last)]).toEqual([])
      expect(reportOf(first, 'people')).toMatchObject({ extracted: order === 'falling' ? 7 : 8, filtered: 0 })
      const rows = await warehouse.rows('people')
      expect(new Map(rows.map((row) => [row['id'], Number(row['updated_at'])]))).toEqual(
        new Map(people.map((person) => [person.id, person.updated_at])),
      )
      const tags = await warehouse.rows('person_tag')
      expect(new Set(tags.map((row) => `${String(row['person_id'])} ${String(row['tag'])}`))).toEqual(
        new Set(people.flatMap((person) => person.tags.map((tag) => `${person.id} ${tag}`))),
      )
    } finally {
      await api.close()
      await warehouse.remove()
    }
  },
)

test('a list of one page is not looked at again', async () => {
  const warehouse = await Warehouse.create()
  const { people, api, asked } = await movingPeople(true)
  people.length = 2
  const settings = { token: 't' }
  try {
    const source = { connector, region: 'here', apiBaseUrl: api.url, host: api.host, settings }
    expect(reportOf(await warehouse.run(source), 'people')).toMatchObject({ status: 'succeeded', loaded: 2 })
    expect(asked()).toBe(1)
  } finally {
    await api.close()
    await warehouse.remove()
  }
})
