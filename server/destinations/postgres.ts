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
import { checkPostgres } from './postgres/check.ts'
import { claimTables, planClaim } from './postgres/claim-tables.ts'
import { readConnectionUrl } from './postgres/connection-options.ts'
import type { ConnectionOptions } from './postgres/connection-options.ts'
import { countTables, sumField } from './postgres/count-tables.ts'
import { Reconnecting } from './postgres/keep-trying.ts'
import { PostgresOpenTables } from './postgres/open-tables.ts'
import { makeOwnTables } from './postgres/own-tables.ts'
import { quoteTable } from './postgres/quote-name.ts'
import { standingTables } from './postgres/standing-tables.ts'
import { forgetRuns, wipeObject } from './postgres/wipe-tables.ts'
import { storedTable } from './stored-row.ts'

/** A schema of a PostgreSQL database, 14 or later. */
export class PostgresDestination implements Destination {
  readonly inProcess = false
  readonly #options: ConnectionOptions
  readonly #namespace: string
  readonly #connection: Reconnecting
  #lastClaim: Promise<unknown> = Promise.resolve()

  /** `url` as `readConnectionUrl` takes it. Connects when first used. */
  constructor(url: string, namespace: string) {
    this.#options = readConnectionUrl(url)
    this.#namespace = namespace
    this.#connection = new Reconnecting(this.#options)
  }

  async check(): Promise<readonly Finding[]> {
    return await checkPostgres(this.#options, this.#namespace)
  }

  async describe(objects: readonly string[]): Promise<ReadonlyMap<string, StoredTable>> {
    const rows = await this.#connection.use((session) => standingTables(session, this.#namespace, objects))
    return new Map([...rows].map(([object, row]) => [object, storedTable(row)]))
  }

  async open(tables: readonly TableSpec[], claim: Claim): Promise<OpenTables> {
    const connection = new Reconnecting(this.#options)
    try {
      const claimed = await connection.use((session) =>
        this.#inTurn(() => claimTables(session, this.#namespace, tables, claim)),
      )
      return new PostgresOpenTables(connection, this.#namespace, claim, claimed)
    } catch (error) {
      await connection.end()
      throw error
    }
  }

  async plan(tables: readonly TableSpec[]): Promise<readonly PlannedStatement[]> {
    return await this.#connection.use((session) => planClaim(session, this.#namespace, tables))
  }

  async countRows(objects: readonly string[]): Promise<ReadonlyMap<string, RowCount>> {
    return await this.#connection.use((session) => countTables(session, this.#namespace, objects))
  }

  async sumField(object: string, path: string, atMost: number): Promise<FieldSum | undefined> {
    return await this.#connection.use((session) =>
      sumField(session, this.#namespace, object, { path, atMost }),
    )
  }

  async wipe(
    objects: readonly string[],
    options: Parameters<Destination['wipe']>[1] = {},
  ): Promise<ReadonlyMap<string, number>> {
    const removed = new Map<string, number>()
    for (const object of objects) {
      const rows = await this.#connection.use((session) => wipeObject(session, this.#namespace, object))
      removed.set(object, rows)
      options.onObject?.(object, rows)
    }
    await this.#connection.use((session) => forgetRuns(session, this.#namespace))
    return removed
  }

  async recordRun(report: RunReport): Promise<void> {
    await this.#connection.use((session) =>
      session.transaction(async () => {
        await session.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `penstock ${this.#namespace}`,
        ])
        await makeOwnTables(session, this.#namespace)
        await session.query(
          `insert into ${quoteTable(this.#namespace, '_penstock_runs')} (run, status, started_at, finished_at, report)
           values ($1, $2, $3::text::timestamptz, $4::text::timestamptz, $5)
           on conflict (run) do update set status = excluded.status, finished_at = excluded.finished_at, report = excluded.report`,
          [report.run, report.status, report.startedAt, report.finishedAt, JSON.stringify(report)],
        )
      }),
    )
  }

  async close(): Promise<void> {
    await this.#connection.end()
  }

  /**
   * One claim after another. Claims wait for one another in the database anyway; but were this process paused while many wait there, the
   * database would hand the lock to each of them in turn, and keep every other run out for half a minute each time.
   */
  async #inTurn<T>(claim: () => Promise<T>): Promise<T> {
    const claimed = this.#lastClaim.then(claim)
    this.#lastClaim = claimed.catch(() => undefined)
    return await claimed
  }
}
