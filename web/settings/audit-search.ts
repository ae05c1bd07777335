import { dayOf, oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'

/** The filters of the audit log, as they stand in the address of its page. */
export interface AuditSearch {
  readonly q?: string | undefined
  readonly outcome?: 'done' | 'denied' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Reads the filters; what is not sound is left out. */
export function parseAuditSearch(search: RawSearch): AuditSearch {
  return {
    q: textOf(search, 'q'),
    outcome: oneOf(search, 'outcome', ['done', 'denied']),
    from: dayOf(search, 'from'),
    to: dayOf(search, 'to'),
  }
}
