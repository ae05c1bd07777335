import { flagOf, oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'
import type { Status } from '../ui/status-badge.tsx'

export const statuses = [
  'draft',
  'healthy',
  'running',
  'warning',
  'failed',
  'paused',
  'needs_review',
] as const satisfies readonly Status[]

/** What the list can be ordered by; by name unless the address says otherwise. */
const orders = ['name', 'status', 'last_run', 'next_run'] as const
export type Order = (typeof orders)[number]

/** The filters and the order of the pipelines list, as they stand in its address. */
export interface PipelinesSearch {
  readonly q?: string | undefined
  readonly status?: Status | undefined
  readonly project?: string | undefined
  readonly sort?: Order | undefined
  readonly falling?: true | undefined
}

/** Reads the filters; what is not sound is left out. */
export function parsePipelinesSearch(search: RawSearch): PipelinesSearch {
  return {
    q: textOf(search, 'q'),
    status: oneOf(search, 'status', statuses),
    project: textOf(search, 'project'),
    sort: oneOf(search, 'sort', orders),
    falling: flagOf(search, 'falling'),
  }
}
