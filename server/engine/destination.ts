import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'

/** What a column holds. `json` lands as JSON text; `integer` is 64 bits wide. */
export type ColumnType = 'text' | 'integer' | 'double' | 'boolean' | 'json'

/**
 * One value on its way into a column: text and json as strings (well-formed UTF-16 without U+0000), integer as
 * number or, beyond 2^53, bigint (within 64 bits, signed), double as a finite number, boolean as boolean.
 */
export type Cell = string | number | bigint | boolean | null

/** A record's values, in the order of its table's columns. Shaped and protected: what stands here may be written. */
export type Row = readonly Cell[]

export interface Column {
  /** The API's own name. The destination maps it to a column name of its own, injectively, and remembers which. */
  readonly field: string
  readonly type: ColumnType
  /** Kept for the engine beside the column, never interpreted: protection, when first seen. */
  readonly note?: string
}

export interface TableSpec {
  /** The table's name: the object's. */
  readonly object: string
  readonly columns: readonly Column[]
  /** Fields that name a row. Their columns are never null. */
  readonly primaryKey: readonly string[]
  /**
   * A field whose greater value is the newer record. A row is never replaced by one with a smaller value. Texts are compared where they are of
   * one length and end in the same zone (Z, +02:00 or none): others say nothing of which is newer.
   */
  readonly versionField?: string
  /** Derived tables: the fields that name the parent. The rows of a parent are replaced as a whole. */
  readonly parentKey?: readonly string[]
}

/** What a run counted of one object's records, over all that landed. */
export interface RunCounts {
  readonly extracted: number
  readonly loaded: number
  readonly unchanged: number
  readonly filtered: number
  readonly rejected: number
  readonly deleted: number
  /** Parents that hold more of the object than the API gives. An earlier version did not keep it. */
  readonly capped?: number
  /** Records that were listed, and gone when they were asked for. Nor this. */
  readonly vanished?: number
}

/** A table as an earlier run left it. */
export interface StoredTable {
  readonly columns: readonly Column[]
  readonly checkpoint: Checkpoint | undefined
  /** Whose data this is: `Claim.source` of the run that made it. */
  readonly source: string
  /** The run that moved the checkpoint last, and what it had counted by then. Absent where it did not say. */
  readonly counted?: { readonly run: string; readonly counts: RunCounts } | undefined
}

/** Who is writing: a run, and the account it reads from. */
export interface Claim {
  readonly run: string
  /** Never mixed with another's in one table. Empty where the API would not say: the first that has a name takes the table over. */
  readonly source: string
}

export interface TableBatch {
  readonly object: string
  /** At most one row for each primary key. */
  readonly rows: readonly Row[]
  /** Derived tables: the parents (values of `parentKey`) whose rows are replaced by `rows`; a parent without rows loses all of its own. */
  readonly parents?: readonly Row[]
  /** Primary keys that the source says are no more. Their rows stay, with `_deleted_at` set. */
  readonly gone?: readonly Row[]
}

/** A record that cannot land. It tells which and why, and holds nothing that should be protected. */
export interface RejectedRecord {
  readonly object: string
  /** The primary key as JSON text, as far as it is known. */
  readonly key: string
  readonly reason: string
}

/** What stands beside the rows once they have landed. */
export interface Earned {
  /** By object. What is absent keeps its checkpoint. */
  readonly checkpoints: ReadonlyMap<string, Checkpoint>
  /**
   * Of the objects in `checkpoints`: what the run has counted with these rows, but for what only the destination finds out. It adds that
   * (loaded, deleted, and to `unchanged` the rows that it met as they are), and keeps the sums with the checkpoint: whoever goes on
   * with the run begins with them.
   */
  readonly counts?: ReadonlyMap<string, RunCounts>
}

/** Rows of one group of tables and the checkpoints they earn. */
export interface Commit extends Earned {
  /** At most one for each table. */
  readonly batches: readonly TableBatch[]
  readonly rejected: readonly RejectedRecord[]
  /**
   * To be called as soon as all rows are on their way and the destination only has to wait for its database: until then, and no longer
   * than the commit, the processor is left to it. May be called more than once.
   */
  readonly onSent?: () => void
}

/** What `publish` is asked for. */
export interface Publication extends Earned {
  readonly objects: readonly string[]
  readonly guard: boolean
  readonly rejected: readonly RejectedRecord[]
}

/** Rows written (new or changed), met as they were or newer, and gone, for one table. */
export interface Written {
  readonly loaded: number
  readonly unchanged: number
  readonly deleted: number
}

/** By object. */
export type CommitResult = ReadonlyMap<string, Written>

/** A statement that `open` would issue. Nothing in it is a value of a record. */
export interface PlannedStatement {
  /** Absent for the namespace and the tables of ours. */
  readonly object?: string
  readonly sql: string
}

/** How many rows a table has. */
export interface RowCount {
  /** All of them. */
  readonly rows: number
  /** Of these, those that are marked as deleted at the source. */
  readonly deleted: number
}

