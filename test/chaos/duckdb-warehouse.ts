import { existsSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import type { LandedRow } from '../engine/compare-tables.ts'
import type { Warehouse } from './warehouse.ts'

/** A DuckDB file. It can be looked at only while no runner has it open. */
export class DuckDBWarehouse implements Warehouse {
  readonly type = 'duckdb'
  readonly connection: { readonly path: string }
  readonly env = {}

  constructor(path: string) {
    this.connection = { path }
  }

  async query(sql: string): Promise<readonly LandedRow[]> {
    if (!existsSync(this.connection.path)) return []
    const instance = await DuckDBInstance.create(this.connection.path, { access_mode: 'READ_ONLY' })
    const connection = await instance.connect()
    try {
      const reader = await connection.runAndReadAll(sql)
      return reader.getRowObjectsJS()
    } catch (error) {
      if (error instanceof Error && /Catalog Error.*does not exist/.test(error.message)) return []
      throw error
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  }

  async close(): Promise<void> {}
}
