import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { troubles } from './pipeline-rig.ts'
import { smallConnector } from './small-api.ts'

const animals = ['cats', 'dogs', 'hens', 'owls', 'pigs', 'rats'] as const

const listOf = (title: string): ObjectManifest => ({
  title,
  mode: 'full_refresh',
  primaryKey: ['id'],
  record: 'animal.schema.json',
  read: {
    type: 'list',
    request: { path: `/${title}` },
    recordsAt: 'animals',
    pagination: { type: 'none' },
  },
})

const connector = smallConnector(
  Object.fromEntries(animals.map((name) => [name, listOf(name)])),
  Object.fromEntries(animals.map((name) => [name, { id: { type: 'string' } }])),
)

let account = 'first'
let fake: Awaited<ReturnType<typeof serveFake>>
let warehouse: Warehouse

beforeEach(async () => {
  account = 'first'
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: account }))
  api.get('/:animals', (context) => context.json({ animals: [{ id: `of the ${account} account` }] }))
  fake = await serveFake(api)
  warehouse = await Warehouse.create()
})
afterEach(async () => {
  await fake.close()
  await warehouse.remove()
})

test('a token of another account lands nothing beside the first one’s tables, not even new objects, and the first goes on', async () => {
  const source = {
    connector,
    region: 'here',
    apiBaseUrl: fake.url,
    host: fake.host,
    settings: { token: 't' },
  }
  expect(troubles(await warehouse.run(source, ['rats']))).toEqual([])
  account = 'second'
  const report = await warehouse.run(source, animals)
  expect(report).toMatchObject({ status: 'failed', error: { code: 'other_source' } })
  expect(report.objects.map(({ object, status, loaded }) => [object, status, loaded])).toEqual(
    animals.map((object) => [object, 'failed', 0]),
  )
  account = 'first'
  expect(troubles(await warehouse.run(source, animals))).toEqual([])
  for (const object of animals)
    expect(await warehouse.rows(object)).toMatchObject([{ id: 'of the first account' }])
})
