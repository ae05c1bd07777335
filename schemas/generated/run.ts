/* Generated from the JSON Schema of the same name by `npm run generate`. */

/**
 * What a run did: the JSON document that ends the standard output of run --json.
 */
export interface RunReport {
  /**
   * The run's id.
   */
  run: string
  status: 'succeeded' | 'partial' | 'failed' | 'cancelled'
  /**
   * ISO 8601, UTC.
   */
  startedAt: string
  /**
   * ISO 8601, UTC.
   */
  finishedAt: string
  requests: number
  retries: number
  rateLimitWaitMs: number
  /**
   * What stopped the run as a whole.
   */
  error: null | ReportedError
  objects: ObjectReport[]
}
export interface ReportedError {
  code: string
  message: string
  advice: string
}
export interface ObjectReport {
  object: string
  status: 'succeeded' | 'skipped' | 'failed' | 'cancelled'
  mode: 'incremental' | 'full_refresh' | 'derived'
  /**
   * Records the source returned for this object, repeats included.
   */
  extracted: number
  /**
   * Rows written: new, or changed.
   */
  loaded: number
  /**
   * Records that were in the destination already, as they are, or newer.
   */
  unchanged: number
  /**
   * Records the API returned beyond what was asked: outside the window.
   */
  filtered: number
  rejected: number
  /**
   * Rows that went, or were marked as deleted at the source.
   */
  deleted: number
  requests: number
  /**
   * Requests that were sent once more, after a failure that passes.
   */
  retries?: number
  /**
   * How long it waited, by reason. Requests that wait side by side count once.
   */
  waits?: WaitTotal[]
  /**
   * When its reading began, ISO 8601, UTC; null where it never did.
   */
  startedAt?: null | string
  /**
   * When it ended, ISO 8601, UTC.
   */
  finishedAt?: null | string
  /**
   * Where it left off before this run.
   */
  checkpointBefore?: null | {}
  checkpoint: null | {}
  error: null | ReportedError
  warnings: string[]
  schemaChanges: SchemaChange[]
}
export interface WaitTotal {
  /**
   * rate_limit: the API's budget. busy: someone else holds it at the API. retry: after a failure that passes. lock: another run holds it.
   */
  reason: 'rate_limit' | 'busy' | 'retry' | 'lock'
  ms: number
}
/**
 * Never a value, only an example type.
 */
export interface SchemaChange {
  object: string
  field: string
  kind: 'added' | 'removed' | 'type_changed'
  /**
   * ISO 8601, UTC.
   */
  firstSeen: string
  exampleType: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null'
  /**
   * What the run did about it.
   */
  applied: 'column_added' | 'column_added_hashed' | 'column_widened' | 'none'
}
