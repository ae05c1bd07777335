import type { Surroundings } from './catalogue.ts'
import type { DraftDocument } from './draft-document.ts'
import { missing, problem, warning } from './new-problem.ts'
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
  if (/^pg_/i.test(namespace) || /^information_schema$/i.test(namespace))
    return [problem(pointer, words.reservedNamespace(namespace))]
  if (reservedWords.has(namespace)) return [warning(pointer, words.wordNamespace(namespace))]
  return /^[a-z_][a-z0-9_]*$/.test(namespace) ? [] : [warning(pointer, words.quotedNamespace(namespace))]
}

/** Words that PostgreSQL never takes for a name unless they are quoted: its manual, appendix C, those marked "reserved" alone. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog ' +
    'current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except ' +
    'false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp ' +
    'not null offset on only or order placing primary references returning select session_user some symmetric system_user table ' +
    'then to trailing true union unique user using variadic when where window with'
  ).split(' '),
)
