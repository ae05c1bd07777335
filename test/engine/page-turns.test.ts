import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { troubles } from './pipeline-rig.ts'
import { peopleBasics, peopleAndTags, personTagsWithRest, smallConnector } from './small-api.ts'

/** Forty lists of six pages, and one of fourteen, which is the last that the engine comes to. */
const long = 'list_0'
const others = Array.from({ length: 40 }, (_, number) => `list_${number + 1}`)
const pagesOf = (list: string) => (list === long ? 14 : 6)

/** A connector for people who are read list by list, `resumable` as its manifest says, and for their tags, which lists give in part. */
function connectorOf(resumable: boolean): Connector {
  return smallConnector(
    {
      people: {
        ...peopleBasics,
        mode: 'incremental',
        checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'client' },
        read: {
          type: 'list',
          request: {
            path: '/people',
            query: { list: { $from: 'partition.list' }, page: { $from: 'page.number' } },
          },
          recordsAt: 'people',
          pagination: { type: 'page', totalPagesAt: 'pages', resumable },
          partitions: [{ list: long }, ...others.map((list) => ({ list }))],
        },
      },
      person_tag: personTagsWithRest,
    },
    peopleAndTags,
  )
}

/** Runs it; gives the names of the lists in the order in which their pages were asked for. `more`: each list names one of two tags. */
async function orderOfRequests(resumable: boolean, more = false): Promise<readonly string[]> {
  const asked: string[] = []
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', (context) => {
    const { list = '', page = '1' } = context.req.query()
    asked.push(list)
    const one = { id: `${list} ${page}`, updated_at: 1, tags: more ? ['a'] : ['a', 'b'], more }
    return context.json({ people: [one], pages: pagesOf(list) })
  })
  api.get('/people/:id/tags', (context) => context.json({ tags: ['a', 'b'] }))
  const fake = await serveFake(api)
  const warehouse = await Warehouse.create()
  try {
    const source = {
      connector: connectorOf(resumable),
      region: 'here',
      apiBaseUrl: fake.url,
      host: fake.host,
      settings: { token: 't' },
    }
    expect(troubles(await warehouse.run(source, undefined))).toEqual([])
    expect(await warehouse.rows('people')).toHaveLength(asked.length)
    expect(await warehouse.rows('person_tag')).toHaveLength(2 * asked.length)
    return asked
  } finally {
    await fake.close()
    await warehouse.remove()
  }
}

test('the longest list is read while the others are, wherever it stands, and not alone in the end', async () => {
  const asked = await orderOfRequests(true)
  expect(new Set(asked.slice(0, 60)).size, 'lists whose length is known early').toBe(41)
  const places = asked.flatMap((list, place) => (list === long ? [place] : []))
  expect(places[7], 'when it is no longer than the others').toBeLessThan(170)
})

test('lists that cannot be gone on with in their middle are read to their end before others are begun', async () => {
  const asked = await orderOfRequests(false)
  const open = asked.map((_, at) => {
    const begun = new Set(asked.slice(0, at + 1))
    return [...begun].filter((list) => asked.includes(list, at + 1)).length
  })
  expect(Math.max(...open), 'lists that are half read').toBeLessThanOrEqual(15)
})

test('pages that wait for their turn never keep back what the records of others ask for', async () => {
  expect(await orderOfRequests(true, true)).toHaveLength(40 * 6 + 14)
})
