/* Generated from the JSON Schema of the same name by `npm run generate`. */

/**
 * A claim about what is already durable in the destination. It is committed in one transaction with the rows it speaks of.
 */
export interface Checkpoint {
  version: 1
  /**
   * Every record that changed before this second is in the destination. Absent: nothing is claimed.
   */
  through?: number
  /**
   * Where the claim begins, the pipeline's start date: records that changed before this second were not asked for. Absent: from the beginning.
   */
  since?: number
  reading?: Reading
  /**
   * Records that were listed, and could not be found when they were asked for. The next reads look for each once more: some APIs find them again.
   */
  vanished?: VanishedRecord[]
  /**
   * Full refresh: when the generation in the table was read, Unix seconds.
   */
  replacedAt?: number
}
/**
 * A read that was not finished: its windows that are not yet durable to their end.
 */
export interface Reading {
  /**
   * What may be claimed when all windows are done.
   */
  through: number
  /**
   * From where on it may be claimed then. Absent: from the beginning.
   */
  since?: number
  /**
   * About how many pages a window of this read should have: only one that has many more is cut. Absent: no window was cut yet.
   */
  windowPages?: number
  windows: OpenWindow[]
}
export interface OpenWindow {
  /**
   * Which of the manifest's partitions, from 0.
   */
  partition?: number
  /**
   * Unix seconds, the bound as asked. Absent: from the beginning.
   */
  after?: number
  /**
   * Unix seconds, the bound as asked. Absent: no upper bound.
   */
  before?: number
  /**
   * Keys of records that vanished before, and are wanted once more although their version is claimed.
   */
  vanished?: string[]
  /**
   * Nothing but what vanished is wanted of this window.
   */
  only?: boolean
  /**
   * Read after all others, for what changed since the read began: a record that changes moves within its list.
   */
  again?: boolean
  /**
   * It could not be read, or was cut from one that could not, while others could. It is tried after all others, and keeps back nothing that changes later.
   */
  suspect?: boolean
  /**
   * Where in this window's list everything before is durable: a cursor that names a position in the data, or a page number. Only a shortcut: refused by the API, the window is read again.
   */
  position?: string | number
  /**
   * Parents beyond the position whose children are durable: key → the version that was read.
   */
  parents?: {
    [k: string]: number | string | null
  }
}
export interface VanishedRecord {
  /**
   * Its primary key as text.
   */
  key: string
  /**
   * When the version that was listed had changed, Unix seconds.
   */
  time: number
  /**
   * Of which of the manifest's partitions, from 0.
   */
  partition?: number
  /**
   * How many reads could not find it. Absent: one.
   */
  times?: number
  /**
   * It was not gone: the API failed to give what belongs to it, of these objects. It is looked for until it does.
   */
  unread?: string[]
}
