import { validateDraftDestination } from './validate-draft-destination.ts'
import { validateDraftObjects } from './validate-draft-objects.ts'
import { validateDraftSource } from './validate-draft-source.ts'
import type { Surroundings } from './catalogue.ts'
import type { DraftDocument } from './draft-document.ts'
import { isSameJson, pointerParts, valueAt } from './json-pointer.ts'
import { problem } from './new-problem.ts'
import { stepOf } from './problem.ts'
import type { EditorProblem } from './problem.ts'
import { validateFrequency } from './validate-frequency.ts'
import { withQuotedSetOff } from '../../strings/catalogue.ts'
import { problemStrings as words } from '../../strings/editor-problem.ts'

/** A problem as the server says it. */
export interface ServerProblem {
  readonly pointer: string
  readonly message: string
  readonly fix: string
  readonly severity: 'error' | 'warning'
}

/** The server's problems, with the document they are about. */
export interface ServerVerdict {
  readonly document: DraftDocument
  readonly problems: readonly ServerProblem[]
}

/**
 * Every rule that can be decided at once, without the server. Instant: it runs after every command. A rule whose facts are not
 * loaded yet says nothing.
 */
export function validateDraft(document: DraftDocument, around: Surroundings): readonly EditorProblem[] {
  return [
    ...(document.name.trim() === '' ? [problem('/name', words.noName)] : []),
    ...(document.name.length > 200 ? [problem('/name', words.longName)] : []),
    ...validateDraftSource(document, around),
    ...validateDraftObjects(document, around),
    ...validateFrequency(document),
    ...validateDraftDestination(document, around),
  ]
}

/**
 * The editor's problems with the server's beside them. A server problem counts while the part of the document it is about is as the
 * server saw it, and where the editor does not already complain about the same place.
 */
export function mergeProblems(
  own: readonly EditorProblem[],
  verdict: ServerVerdict | undefined,
  document: DraftDocument,
): readonly EditorProblem[] {
  if (!verdict) return own
  const said = new Set(own.map(({ pointer }) => pointer))
  const left = own.filter(({ missing }) => missing).map(({ pointer }) => pointer)
  const theirs = verdict.problems.filter(
    ({ pointer }) =>
      !isCovered(said, pointer) &&
      !isSaidOfPart(left, pointer) &&
      isUnchanged(verdict.document, document, pointer) &&
      isForCanvas(document, pointer),
  )
  const errors = theirs.map((one): EditorProblem => ({
    ...one,
    message: withQuotedSetOff(one.message),
    fix: withQuotedSetOff(one.fix),
    step: stepOf(one.pointer),
    from: 'server',
  }))
  return [...own, ...errors]
}

/** What the editor says of a part covers what the server says inside it. "source is missing", said of the whole, is said of the source already. */
function isCovered(said: ReadonlySet<string>, pointer: string): boolean {
  if (pointer === '') return said.size > 0
  return [...said].some((own) => own === pointer || pointer.startsWith(`${own}/`))
}

/** Of a part that is missing, the server complains where it should be: the editor has said which part, and what to choose. */
function isSaidOfPart(left: readonly string[], pointer: string): boolean {
  return left.some((own) => own.slice(0, own.lastIndexOf('/')) === pointer)
}

/** A missing part has no value of its own: then its parent is what must not have changed. */
function isUnchanged(then: DraftDocument, now: DraftDocument, pointer: string): boolean {
  if (pointerParts(pointer).length === 0) return isSameJson(then, now)
  return isSameJson(valueAt(then, pointer), valueAt(now, pointer))
}

/** Objects are chosen out of what a source offers: as long as it is missing, that is the problem. What new fields become is not asked while they wait for a decision. */
function isForCanvas({ source, schemaChanges }: DraftDocument, pointer: string): boolean {
  if (pointer === '/objects') return source !== undefined
  return pointer !== '/newFields' || schemaChanges !== 'block'
}
