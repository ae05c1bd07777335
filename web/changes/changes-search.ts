import type { SchemaChange } from '../api/answers.ts'
import { oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'

/** Rules by which changes are shown, and then selected and decided together. */
export const rules = ['breaking', 'decision', 'info', 'sensitive'] as const
export type Rule = (typeof rules)[number]

/** What the schema changes page shows, as it stands in its address. */
export interface ChangesSearch {
  readonly pipeline?: string | undefined
  readonly show?: 'decided' | undefined
  readonly only?: Rule | undefined
}

/** Reads the parameters; what is not sound is left out. */
export function parseChangesSearch(search: RawSearch): ChangesSearch {
  return {
    pipeline: textOf(search, 'pipeline'),
    show: oneOf(search, 'show', ['decided']),
    only: oneOf(search, 'only', rules),
  }
}

/** Whether a change is one of those that are asked for. */
export function isAsked(change: SchemaChange, { pipeline, only }: ChangesSearch): boolean {
  if (pipeline !== undefined && change.pipelineId !== pipeline) return false
  if (only === undefined) return true
  return only === 'sensitive' ? change.looksSensitive !== null : change.severity === only
}
