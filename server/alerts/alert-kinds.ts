import type { AlertKind } from '../store/tables/alerts.ts'

/** Everything that Penstock raises an alert about. */
export const alertKinds = [
  'run_failed',
  'run_partial',
  'connection_needs_reauthorisation',
  'schema_change_waiting',
  'data_stale',
] as const satisfies readonly AlertKind[]
