import type { HttpResponse } from '../egress/collect-response.ts'
import { RunFailure } from './failures.ts'
import type { Json } from './read-path.ts'

/** A good answer, parsed. */
export interface Answer {
  readonly json: Json
  /** The manifest knows this answer: it says that there is nothing, in a way of its own (304, or a 404). */
  readonly empty?: boolean
  /** The body as it came, less a byte order mark. */
  readonly text: string
  /** A response header, by its lower-case name. */
  header(name: string): string | undefined
  /** The URL that was asked: what relative links are relative to. */
  readonly base: URL
}

/** Parses a good response. Throws `not_an_answer` for HTML, an empty body, or anything else that is not JSON. */
export function parseAnswer(response: HttpResponse, base: URL): Answer {
  const { headers } = response
  // A byte order mark is no JSON, but some servers send one (RFC 8259, section 8.1, lets a parser ignore it).
  const body = response.body.startsWith('\ufeff') ? response.body.slice(1) : response.body
  return {
    // No content (204): whether that is an empty list, the list's manifest says.
    json: response.status === 204 && body === '' ? undefined : parse(body),
    text: body,
    header: (name) => headers.get(name),
    base,
  }
}

/** An answer that stands for an empty list. */
export function emptyAnswer(response: HttpResponse, base: URL): Answer {
  return { json: undefined, empty: true, text: '', header: (name) => response.headers.get(name), base }
}

function parse(body: string): Json {
  try {
    return JSON.parse(body)
  } catch (error) {
    // The parser's own message quotes the body, so it stays in the cause's type only.
    const what = body.trim() === '' ? 'an empty body' : 'something that is not JSON'
    throw new RunFailure('not_an_answer', `The API answered with ${what}.`, {
      cause: error instanceof Error ? error.name : undefined,
    })
  }
}
