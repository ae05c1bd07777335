import { escapePointer } from '@penstock/schemas/explain-keyword.ts'
import type { SchemaProblem } from '@penstock/schemas/schema-problem.ts'

/** One thing that is wrong with a document: where (a JSON pointer, RFC 6901), what, in a sentence, and what to do about it. */
export type Problem = SchemaProblem

/** A JSON pointer from its parts, which may hold any character. */
export function pointerTo(...parts: readonly string[]): string {
  return parts.map((part) => `/${escapePointer(part)}`).join('')
}

/** error: the document cannot be published. warning: it can, and someone should know. */
export type Severity = 'error' | 'warning'

/** A problem, and how bad it is. */
export interface JudgedProblem extends Problem {
  readonly severity: Severity
}
