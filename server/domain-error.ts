/** What a rule can answer: the request was understood, and is not done. Each has one HTTP status and one tRPC code. */
export type DomainCode =
  | 'UNAUTHORIZED' // nobody is signed in, or no longer
  | 'FORBIDDEN' // the role, or an admin's restriction, does not allow it
  | 'NOT_FOUND' // there is no such thing in this workspace
  | 'CONFLICT' // it changed meanwhile, or it stands in the way of another
  | 'INVALID' // what was sent cannot be
  | 'TOO_MANY' // a quota or a rate
  | 'UNAVAILABLE' // something outside did not answer; trying again may help

/**
 * A rule said no. The sentence is for the person: what was wrong, and what to do. It never holds a secret, a personal value, or text from outside.
 * `details` are plain data for the client (who saved meanwhile, which pipelines use it).
 */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: DomainCode
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(
    code: DomainCode,
    sentence: string,
    options: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details
  }
}
