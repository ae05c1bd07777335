import type { RunObject, RunState } from '../api/answers.ts'
import type { Status } from '../ui/status-badge.tsx'

/** Each state of a run, in the one vocabulary of states. */
export const runLooks: Readonly<Record<RunState, Status>> = {
  queued: 'draft',
  running: 'running',
  succeeded: 'healthy',
  partial: 'warning',
  failed: 'failed',
  cancelled: 'paused',
}

/** Each state of an object within a run, in the one vocabulary of states. */
export const objectLooks: Readonly<Record<RunObject['state'], Status>> = {
  queued: 'draft',
  extracting: 'running',
  loading: 'running',
  done: 'healthy',
  warning: 'warning',
  failed: 'failed',
  skipped: 'warning',
  cancelled: 'paused',
}

/** Whether the run may still change. */
export function isLive(state: RunState): boolean {
  return state === 'queued' || state === 'running'
}
