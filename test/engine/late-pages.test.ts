import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { troubles } from './pipeline-rig.ts'
import { peopleBasics, peopleAndTags, personTagsWithRest, smallConnector } from './small-api.ts'

const connector = smallConnector(
  {
    people: {
      ...peopleBasics,
      mode: 'incremental',
      checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'server' },
      read: {
        type: 'list',
        request: { path: '/people', query: { half: { $from: 'partition.half' } } },
        recordsAt: 'people',
        pagination: { type: 'none' },
        partitions: [{ half: 'early' }, { half: 'late' }],
      },
    },
    person_tag: personTagsWithRest,
  },
  peopleAndTags,
)

test('what was derived from an older version of a record does not land after the newer one, however late its page is done', async () => {
  const warehouse = await Warehouse.create()
  // Both versions are of the time of the run: only then can one list hold them both.
  const now = Math.floor(Date.now() / 1000) + 60
  const expanded = Promise.withResolvers<void>()
  const newerLanded = Promise.withResolvers<void>()
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', async (context) => {
    if (context.req.query('half') === 'early')
      return context.json({
        people: [
          { id: '1', updated_at: now, tags: ['old'] },
          { id: '2', updated_at: now, tags: ['cut'], more: true },
          { id: '3', updated_at: now, tags: ['cut'], more: true },
        ],
      })
    await expanded.promise
    return context.json({
      people: [
        { id: '1', updated_at: now + 1, tags: ['new'] },
        { id: '3', updated_at: now + 1, tags: ['new'] },
      ],
    })
  })
  api.get('/people/:id/tags', async (context) => {
    expanded.resolve()
    await newerLanded.promise
    return context.json({ tags: context.req.param('id') === '2' ? ['whole', 'list'] : ['old'] })
  })
  const fake = await serveFake(api)
  try {
    const source = {
      connector,
      region: 'here',
      apiBaseUrl: fake.url,
      host: fake.host,
      settings: { token: 't' },
    }
    const report = await warehouse.run(source, undefined, ({ batches }) => {
      const tags = batches.find(({ object }) => object === 'person_tag')
      if (tags?.rows.some((row) => row.includes('new'))) newerLanded.resolve()
    })
    expect(troubles(report)).toEqual([])
    const rows = await warehouse.rows('person_tag')
    const found = rows.map((row) => `${String(row['person_id'])} ${String(row['tag'])}`).toSorted()
    expect(found).toEqual(['1 new', '2 list', '2 whole', '3 new'])
  } finally {
    await fake.close()
    await warehouse.remove()
  }
})

test('a record’s own list that holds fewer than the record shows is asked for once more, and believed then', async () => {
  const warehouse = await Warehouse.create()
  const asked = new Map<string, number>()
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', (context) => {
    const ids = context.req.query('half') === 'early' ? ['empty once', 'fewer by now', 'whole'] : []
    return context.json({
      people: ids.map((id) => ({ id, updated_at: 1_700_000_000, tags: ['a', 'b'], more: true })),
    })
  })
  api.get('/people/:id/tags', (context) => {
    const id = context.req.param('id')
    asked.set(id, (asked.get(id) ?? 0) + 1)
    if (id === 'fewer by now') return context.json({ tags: ['a'] })
    return context.json({ tags: id === 'empty once' && asked.get(id) === 1 ? [] : ['a', 'b', 'c'] })
  })
  const fake = await serveFake(api)
  try {
    const { url: apiBaseUrl, host } = fake
    const report = await warehouse.run({
      connector,
      region: 'here',
      apiBaseUrl,
      host,
      settings: { token: 't' },
    })
    expect(troubles(report)).toEqual([])
    const rows = await warehouse.rows('person_tag')
    const tagsOf = (id: string) => rows.filter((row) => row['person_id'] === id).length
    expect(['empty once', 'fewer by now', 'whole'].map(tagsOf)).toEqual([3, 1, 3])
    expect(Object.fromEntries(asked)).toEqual({ 'empty once': 2, 'fewer by now': 2, whole: 1 })
  } finally {
    await fake.close()
    await warehouse.remove()
  }
})
