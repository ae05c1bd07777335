/** What is wrong with a document, where, and what to do about it. */
export interface SchemaProblem {
  /** JSON pointer (RFC 6901) of the value, or of the place where one is missing. */
  readonly pointer: string
  /** What is wrong, a sentence. */
  readonly message: string
  /** What to do, a sentence. */
  readonly fix: string
}
