import type { SchemaChange } from '../api/answers.ts'
import { changesText } from '../strings/changes.ts'

export type Decision = NonNullable<SchemaChange['decision']>

/** The decisions that a button stands for, in their order. What a field is another name of is chosen from a menu. */
const choices = {
  added: ['replicate', 'hash', 'exclude'],
  type_changed: ['replicate', 'hash', 'exclude'],
  // A column whose field vanished stays: there is nothing to choose, only to know.
  removed: ['replicate'],
} as const satisfies Record<SchemaChange['kind'], readonly Decision[]>

/** `applied`: what the run did already; `none` where it waits. */
export type Told = Pick<SchemaChange, 'kind' | 'continues' | 'applied'>

/** What can be decided about a change of this kind. */
export function decisionsFor(kind: SchemaChange['kind']): readonly Decision[] {
  return choices[kind]
}

/** A decision in the words of the change that it is about. */
export function wordFor({ kind, continues, applied }: Told, decision: Decision): string {
  if (kind === 'removed') return changesText.noted
  if (decision === 'continue' && continues !== null) return changesText.renamedFrom(continues)
  if (kind === 'added' && applied !== 'none') return changesText.kept[decision]
  return kind === 'added' ? changesText.decisions[decision] : changesText.retyped[decision]
}

/** What is said when it was decided. */
export function doneWordFor({ kind, continues, applied }: Told, decision: Decision): string {
  if (kind === 'removed') return `${changesText.noted}.`
  if (decision === 'continue' && continues !== null) return changesText.goesTo(continues)
  if (kind === 'added' && applied !== 'none') return changesText.doneKept[decision]
  return kind === 'added' ? changesText.done[decision] : changesText.doneRetyped[decision]
}

/** The decision that suits most: what looks sensitive is hashed. */
export function recommended({ looksSensitive, kind }: SchemaChange): Decision {
  return looksSensitive !== null && kind === 'added' ? 'hash' : 'replicate'
}

/** A change's field, as its table calls it. */
export function nameOf({ object, field }: SchemaChange): string {
  return `${object}.${field}`
}
