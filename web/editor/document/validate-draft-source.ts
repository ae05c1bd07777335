import type { SavedConnection, Surroundings } from './catalogue.ts'
import type { DraftDocument } from './draft-document.ts'
import { missing, problem, warning } from './new-problem.ts'
import type { EditorProblem } from './problem.ts'
import { problemStrings as words } from '../../strings/editor-problem.ts'

/** A source there must be, on a connection that works. */
export function validateDraftSource(
  { source, concurrency }: DraftDocument,
  { connections }: Surroundings,
): readonly EditorProblem[] {
  const limits = isSoundConcurrency(concurrency) ? [] : [problem('/concurrency', words.concurrency)]
  if (!source) return [missing('/source', words.noSource), ...limits]
  return [...validateConnection('/source/connection', source.connection, connections), ...limits]
}

/** Whether the connection an end of the pipeline names is chosen, still there, and well. */
export function validateConnection(
  pointer: string,
  connection: unknown,
  known: readonly SavedConnection[] | undefined,
): readonly EditorProblem[] {
  if (connection === undefined || connection === '') return [missing(pointer, words.noConnection)]
  if (typeof connection !== 'string' || known === undefined) return []
  const saved = known.find(({ id }) => id === connection)
  if (!saved) return [problem(pointer, words.connectionGone)]
  switch (saved.health) {
    case 'broken':
      return [problem(pointer, words.connectionBroken(saved.name, saved.healthDetail))]
    case 'untested':
      return [warning(pointer, words.connectionUntested(saved.name))]
    case 'healthy':
      return []
  }
}

function isSoundConcurrency(concurrency: number | undefined): boolean {
  return concurrency === undefined || (Number.isInteger(concurrency) && concurrency >= 1)
}
