import type { CheckResult, Connection } from '../api/answers.ts'
import type { Tone } from '../ui/badge.tsx'
import type { Status } from '../ui/status-badge.tsx'

/** Each state of a connection, in the one vocabulary of states. */
export const connectionLooks: Readonly<Record<Connection['state'], Status>> = {
  healthy: 'healthy',
  unchecked: 'draft',
  needs_reauthorisation: 'needs_review',
  disconnected: 'paused',
  wiping: 'running',
}

type Access = NonNullable<CheckResult['objects']>[number]['access']

/** The colour of each kind of access to an object. */
export const accessTones: Readonly<Record<Access, Tone>> = {
  works: 'ok',
  missing_scope: 'warn',
  plan_gate: 'warn',
  forbidden: 'bad',
  failed: 'bad',
}
