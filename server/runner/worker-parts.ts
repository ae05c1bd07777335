import type { Locks } from '../engine/shared-budget.ts'
import type { Services } from '../services.ts'
import type { RunStops } from './run-stops.ts'

/** What the runs of one worker process have in common. */
export interface WorkerParts {
  readonly services: Services
  /** Names the process among all workers, now and ever. */
  readonly name: string
  readonly stops: RunStops
  readonly locks: Locks
  /** What this process alone has open. */
  readonly files: Locks
}