/** The numbers that rows hold in one place, added up. */
export interface FieldSum {
  readonly sum: number
  /** The same, with no row counted for more than `atMost`. */
  readonly upTo: number
  /** How many rows hold more than `atMost`. */
  readonly over: number
}

/** Something a destination may not do, found before a run. */
export interface Finding {
  readonly ok: boolean
  /** What was looked at: `connect`, `create schema`, `create table`, `write`, `disk space`, `file lock`. */
  readonly what: string
  /** A sentence, and where it is not ok, a second one with a remedy. */
  readonly message: string
}

/**
 * A place where tables land. One contract suite holds for all of them: test/contracts/destination.ts.
 * Rejects with `RunFailure` (server/engine/failures.ts): `destination_unavailable` when trying again may help,
 * `destination_refused` when a person must act, `fenced` when a newer run has opened the table since,
 * `other_source` when a table holds another account's data, `collapsed_read` from `publish`.
 */
export interface Destination {
  /** Its database works in this process, on the same thread's time. Otherwise it works beside it, as long as it is fed. */
  readonly inProcess: boolean

  /** Tries what a run will need, and leaves nothing behind. Never rejects: what fails is a finding. */
  check(): Promise<readonly Finding[]>

  /** The tables of these names as they stand, without claiming them. Absent where there is none yet. */
  describe(objects: readonly string[]): Promise<ReadonlyMap<string, StoredTable>>

  /**
   * Claims these tables for one run, together: makes what is missing (schema, table, columns), widens columns
   * whose type is now wider (integer → double → text, boolean → text; anything → json is text too), and raises the fence of
   * each, so that a run that opened them before writes nothing any more. Columns that are no longer named stay.
   */
  open(tables: readonly TableSpec[], claim: Claim): Promise<OpenTables>

  /** The statements that `open` would issue now, in their order, and none of them done. Rejects as `open` would for a table that it refuses. */
  plan(tables: readonly TableSpec[]): Promise<readonly PlannedStatement[]>

  /** By object. Absent where there is no table. */
  countRows(objects: readonly string[]): Promise<ReadonlyMap<string, RowCount>>

  /**
   * Adds up the whole numbers that an object's rows, less those marked as deleted, hold at a dotted path: a field, or a place inside a
   * JSON field. Undefined where there is no table or no such field.
   */
  sumField(object: string, path: string, atMost: number): Promise<FieldSum | undefined>

  /**
   * Removes everything of these objects: table, checkpoint, rejected records, one object after the other, each in one transaction; and
   * the reports of runs of which no object is left. Whoever has the tables open writes nothing any more. May be called again after it
   * failed: what is gone already counts 0. A table that views stand on cannot go, so it stays, empty. Gives the rows that were removed, by object.
   */
  wipe(
    objects: readonly string[],
    options?: { readonly onObject?: (object: string, rows: number) => void },
  ): Promise<ReadonlyMap<string, number>>

  /** Keeps a finished run's report in `_penstock_runs`. */
  recordRun(report: RunReport): Promise<void>

  close(): Promise<void>
}

/** Tables that commit together under one fence. Calls do not overlap, but for those of other groups. */
export interface OpenTables {
  /** Where each table's last commit left off, by object, as of the claim. */
  readonly checkpoints: ReadonlyMap<string, Checkpoint | undefined>

  /** What this run had counted by the last commit of whoever carried it before, by object. Absent where that committed nothing. */
  readonly counts: ReadonlyMap<string, RunCounts>

  /** Adds and widens columns, as `open` does; `rows` given later are in the new order. */
  alter(table: TableSpec): Promise<void>

  /**
   * Makes rows, rejected records and checkpoints durable together, or nothing of them. The same rows may arrive
   * again after a crash. A row that is there with equal values counts as unchanged and keeps its `_synced_at`;
   * one that is there with a greater version stays, deleted or not. A row that arrives again after it was marked as deleted is no longer deleted.
   */
  commit(commit: Commit): Promise<CommitResult>

  /**
   * Puts rows of a new generation aside, unseen by readers. The first call after `open` or `publish` starts empty.
   * Where a primary key comes twice, the last one (or the one with the greater version) stays. What was staged before of a batch's
   * `parents`, and of the keys in `gone`, is taken out again.
   */
  stage(batches: readonly TableBatch[]): Promise<void>

  /**
   * Replaces the tables' rows with what was staged, all in one transaction with checkpoints and rejected records: a reader sees the
   * old tables or the new ones. Views and grants keep working. `objects`: the tables to replace (one without staged rows becomes empty).
   * Of the rows that were staged, repeats included, each counts as loaded or as unchanged.
   * With `guard`, rejects with `collapsed_read` and leaves everything as it was when a table would fall from any rows to none,
   * or from 20 and more to less than half.
   */
  publish(input: Publication): Promise<CommitResult>

  /** Drops what was staged and lets go of connections. Never rejects. The claim stays in force. */
  release(): Promise<void>
}
