import type { Tx } from '../store/database.ts'

/** How the API hands runs to the workers. */
export interface RunQueue {
  /** Puts a run in line, in the transaction that wrote its row: both stand, or neither. */
  enqueue(tx: Tx, run: { readonly runId: string; readonly workspaceId: string }): Promise<void>
  /** Tells whichever worker carries the run to stop at a checkpoint. The row's `cancelRequestedAt` is set already. */
  announceCancel(runId: string): Promise<void>
  /** Puts the wiping of a connection in line, in the transaction that wrote its row. */
  enqueueWipe(tx: Tx, wipe: { readonly wipeId: string; readonly workspaceId: string }): Promise<void>
  close(): Promise<void>
}
