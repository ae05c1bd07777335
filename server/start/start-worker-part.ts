import type { Environment } from '../env.ts'
import { openServicesPatiently } from '../open-services.ts'
import { startWorker } from '../runner/start-worker.ts'
import { resealSecrets } from '../secrets/reseal-secrets.ts'
import { openOwnDatabase } from './open-own-database.ts'
import { startHealth } from './start-health.ts'
import type { RunningPart } from './start-part.ts'

/** Carries runs, starts what is due, sends alerts. To stop is to drain: runs stop at a checkpoint and go on elsewhere. */
export async function startWorkerPart(env: Environment): Promise<RunningPart> {
  const own = await openOwnDatabase(env)
  const services = await openServicesPatiently(env, own.url)
  await resealSecrets(services)
  const worker = await startWorker(services, { slots: env.slots })
  const health = await startHealth(services)
  services.log.info('worker.ready', { slots: env.slots, ...(health ? { healthPort: health.port } : {}) })
  return {
    stop: async () => {
      health?.leave()
      await worker.drain()
      await health?.stop()
      await services.close()
      await own.stop()
    },
  }
}
