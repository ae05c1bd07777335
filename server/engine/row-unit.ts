import type { RejectedRecord, Row } from './destination.ts'

/** Rows of one table that travel together. */
export interface TableRows {
  readonly rows: readonly Row[]
  /** Derived tables: the parents whose rows these are, all of them. */
  readonly parents: readonly Row[]
  /** Primary keys of records that are no more. */
  readonly gone: readonly Row[]
}

/** The same as it is filled, and counted. */
export interface UnitTable extends TableRows {
  readonly rows: Row[]
  readonly parents: Row[]
  readonly gone: Row[]
  extracted: number
  filtered: number
  /** Met again, as they were: not sent to the destination. */
  unchanged: number
  /** Parents that hold more of these than the API gives. */
  capped: number
  /** Records that were gone when more of them was asked for. */
  vanished: number
}

/** How far a read has come once the unit is durable. */
export type Progress =
  | {
      readonly type: 'parent'
      readonly window: number
      readonly key: string
      readonly version: number | null
    }
  /** A record, or something below it, could not be found when it was asked for. `time`: of the version that was listed, Unix seconds. */
  | {
      readonly type: 'vanished'
      readonly window: number
      readonly key: string
      readonly time: number
      /** It was there, but of these objects the API failed to give what belongs to it. */
      readonly unread?: readonly string[]
    }
  | { readonly type: 'page'; readonly window: number; readonly position?: string | number }
  | { readonly type: 'window'; readonly window: number }
  /** The window could not be read. */
  | { readonly type: 'failed'; readonly window: number }

/** What is committed together or not at all: a page's rows, or a parent's with all its children's. */
export class RowUnit {
  readonly tables = new Map<string, UnitTable>()
  readonly rejected: RejectedRecord[] = []
  readonly progress: Progress[] = []
  /** The shapes' versions when these rows were made, by object. */
  readonly versions = new Map<string, number>()
  /** Of which objects something below a record could not be found, so that it is to be looked for again; once for each. */
  readonly missed: string[] = []
  /** Some of its records changed while the run went on, so that the same may have come before in an older version. */
  moved = false
  /** About how much memory it takes, in bytes of the answer it came from. */
  bytes = 0
  /** How many requests need not be made again once it is durable: a page's, or those for a parent as one. */
  requests = 0

  table(object: string): UnitTable {
    const known = this.tables.get(object)
    if (known) return known
    const none = { extracted: 0, filtered: 0, unchanged: 0, capped: 0, vanished: 0 }
    const made: UnitTable = { rows: [], parents: [], gone: [], ...none }
    this.tables.set(object, made)
    return made
  }
}
