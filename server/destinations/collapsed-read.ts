import { RunFailure } from '../engine/failures.ts'

/**
 * Refuses to replace a table by far less than it holds: from any rows to none, or from 20 and more to less than half.
 * A source that answers with too little is met more often than one that lost its records.
 */
export function refuseCollapse(object: string, before: number, after: number): void {
  const collapsed = before > 0 && (after === 0 || (before >= 20 && after * 2 < before))
  if (!collapsed) return
  throw new RunFailure(
    'collapsed_read',
    `The table of ${object} holds ${before} rows and only ${after} came back.`,
  )
}
