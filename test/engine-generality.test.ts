import { join } from 'node:path'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { loadConnector } from '@penstock/connectors/load-connector.ts'
import { expect, test } from 'vitest'
import { actualRows, expectedRows, type PlainRow } from './engine-generality/expected-rows.ts'
import { genericApis } from './engine-generality/generic-apis.ts'
import { writeGenericConnector } from './engine-generality/generic-manifest.ts'
import { Warehouse } from './engine-generality/warehouse.ts'
import { GenericApi } from './fakes/generic-api.ts'

test.for(Object.entries(genericApis))(
  'an API with %s lands whole, and again after it changed',
  async ([, options]) => {
    const seed = Date.now() % 1_000_000
    const api = await GenericApi.start({ ...options, seed })
    const warehouse = await Warehouse.create()
    try {
      const folder = join(warehouse.folder, 'generic')
      await writeGenericConnector(folder, api.options)
      expect(await checkConnector(folder)).toEqual([])
      const connector = await loadConnector(folder)
      const run = async (): Promise<void> => {
        const source = {
          connector,
          region: 'here',
          apiBaseUrl: api.url,
          host: api.host,
          settings: api.settings(),
        }
        expect(await warehouse.run(source), `seed ${seed}`).toMatchObject({
          status: 'succeeded',
          error: null,
        })
        for (const [object, records] of Object.entries(tablesOf(api))) {
          const schema = connector.records.get(object)
          if (!schema) throw new Error(`There is no ${object}.`)
          const rows = actualRows(await warehouse.rows(object), schema)
          expect({ object, seed, rows }).toEqual({ object, seed, rows: expectedRows(records, schema) })
        }
      }
      await run()
      api.data.change(Date.now())
      if (options.filter === 'none') api.data.remove()
      await run()
      await run()
    } finally {
      await api.close()
      await warehouse.remove()
    }
  },
)

function tablesOf(api: GenericApi): Readonly<Record<string, readonly PlainRow[]>> {
  const { things, labels, notes } = api.data
  const below = (lists: ReadonlyMap<number, readonly PlainRow[]>): readonly PlainRow[] =>
    things.flatMap(({ id }) => (lists.get(Number(id)) ?? []).map((one, at) => ({ ...one, thing_id: id, at })))
  return {
    things,
    thing_label: below(labels).map(({ thing_id, id, name, at }) => ({
      thing_id,
      label_id: id,
      name,
      place_in_list: at,
    })),
    notes: below(notes),
    halves: ['odd', 'even'].flatMap((half) => api.half(half).map((thing) => ({ ...thing, half }))),
  }
}
