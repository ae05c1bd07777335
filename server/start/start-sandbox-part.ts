import type { Environment } from '../env.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { RunningPart } from './start-part.ts'

/** A made-up Intercom workspace, about 2,000 contacts and 800 conversations, for people without an Intercom account. */
export async function startSandboxPart(env: Environment): Promise<RunningPart> {
  const sandbox = await startSandbox({ port: env.sandboxPort })
  return { stop: () => sandbox.close() }
}
