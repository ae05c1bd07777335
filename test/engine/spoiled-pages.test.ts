import { setTimeout as answerLate } from 'node:timers/promises'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import { Warehouse, type WarehouseSource } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { troubles } from './pipeline-rig.ts'
import { smallApi } from './small-api.ts'

/** Of whom the API has 400, one changed every five minutes, and gives ten at a time. */
const people = Array.from({ length: 400 }, (_, id) => ({
  id: String(id),
  updated_at: 1_760_000_000 + id * 300,
}))

const connector: Connector = {
  name: smallApi.name,
  folder: '',
  manifest: {
    ...smallApi,
    objects: {
      people: {
        title: 'People',
        mode: 'incremental',
        primaryKey: ['id'],
        record: 'person.schema.json',
        checkpoint: {
          field: 'updated_at',
          format: 'unix_seconds',
          filter: 'server',
          granularity: 'minute',
        },
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
      },
    },
  },
  records: new Map([
    ['people', { type: 'object', properties: { id: { type: 'string' }, updated_at: { type: 'integer' } } }],
  ]),
}

/** Those that spoil every page they are on, and what the API says of how many pages it has, if it does not say the truth. */
let spoilt: readonly string[] = []
let pagesSaid: number | undefined
let requests = 0
let fake: Awaited<ReturnType<typeof serveFake>>
let warehouse: Warehouse

beforeEach(async () => {
  ;[spoilt, pagesSaid, requests] = [[], undefined, 0]
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.get('/people', async (context) => {
    requests++
    const { after = '0', before = 'Infinity', cursor = '0' } = context.req.query()
    const found = people.filter((one) => one.updated_at > Number(after) && one.updated_at < Number(before))
    const end = Number(cursor) + 10
    const page = found.slice(Number(cursor), end)
    const bad = spoilt.findIndex((one) => page.some(({ id }) => id === one))
    // One is closed in on while the next is only found.
    await answerLate(Math.max(0, bad) * 100)
    if (bad >= 0) return context.json({ error: 'not found' }, 404)
    const pages = pagesSaid ?? Math.ceil(found.length / 10)
    return context.json({ people: page, pages, next: end < found.length ? end : null })
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

test('a list that says the same length of every part is not cut without end', async () => {
  pagesSaid = 1_000_000
  expect(troubles(await warehouse.run(source()))).toEqual([])
  expect(await warehouse.rows('people')).toHaveLength(people.length)
  expect(requests).toBeLessThan(300)
})
