import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { troubles } from './pipeline-rig.ts'
import { peopleBasics, smallConnector } from './small-api.ts'

const connector = smallConnector(
  {
    people: {
      ...peopleBasics,
      mode: 'full_refresh',
      read: {
        type: 'list',
        request: { path: '/people', query: { page: { $from: 'page.number' } } },
        recordsAt: 'people',
        pagination: { type: 'page', totalPagesAt: 'pages', totalAt: 'total' },
      },
    },
  },
  { people: { id: { type: 'integer', 'x-id': true } } },
)

test('a list whose total is never right is read until the same records came twice, also when one reading turned in a circle', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let readings = 0
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', (context) => {
    const page = Number(context.req.query('page'))
    if (page === 1 && ++readings > 8) return context.json({ error: 'enough' }, 403)
    const circles = readings === 2
    return context.json({ people: [{ id: circles ? 1 : page }], total: 99, pages: circles ? 100 : 2 })
  })
  const fake = await serveFake(api)
  try {
    const source = { connector, region: 'here', apiBaseUrl: fake.url, host: fake.host }
    expect(troubles(await warehouse.run({ ...source, settings: { token: 't' } }))).toEqual([])
    expect(readings).toBe(4)
    expect(await warehouse.rows('people')).toHaveLength(2)
  } finally {
    await fake.close()
    await warehouse.remove()
  }
})

test('who was deleted while the list was read, and let another one slide past a page’s edge, is not in the table, and the other one is', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let people = [1, 2, 3, 4, 5]
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', (context) => {
    const page = Number(context.req.query('page'))
    const [total, pages] = [people.length, Math.ceil(people.length / 2)]
    const here = people.slice(page * 2 - 2, page * 2).map((id) => ({ id }))
    people = people.filter((id) => id !== 1)
    return context.json({ people: here, total, pages })
  })
  const fake = await serveFake(api)
  try {
    const source = { connector, region: 'here', apiBaseUrl: fake.url, host: fake.host }
    expect(troubles(await warehouse.run({ ...source, settings: { token: 't' } }))).toEqual([])
    const ids = (await warehouse.rows('people')).map(({ id }) => id)
    expect(new Set(ids)).toEqual(new Set(['2', '3', '4', '5']))
  } finally {
    await fake.close()
    await warehouse.remove()
  }
})
