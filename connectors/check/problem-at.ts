import { escapePointer } from '@penstock/schemas/explain-keyword.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'

/** The steps from a file's root to a place in it. */
export type Steps = readonly (string | number)[]

/** A problem of the manifest at the place the steps lead to. */
export function problemAt(steps: Steps, message: string, fix: string): ConnectorProblem {
  return problemIn('manifest.yaml', steps, message, fix)
}

/** A problem of any file of the connector. */
export function problemIn(file: string, steps: Steps, message: string, fix: string): ConnectorProblem {
  return { file, pointer: steps.map((step) => `/${escapePointer(String(step))}`).join(''), message, fix }
}

/** What to write instead of a name that does not exist: the nearest, and all there are. */
export function suggestName(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'There are none to choose from; declare one first.'
  const near = nearestWord(name, known)
  return `${near ? `Did you mean ${near}? ` : ''}There are: ${known.join(', ')}.`
}

/** An object was named that the manifest does not have. */
export function unknownObject(
  steps: Steps,
  object: string,
  objects: Readonly<Record<string, unknown>>,
): ConnectorProblem {
  return problemAt(steps, `There is no object “${object}”.`, suggestName(object, Object.keys(objects)))
}
