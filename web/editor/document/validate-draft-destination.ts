import type { Surroundings } from './catalogue.ts'
import type { DraftDocument } from './draft-document.ts'
import { missing, problem } from './new-problem.ts'
import type { EditorProblem } from './problem.ts'
import { validateConnection } from './validate-draft-source.ts'
import { problemStrings as words } from '../../strings/editor-problem.ts'

/** PostgreSQL keeps 63 bytes of an identifier; longer ones would be cut, and two could become one. */
const longestNamespaceBytes = 63

/** A destination there must be, on a connection that works, with a namespace it can make. */
export function validateDraftDestination(
  { destination }: DraftDocument,
  { connections }: Surroundings,
): readonly EditorProblem[] {
  if (!destination) return [missing('/destination', words.noDestination)]
  return [
    ...validateConnection('/destination/connection', destination.connection, connections),
    ...validateNamespace(destination.schema),
  ]
}

function validateNamespace(namespace: string): readonly EditorProblem[] {
  const pointer = '/destination/schema'
  if (namespace.trim() === '') return [problem(pointer, words.noNamespace)]
  if (new TextEncoder().encode(namespace).length > longestNamespaceBytes)
    return [problem(pointer, words.longNamespace)]
  return /^pg_/i.test(namespace) || /^information_schema$/i.test(namespace)
    ? [problem(pointer, words.reservedNamespace(namespace))]
    : []
}
