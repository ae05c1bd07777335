import { oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'
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

/** The filters of the pipelines list, as they stand in its address. */
export interface PipelinesSearch {
  readonly q?: string | undefined
  readonly status?: Status | undefined
  readonly project?: string | undefined
}

/** Reads the filters; what is not sound is left out. */
export function parsePipelinesSearch(search: RawSearch): PipelinesSearch {
  return {
    q: textOf(search, 'q'),
    status: oneOf(search, 'status', statuses),
    project: textOf(search, 'project'),
  }
}
