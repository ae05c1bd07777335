import { stepOf } from './problem.ts'
import type { EditorProblem } from './problem.ts'

/** What a rule says: the fault, and what to do. */
export interface Said {
  readonly message: string
  readonly fix: string
}

/** Makes a problem that the editor's own rules found and that stops publishing. `pointer`: the JSON pointer of what is wrong. */
export function problem(pointer: string, { message, fix }: Said): EditorProblem {
  return { pointer, message, fix, severity: 'error', step: stepOf(pointer), from: 'editor' }
}

/** A step that is still to be taken: it stops publishing as an error does, and is called otherwise. */
export function missing(pointer: string, said: Said): EditorProblem {
  return { ...problem(pointer, said), missing: true }
}

/** Something worth knowing that stops nothing. */
export function warning(pointer: string, said: Said, remedy?: EditorProblem['remedy']): EditorProblem {
  return { ...problem(pointer, said), severity: 'warning', ...(remedy ? { remedy } : {}) }
}
