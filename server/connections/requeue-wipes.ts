import type { Services } from '../services.ts'
import { listUnfinishedWipes } from '../store/wipe-rows.ts'

/** Puts deletions in line that have not finished and that the queue may have forgotten. One that waits or runs there is not doubled. */
export async function requeueWipes({ database, queue }: Services): Promise<void> {
  for (const wipe of await database.asSystem(listUnfinishedWipes))
    await database.inWorkspace(wipe.workspaceId, (tx) => queue.enqueueWipe(tx, wipe))
}
