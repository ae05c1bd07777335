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
  checkpoint: null | {}
  error: null | ReportedError
  warnings: string[]
  schemaChanges: SchemaChange[]
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
