import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { PgBoss } from 'pg-boss'
import { tendAlerts, thinNotices } from '../alerts/tend-alerts.ts'
import { executeWipe } from '../connections/execute-wipe.ts'
import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { listCancelRequests } from '../store/carried-run-rows.ts'
import { AccountLocks } from './account-locks.ts'
import { carryRun } from './carry-run.ts'
import { FileLocks } from './file-locks.ts'
import { cancelChannel, makeQueues, newBoss, runQueueName, wipeQueueName } from './open-queue.ts'
import { requeueForgotten, thinOut } from './keep-house.ts'
import { repeatEvery } from './repeat-every.ts'
import type { Repeated } from './repeat-every.ts'
import { RunStops } from './run-stops.ts'
import { startDueRuns } from './start-due-runs.ts'
import type { WorkerParts } from './worker-parts.ts'

/** A process that carries runs. */
export interface Worker {
  /** Among all workers, now and ever. */
  readonly name: string
  /**
   * Takes nothing new and stops every run at its checkpoints; another worker goes on with them. Resolves when all of them are let go of.
   * For SIGTERM.
   */
  drain(): Promise<void>
}

/** What is left of a shutdown when every run was stopped: writing down that it was. */
const patienceMs = 30_000

/** Starts carrying runs, `slots` at once at most. */
export async function startWorker(
  services: Services,
  { slots }: { readonly slots: number },
): Promise<Worker> {
  const name = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`
  const log = services.log.with({ worker: name })
  const locks = new AccountLocks(services.database.url)
  const parts: WorkerParts = {
    services: { ...services, log },
    name,
    stops: new RunStops(),
    locks,
    files: new FileLocks(locks),
  }
  const cancels = await services.database.raw.listen(cancelChannel, (runId) => parts.stops.cancel(runId))
  const boss = newBoss(services.database.url, log, bossOptions)
  await boss.start()
  await makeQueues(boss)
  await subscribe(boss, parts, slots)
  const chores = startChores(parts)
  log.info('worker.started', { slots })
  return {
    name,
    drain: async () => {
      const idle = Promise.all(chores.map((chore) => chore.stop()))
      const stopped = boss.stop({ graceful: true, timeout: patienceMs })
      parts.stops.drain()
      await Promise.all([stopped, idle])
      await cancels.unlisten()
      log.info('worker.stopped')
    },
  }
}

/** What every worker does beside carrying runs; where it must be done once only, the database sees to that. */
function startChores({ services, stops, name }: WorkerParts): readonly Repeated[] {
  const { log, database } = services
  return [
    repeatEvery(1000, 'schedule', log, () => startDueRuns(services)),
    // What is announced can be missed.
    repeatEvery(2000, 'cancel', log, async () => {
      for (const id of await database.asSystem((tx) => listCancelRequests(tx, name))) stops.cancel(id)
    }),
    repeatEvery(3000, 'alerts', log, () => tendAlerts(services)),
    repeatEvery(30_000, 'requeue', log, () => requeueForgotten(services)),
    repeatEvery(3_600_000, 'thin', log, () => thinOut(services)),
    repeatEvery(3_600_000, 'thin', log, () => thinNotices(services)),
  ]
}

/** A worker that fell silent is looked for every 2 s. */
const bossOptions = {
  max: 4,
  useListenNotify: true,
  superviseIntervalSeconds: 2,
  monitorIntervalSeconds: 2,
  queueCacheIntervalSeconds: 10,
  schedule: false,
} as const

/** A slot fetches one job and then waits, so both waits are short; the notification is what makes it quick. */
const slotOptions = {
  includeMetadata: true,
  heartbeatRefreshSeconds: 1,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 1,
} as const

async function subscribe(boss: PgBoss, parts: WorkerParts, slots: number): Promise<void> {
  const options = { ...slotOptions, localConcurrency: slots }
  // One at a time: what is deleted in the background takes no slot from runs.
  await boss.work<{ wipeId: string; workspaceId: string }>(wipeQueueName, slotOptions, async ([job]) => {
    if (!job) return
    await executeWipe(parts.services, {
      ...job.data,
      signal: AbortSignal.any([job.signal, parts.stops.draining]),
    })
  })
  await boss.work<{ runId: string; workspaceId: string }>(runQueueName, options, async ([job]) => {
    if (!job) return
    try {
      await carryRun(parts, { ...job.data, signal: job.signal })
    } catch (error) {
      parts.services.log.warn('run.goes_on_elsewhere', { run: job.data.runId, ...errorFields(error) })
      throw error
    }
  })
}
