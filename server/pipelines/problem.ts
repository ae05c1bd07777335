/** One thing that is wrong with a document: where (a JSON pointer, RFC 6901), what, in a sentence, and what to do about it. */
export interface Problem {
  readonly pointer: string
  readonly message: string
  readonly fix: string
}

/** A JSON pointer from its parts, which may hold any character. */
export function pointerTo(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
