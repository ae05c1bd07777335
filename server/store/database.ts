import { sql } from './drizzle.ts'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { readConnectionUrl } from '../destinations/postgres/connection-options.ts'
import { prepareStatements } from './prepare-statements.ts'

/** A transaction. A function of the store takes it first and the workspace second, and asks for no other. */
export type Tx = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0]

/** What one statement by itself needs: the database, or a transaction. */
export type Reader = Pick<Tx, 'select'>

/** Penstock's own PostgreSQL, as one process sees it. */
export interface Database {
  /**
   * Does something for one workspace in one transaction, as a role that sees no other's rows. What is thrown rolls it back.
   * Keep it short: no call to the network belongs inside.
   */
  inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Does something for Penstock itself: what is due, what is left behind, who may sign in. Never for a request of a person. */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * For the sign-in library and the job queue, which bring their own queries, and for what Penstock itself reads with a single statement: a
   * transaction around it would be two more trips to the database. As with `asSystem`, nothing stands between workspaces here.
   */
  readonly orm: PostgresJsDatabase
  /** A client of its own for LISTEN and for raw statements; drizzle changes how its own client reads timestamps. */
  readonly raw: Sql
  /** The connection string, for the job queue's own pool. */
  readonly url: string
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Connections of this process at most, beside two for raw statements. */
  readonly connections?: number
}

/** How long a transaction may wait for its next statement: none of ours waits for anything but the database. */
export const longestPauseMs = 8000

/** What each session of ours asks PostgreSQL for as it begins. */
export const sessionSettings = {
  application_name: 'penstock',
  // A process that is stopped in the middle of a transaction must not keep its rows from whoever goes on.
  idle_in_transaction_session_timeout: longestPauseMs,
}

/** Opens a pool. Nothing is sent before the first query. */
export function openDatabase(url: string, { connections = 10 }: DatabaseOptions = {}): Database {
  const settings = {
    ...readConnectionUrl(url),
    onnotice: () => {},
    connection: sessionSettings,
  }
  const client = postgres({ ...settings, max: connections })
  const raw = postgres({ ...settings, max: 2 })
  const orm = drizzle(prepareStatements(client), { casing: 'snake_case' })
  return {
    orm,
    raw,
    url,
    inWorkspace: (workspaceId, work) =>
      orm.transaction(async (tx) => {
        const entered = enterWorkspace(tx, workspaceId)
        try {
          return await work(tx)
        } finally {
          // Where it failed PostgreSQL refused what came after it, and this is why.
          await entered
        }
      }),
    asSystem: (work) => orm.transaction(work),
    close: async () => {
      await Promise.all([client.end({ timeout: 5 }), raw.end({ timeout: 5 })])
    },
  }
}

/**
 * Sends what narrows a transaction to one workspace, for as long as it lasts, and does not wait for the answer, which would be one more trip
 * to the database in every call of the API: PostgreSQL takes the statements of a connection in their order, and after one that failed
 * refuses all others of the transaction. It is on its way before anything that the caller sends next, so it must be called first.
 */
function enterWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  const entered = tx
    .execute(
      sql`select set_config('penstock.workspace', ${workspaceId}, true), set_config('role', 'penstock_app', true)`,
    )
    .then(() => {})
  entered.catch(() => {})
  return entered
}
