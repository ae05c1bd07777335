import { environmentWith } from '../env.ts'
import type { Environment } from '../env.ts'
import { openLog } from '../log.ts'
import { keepChild } from './keep-child.ts'
import { chooseSandbox, keepSandbox } from './keep-sandbox.ts'
import { openOwnDatabase } from './open-own-database.ts'
import type { RunningPart } from './start-part.ts'
import { startServerPart } from './start-server-part.ts'

/**
 * Everything on this machine. Worker and sandbox are processes of their own, so that neither of them takes the others along. The worker
 * gives way to this one, so that busy runs do not make screens wait.
 */
export async function startAll(env: Environment): Promise<RunningPart> {
  const log = openLog(env.logLevel)
  const own = await openOwnDatabase(env)
  const sandbox = await chooseSandbox(env)
  const sandboxUrl = sandbox ? `http://127.0.0.1:${sandbox.port}` : env.sandboxUrl
  const variables = environmentWith({
    DATABASE_URL: own.url,
    PENSTOCK_SANDBOX_URL: sandboxUrl,
    PENSTOCK_LOG: env.logLevel,
  })
  const server = await startServerPart({ ...env, databaseUrl: own.url, sandboxUrl })
  // Only now, that the tables are up to date, and the port is ours.
  const children = [
    keepChild('worker', variables, log, env.workerNice),
    ...(sandbox ? [keepSandbox(sandbox, variables, log)] : []),
  ]
  return {
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()))
      await server.stop()
      await own.stop()
    },
  }
}
