import type { Command } from './command.ts'
import type { StepId } from './draft-document.ts'
import { pointerParts } from './json-pointer.ts'

/** One thing that is wrong, or worth knowing, tied to the place where it is mended. */
export interface EditorProblem {
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
  /** The step whose panel holds the field; undefined: the header's name. */
  readonly step: StepId | undefined
  /** What mends it with one click, and the words on that button. */
  readonly remedy?: { readonly label: string; readonly command: Command }
  readonly from: 'editor' | 'server'
  /** Nothing is wrong: a step is still to be taken before the pipeline can run. */
  readonly missing?: true
}

/** The step in whose panel a part of the document is edited. */
export function stepOf(pointer: string): StepId | undefined {
  const [first, , third] = pointerParts(pointer)
  switch (first) {
    case 'name':
    case undefined:
      return undefined
    case 'destination':
      return 'destination'
    case 'objects':
      return third === 'fields' ? 'protection' : 'source'
    default:
      return 'source'
  }
}

/** Problems of a step, its badge. Where no protection step is drawn, the source answers for fields, too. */
export function problemsOf(
  problems: readonly EditorProblem[],
  step: StepId,
  drawn: readonly StepId[],
): readonly EditorProblem[] {
  return problems.filter((problem) => {
    if (problem.step === step) return true
    if (step.startsWith('object:')) return pointerParts(problem.pointer)[1] === step.slice('object:'.length)
    return step === 'source' && problem.step === 'protection' && !drawn.includes('protection')
  })
}

/** Problems at a field, or inside it. */
export function problemsAt(problems: readonly EditorProblem[], pointer: string): readonly EditorProblem[] {
  return problems.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))
}

/** Whether nothing is wrong but that steps are still to be taken, as with a pipeline that was just begun. */
export function isOnlyBegun(problems: readonly EditorProblem[]): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return errors.length > 0 && errors.every(({ missing }) => missing)
}

/** How many problems stop the pipeline from being published. */
export function countErrors(problems: readonly EditorProblem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length
}
