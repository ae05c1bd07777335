import { oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'

/** What the schema changes page shows, as it stands in its address. */
export interface ChangesSearch {
  readonly pipeline?: string | undefined
  readonly show?: 'decided' | undefined
}

/** Reads the parameters; what is not sound is left out. */
export function parseChangesSearch(search: RawSearch): ChangesSearch {
  return { pipeline: textOf(search, 'pipeline'), show: oneOf(search, 'show', ['decided']) }
}
