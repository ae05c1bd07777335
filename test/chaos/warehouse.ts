import type { LandedRow } from '../engine/compare-tables.ts'

/** Where a seed's tables land, and how to look at them from outside. */
export interface Warehouse {
  readonly type: 'postgres' | 'duckdb'
  /** What stands under `destination.connection` of the document. */
  readonly connection: object
  /** What the runner's environment needs for it. */
  readonly env: Readonly<Record<string, string>>
  /** The rows that a query answers, or none where a table is not there yet. Tables are in the schema `intercom`. */
  query(sql: string): Promise<readonly LandedRow[]>
  /** Ends the database as a power cut would, and starts it again; absent where the database is a file. */
  crash?(): Promise<void>
  /**
   * Whether a new generation waits to be published, or a read of windows is half done, right now; absent where nobody can look while
   * a runner is at work.
   */
  shows?(what: 'staging' | 'loading'): Promise<boolean>
  close(): Promise<void>
}
