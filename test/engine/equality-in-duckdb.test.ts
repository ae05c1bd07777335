import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { destinationTypes } from '@penstock/server/destinations/registry.ts'
import { differences, type LandedRow } from './compare-tables.ts'
import { allObjects, IntercomWorkspace } from './intercom-workspace.ts'
import { smallSizes, troubles } from './pipeline-rig.ts'

async function readTables(path: string): Promise<ReadonlyMap<string, readonly LandedRow[]>> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    const tables = new Map<string, readonly LandedRow[]>()
    for (const object of allObjects) {
      const result = await connection.runAndReadAll(
        `select * from intercom.${object} where _deleted_at is null`,
      )
      tables.set(object, result.getRowObjectsJS())
    }
    return tables
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

test('in a DuckDB file all 22 tables equal the workspace, first and after changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'penstock-equality-'))
  const path = join(folder, 'warehouse.duckdb')
  const workspace = await IntercomWorkspace.start({
    seed: 2,
    sizes: { ...smallSizes, contacts: 160, companies: 30, conversations: 30 },
    behaviour: { unstorableText: true },
  })
  try {
    for (const changes of [0, 100]) {
      if (changes > 0) await workspace.change({ random: changes, seed: changes })
      const destination = await destinationTypes.get('duckdb')?.open(new Map([['path', path]]), 'intercom')
      if (!destination) throw new Error('There is no DuckDB destination.')
      expect(troubles(await workspace.run(destination))).toEqual([])
      const tables = await readTables(path)
      for (const object of allObjects) {
        const key = workspace.connector.manifest.objects[object]?.primaryKey ?? []
        const truth = await workspace.truth(object)
        expect(differences(object, key, truth, tables.get(object) ?? []).slice(0, 5)).toEqual([])
      }
    }
  } finally {
    await workspace.close()
    await rm(folder, { recursive: true })
  }
})
