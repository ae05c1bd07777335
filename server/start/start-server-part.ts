import type { Environment } from '../env.ts'
import { growYoungHeap } from '../grow-young-heap.ts'
import { prepareSetup } from '../members/prepare-setup.ts'
import { openServicesPatiently } from '../open-services.ts'
import { openOwnDatabase } from './open-own-database.ts'
import { startHttp } from './start-http.ts'
import type { RunningPart } from './start-part.ts'

/** The web app and the API. Prints where they are, and, as long as nobody signed up, the one-time link for the first admin. */
export async function startServerPart(env: Environment): Promise<RunningPart> {
  growYoungHeap()
  const own = await openOwnDatabase(env)
  const services = await openServicesPatiently(env, own.url)
  const token = await prepareSetup(services)
  const http = await startHttp(services)
  process.stdout.write(readyLines(env, token))
  return {
    stop: async () => {
      await http.stop()
      await services.close()
      await own.stop()
    },
  }
}

function readyLines({ publicUrl }: Environment, token: string | undefined): string {
  const ready = `Penstock is ready: ${publicUrl}\n`
  if (token === undefined) return ready
  return `${ready}Make the first admin, with this link that works once: ${publicUrl}/setup?token=${token}\n`
}
