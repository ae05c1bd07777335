import type { RunRow } from '../store/run-rows.ts'
import type { RunRecorder } from './run-recorder.ts'
import type { RunStop } from './run-stops.ts'
import type { WorkerParts } from './worker-parts.ts'

/** A run in this worker's hands. */
export interface Carried {
  readonly parts: WorkerParts
  /** As it was claimed. */
  readonly run: RunRow
  readonly recorder: RunRecorder
  readonly stop: RunStop
}
