import { randomUUID } from 'node:crypto'

/**
 * What the sandbox answers: a status and a body that is JSON text unless the content type says otherwise. A long body
 * comes in pieces: to encode record by record is twice as fast as to join a page first, as most records are ASCII.
 */
export interface Answer {
  readonly status: number
  readonly body: string | readonly string[]
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A 200 with JSON text. */
export function ok(body: string | readonly string[]): Answer {
  return { status: 200, body }
}

/** A refusal that a handler throws and the server answers, in Intercom's error envelope. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined

  constructor(status: number, code: string, message: string, field?: string) {
    super(message)
    this.status = status
    this.code = code
    this.field = field
  }

  get answer(): Answer {
    return problem(this.status, this.code, this.message, this.field)
  }
}

/** An error in Intercom's envelope, with a request id. */
export function problem(status: number, code: string, message: string, field?: string): Answer {
  const error = field === undefined ? { code, message } : { code, message, field }
  return { status, body: JSON.stringify({ type: 'error.list', request_id: randomUUID(), errors: [error] }) }
}

export const notFound = (message = 'Resource Not Found', code = 'not_found'): Refusal =>
  new Refusal(404, code, message)
