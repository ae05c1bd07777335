import { PgBoss } from 'pg-boss'
import { readConnectionUrl } from '../destinations/postgres/connection-options.ts'
import { errorFields } from '../log.ts'
import type { Log } from '../log.ts'
import { longestPauseMs } from '../store/database.ts'
import type { Database } from '../store/database.ts'
import { enqueueInside } from '../store/enqueue.ts'
import type { RunQueue } from './run-queue.ts'

/** The queue of runs: each stands in it once. That a pipeline has one run at a time is the word of runs_one_at_a_time, which lets go the moment the run ends. */
export const runQueueName = 'run'
/** The queue of "delete all data". */
export const wipeQueueName = 'wipe'
/** The channel on which a cancelled run's id is announced. */
export const cancelChannel = 'penstock_cancel'

/**
 * Makes the queues where they are missing. A worker that falls silent is noticed after 10 s, the shortest time pg-boss 12 allows;
 * what it carried starts again 2 s later. How often a run was taken over is ours to count (runs.attempt), so retries are many here.
 */
export async function makeQueues(boss: PgBoss): Promise<void> {
  const life = {
    heartbeatSeconds: 10,
    expireInSeconds: 86_400,
    retryLimit: 1000,
    retryDelay: 2,
    retryBackoff: false,
  }
  await boss.createQueue(runQueueName, { policy: 'exclusive', notify: true, ...life })
  await boss.createQueue(wipeQueueName, { policy: 'exclusive', notify: true, ...life })
}

/** As in store/database.ts; pg-boss hands on to pg what it does not know. */
const sessionLimits = { idle_in_transaction_session_timeout: longestPauseMs }

/** pg-boss on Penstock's own database, with a pool of its own. Start it before use. */
export function newBoss(url: string, log: Log, options: ConstructorParameters<typeof PgBoss>[0]): PgBoss {
  const { ssl, ...address } = readConnectionUrl(url)
  const tls = ssl === 'prefer' || ssl === 'require' ? { rejectUnauthorized: false } : ssl
  const boss = new PgBoss({
    ...address,
    ssl: tls,
    schema: 'pgboss',
    application_name: 'penstock',
    ...sessionLimits,
    ...(typeof options === 'object' ? options : {}),
  })
  // Without a listener an error event would end the process.
  boss.on('error', (error) => log.warn('queue.error', errorFields(error)))
  return boss
}

/** The queue as the API sees it: it only puts in line. */
export async function openQueue(database: Database, log: Log): Promise<RunQueue> {
  const boss = newBoss(database.url, log, { supervise: false, schedule: false, max: 2 })
  await boss.start()
  await makeQueues(boss)
  return {
    enqueue: async (tx, { runId, workspaceId }) => {
      await enqueueInside(tx, boss, {
        queue: runQueueName,
        data: { runId, workspaceId },
        options: { singletonKey: runId },
      })
    },
    announceCancel: async (runId) => {
      await database.raw.notify(cancelChannel, runId)
    },
    enqueueWipe: async (tx, { wipeId, workspaceId }) => {
      await enqueueInside(tx, boss, {
        queue: wipeQueueName,
        data: { wipeId, workspaceId },
        options: { singletonKey: wipeId },
      })
    },
    close: () => boss.stop({ graceful: false }),
  }
}
