import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { loadConnector, type Connector } from '@penstock/connectors/load-connector.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { writeConnector } from '../connectors/write-connector.ts'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { ShapelyApi } from '../fakes/shapely-api.ts'
import { reportOf, troubles } from './pipeline-rig.ts'

const text = { type: 'string' }
const manifest: unknown = parse(await readFile(join(import.meta.dirname, 'forms-of-lists.yaml'), 'utf8'))
const files = {
  'manifest.yaml': manifest,
  'records/event.schema.json': { type: 'object', properties: { id: text, text, changed: text } },
  'records/day.schema.json': { type: 'object', properties: { id: text, day: text } },
  'records/rate.schema.json': { type: 'object', properties: { currency: text, value: { type: 'number' } } },
  'records/row.schema.json': { type: 'object', properties: { id: text, text } },
  'records/tick.schema.json': { type: 'object', properties: { id: text, at: text } },
  'records/micros.schema.json': {
    type: 'object',
    properties: { id: text, at: { type: 'integer', 'x-id': true } },
  },
  'records/shelf.schema.json': { type: 'object', properties: { shop: text, id: text } },
  'records/label.schema.json': { type: 'object', properties: { shop: text, shelf: text, label: text } },
}

let api: ShapelyApi
let warehouse: Warehouse

beforeAll(async () => {
  api = await ShapelyApi.start()
  warehouse = await Warehouse.create()
})
afterAll(async () => {
  await api.close()
  await warehouse.remove()
})

test('lists of every form land whole, and again after they changed', async () => {
  const folder = await writeConnector(files)
  expect(await checkConnector(folder)).toEqual([])
  const connector = await loadConnector(folder)
  await runAndCompare(connector)
  const now = Math.floor(Date.now() / 1000)
  for (const event of api.events.filter((_, index) => index % 7 === 0))
    Object.assign(event, { at: now, text: 'changed' })
  api.rates = { eur: 2, chf: 0.9 }
  await runAndCompare(connector)
  const refused = api.requests.filter(({ status, path }) => status >= 400 && path !== '/unfound')
  expect(refused).toEqual([])
})

test('an answer that says no in its body is a refusal, and says which', async () => {
  const connector = await loadConnector(await writeConnector(files))
  const source = { connector, region: 'main', apiBaseUrl: api.url, host: api.host }
  const refused = ['refused', 'warned']
  const report = await warehouse.run({ ...source, settings: { first: 'one', second: 'two' } }, refused)
  for (const object of refused)
    expect(reportOf(report, object)).toMatchObject({ status: 'failed', error: { code: 'invalid_request' } })
  const locked = await warehouse.run({ ...source, settings: { first: 'one', second: 'wrong' } }, ['rows'])
  expect(locked.error).toMatchObject({ code: 'unauthorized' })
})

async function runAndCompare(connector: Connector): Promise<void> {
  const settings = { first: 'one', second: 'two' }
  const objects = Object.keys(connector.manifest.objects).filter(
    (object) => object !== 'refused' && object !== 'warned',
  )
  const source = { connector, region: 'main', apiBaseUrl: api.url, host: api.host, settings }
  expect(troubles(await warehouse.run(source, objects))).toEqual([])
  const { events, rates } = api
  const changed = (at: number) => new Date(at * 1000).toUTCString()
  await expectRows(
    'events',
    ['id', 'text', 'changed'],
    events.map((one) => [one.id, one.text, changed(one.at)]),
  )
  await expectRows(
    'days',
    ['id', 'day'],
    events.map((one) => [one.id, api.dayOf(one)]),
  )
  await expectRows('rates', ['currency', 'value'], Object.entries(rates))
  await expectRows(
    'rows',
    ['id', 'text'],
    events.map((one) => [one.id, one.text]),
  )
  await expectRows('none', ['id'], [])
  await expectRows('lacking', ['id'], [])
  await expectRows('unfound', ['id'], [])
  await expectRows(
    'ticks',
    ['id', 'at'],
    events.map((one) => [one.id, `/Date(${one.at}000+0000)/`]),
  )
  await expectRows(
    'endless',
    ['id', 'at'],
    events.map((one) => [one.id, String(one.at * 1e6)]),
  )
  await expectRows(
    'repeated',
    ['id', 'at'],
    events.map((one) => [one.id, String(one.at)]),
  )
  await expectRows('late', ['id'], [['l']])
  const labels = ['s1', 's2'].flatMap((shop) => ['a', 'b'].map((shelf) => [shop, shelf, `${shop} ${shelf}`]))
  await expectRows('labels', ['shop', 'shelf', 'label'], labels)
}

async function expectRows(
  object: string,
  columns: readonly string[],
  expected: readonly (readonly unknown[])[],
): Promise<void> {
  const rows = await warehouse.rows(object)
  const landed = rows.map((row) => columns.map((column) => row[column]))
  const sorted = (lists: readonly (readonly unknown[])[]) =>
    lists.map((one) => JSON.stringify(one)).toSorted()
  expect({ object, rows: sorted(landed) }).toEqual({ object, rows: sorted(expected) })
}
