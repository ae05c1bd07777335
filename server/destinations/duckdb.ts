import { stat } from 'node:fs/promises'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import type {
  Claim,
  Destination,
  FieldSum,
  Finding,
  OpenTables,
  PlannedStatement,
  RowCount,
  StoredTable,
  TableSpec,
} from '../engine/destination.ts'
import { checkFile } from './duckdb/check.ts'
import { claimTables, planClaim, planNewFile } from './duckdb/claim-tables.ts'
import { countTables, sumField } from './duckdb/count-tables.ts'
import { DatabaseFile } from './duckdb/database-file.ts'
import { DuckDBOpenTables } from './duckdb/open-tables.ts'
import { makeOwnTables } from './duckdb/own-tables.ts'
import { quoteTable } from './duckdb/quote-name.ts'
import { standingTables } from './duckdb/standing-tables.ts'
import { forgetRuns, overwriteFreeBlocks, wipeObject } from './duckdb/wipe-tables.ts'
import { storedTable } from './stored-row.ts'

/** A schema of a DuckDB file. The file is open from the first use until `close`, and no other process can open it meanwhile. */
export class DuckDBDestination implements Destination {
  readonly inProcess = true
  readonly #path: string
  readonly #namespace: string
  #file: Promise<DatabaseFile> | undefined

  constructor(path: string, namespace: string) {
    this.#path = path
    this.#namespace = namespace
  }

  async check(): Promise<readonly Finding[]> {
    return await checkFile(this.#path, this.#namespace)
  }

  async describe(objects: readonly string[]): Promise<ReadonlyMap<string, StoredTable>> {
    if (!(await isThere(this.#path))) return new Map()
    const file = await this.#acquire()
    const rows = await file.use((connection) => standingTables(connection, this.#namespace, objects))
    return new Map([...rows].map(([object, row]) => [object, storedTable(row)]))
  }

  async open(tables: readonly TableSpec[], claim: Claim): Promise<OpenTables> {
    const file = await DatabaseFile.acquire(this.#path)
    try {
      await file.makeRoomFor(Math.max(0, ...tables.map(({ columns }) => columns.length)))
      const claimed = await file.transaction((connection) =>
        claimTables(connection, this.#namespace, tables, claim),
      )
      return new DuckDBOpenTables(file, this.#namespace, claim, claimed)
    } catch (error) {
      await file.release()
      throw error
    }
  }

  async plan(tables: readonly TableSpec[]): Promise<readonly PlannedStatement[]> {
    if (!(await isThere(this.#path))) return planNewFile(this.#namespace, tables)
    const file = await this.#acquire()
    return await file.use((connection) => planClaim(connection, this.#namespace, tables))
  }

  async countRows(objects: readonly string[]): Promise<ReadonlyMap<string, RowCount>> {
    if (!(await isThere(this.#path))) return new Map()
    const file = await this.#acquire()
    return await file.use((connection) => countTables(connection, this.#namespace, objects))
  }

  async sumField(object: string, path: string, atMost: number): Promise<FieldSum | undefined> {
    if (!(await isThere(this.#path))) return undefined
    const file = await this.#acquire()
    return await file.use((connection) => sumField(connection, this.#namespace, object, { path, atMost }))
  }

  async wipe(
    objects: readonly string[],
    options: Parameters<Destination['wipe']>[1] = {},
  ): Promise<ReadonlyMap<string, number>> {
    const removed = new Map(objects.map((object) => [object, 0]))
    if (!(await isThere(this.#path))) return removed
    const file = await this.#acquire()
    for (const object of objects) {
      const rows = await file.transaction((connection) => wipeObject(connection, this.#namespace, object))
      removed.set(object, rows)
      options.onObject?.(object, rows)
    }
    await file.transaction((connection) => forgetRuns(connection, this.#namespace))
    await file.use(overwriteFreeBlocks)
    return removed
  }

  async recordRun(report: RunReport): Promise<void> {
    const file = await this.#acquire()
    const table = quoteTable(this.#namespace, '_penstock_runs')
    await file.transaction(async (connection) => {
      await makeOwnTables(connection, this.#namespace)
      await connection.run(`delete from ${table} where run = $1`, [report.run])
      await connection.run(
        `insert into ${table} (run, status, started_at, finished_at, report)
         values ($1, $2, $3::timestamptz, $4::timestamptz, $5)`,
        [report.run, report.status, report.startedAt, report.finishedAt, JSON.stringify(report)],
      )
    })
  }

  async close(): Promise<void> {
    const opening = this.#file
    this.#file = undefined
    const file = await opening?.catch(() => undefined)
    await file?.release()
  }

  async #acquire(): Promise<DatabaseFile> {
    this.#file ??= DatabaseFile.acquire(this.#path)
    try {
      return await this.#file
    } catch (error) {
      this.#file = undefined
      throw error
    }
  }
}

/** Whether there is a file: asking what it holds must not make one. */
async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
