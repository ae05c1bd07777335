import { join } from 'node:path'
import type { Environment } from '../env.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { RunningPart } from './start-part.ts'

/**
 * A made-up Intercom workspace, about 2,000 contacts and 800 conversations, for people without an Intercom account. The tokens that it
 * grants outlive it, as an API's do, so that a connection made with it works after a restart.
 */
export async function startSandboxPart(env: Environment): Promise<RunningPart> {
  const sandbox = await startSandbox({
    port: env.sandboxPort ?? env.port + 10,
    tokensFile: join(env.dataDir, 'sandbox-tokens'),
  })
  return { stop: () => sandbox.close() }
}
