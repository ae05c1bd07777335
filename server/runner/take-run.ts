import { claimRun, endStoppedBlockers, findSession } from '../store/carried-run-rows.ts'
import { errorFields } from '../log.ts'
import { listRunObjects } from '../store/run-rows.ts'
import type { RunObjectRow, RunRow } from '../store/run-rows.ts'
import type { WorkerParts } from './worker-parts.ts'

const lookEveryMs = 1000

/**
 * Claims a run under a new attempt, with the states of its objects. Undefined where it has ended. A worker that carried it before, and was
 * stopped while it wrote about it, still holds the run's row: its session is ended.
 */
export async function takeRun(
  { services: { database, log }, name }: Pick<WorkerParts, 'services' | 'name'>,
  { workspaceId, runId }: { readonly workspaceId: string; readonly runId: string },
): Promise<{ readonly run: RunRow; readonly objects: readonly RunObjectRow[] } | undefined> {
  return await database.inWorkspace(workspaceId, async (tx) => {
    const session = await findSession(tx)
    const timer = setInterval(() => {
      database
        .asSystem((system) => endStoppedBlockers(system, session))
        .then((ended) => ended > 0 && log.warn('run.freed', { run: runId, sessions: ended }))
        .catch((error: unknown) => log.warn('run.not_freed', { run: runId, ...errorFields(error) }))
    }, lookEveryMs)
    try {
      const run = await claimRun(tx, workspaceId, runId, name)
      return run && { run, objects: await listRunObjects(tx, workspaceId, runId) }
    } finally {
      clearInterval(timer)
    }
  })
}
