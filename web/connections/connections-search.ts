import { oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'

/** What the connections page shows, as it stands in its address: a kind, a word, the connection whose details are open. */
export interface ConnectionsSearch {
  readonly kind?: 'source' | 'destination' | undefined
  readonly q?: string | undefined
  readonly open?: string | undefined
}

/** Reads the parameters; what is not sound is left out. */
export function parseConnectionsSearch(search: RawSearch): ConnectionsSearch {
  return {
    kind: oneOf(search, 'kind', ['source', 'destination']),
    q: textOf(search, 'q'),
    open: textOf(search, 'open'),
  }
}
