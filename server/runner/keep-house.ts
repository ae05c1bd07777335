import { requeueWipes } from '../connections/requeue-wipes.ts'
import type { Services } from '../services.ts'
import { listForgottenRuns, listForgottenWipes } from '../store/carried-run-rows.ts'
import { thinEvents } from '../store/event-rows.ts'
import { deleteOldAttempts } from '../store/oauth-rows.ts'
import { thinRuns } from '../store/run-retention.ts'
import { thinSkipped } from '../store/tick-rows.ts'

const day = 86_400_000
const skippedMs = 90 * day

/** Puts runs and deletions back in line that the queue has forgotten, as after a restore of the database: none stays under way for ever. */
export async function requeueForgotten(services: Services): Promise<void> {
  const { database, queue, log } = services
  for (const run of await database.asSystem(listForgottenRuns)) {
    await database.inWorkspace(run.workspaceId, (tx) => queue.enqueue(tx, run))
    log.warn('run.requeued', { run: run.runId })
  }
  for (const wipe of await database.asSystem(listForgottenWipes)) {
    await database.inWorkspace(wipe.workspaceId, (tx) => queue.enqueueWipe(tx, wipe))
    log.warn('wipe.requeued', { wipe: wipe.wipeId })
  }
  await requeueWipes(services)
}

/** Drops logs, runs and notes that are older than they are kept: logs and runs as their workspace says. */
export async function thinOut({ database, log, clock }: Services): Promise<void> {
  const now = new Date(clock.now())
  const gone = await database.asSystem((tx) => thinEvents(tx, now))
  const runs = await database.asSystem((tx) => thinRuns(tx, now))
  await database.asSystem((tx) => thinSkipped(tx, new Date(clock.now() - skippedMs)))
  await database.asSystem(deleteOldAttempts)
  if (gone > 0) log.info('events.thinned', { lines: gone })
  if (runs > 0) log.info('runs.thinned', { runs })
}
