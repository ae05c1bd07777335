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
          settings: api.access.settings(),
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

function tablesOf({ data }: GenericApi): Readonly<Record<string, readonly PlainRow[]>> {
  const { things } = data
  return {
    things,
    thing_label: things.flatMap(({ id, labels }) =>
      (Array.isArray(labels) ? labels : []).map((label, at) => ({
        thing_id: id,
        label_id: label.id,
        name: label.name,
        place_in_list: at,
      })),
    ),
    notes: things.flatMap(({ id }) =>
      (data.notes.get(Number(id)) ?? []).map((note) => ({ ...note, thing_id: id })),
    ),
  }
}
