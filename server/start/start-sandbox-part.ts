import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../env.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { RunningPart } from './start-part.ts'

/**
 * A made-up Intercom workspace, about 2,000 contacts and 800 conversations, for people without an Intercom account. The tokens that it
 * grants outlive it, as an API's do, so that a connection made with it works after a restart; and its records are those of before, so that a
 * pipeline that goes on from where it was does not meet other people there.
 */
export async function startSandboxPart(env: Environment): Promise<RunningPart> {
  const sandbox = await startSandbox({
    port: env.sandboxPort ?? env.port + 10,
    tokensFile: join(env.dataDir, 'sandbox-tokens'),
    now: await bornAt(env.dataDir),
  })
  sandbox.workspace.clock.moveTo(Date.now())
  return { stop: () => sandbox.close() }
}

/** When the workspace's records were made, in Unix milliseconds: at the first start with this data folder. They follow from it. */
async function bornAt(dataDir: string): Promise<number> {
  const file = join(dataDir, 'sandbox-born')
  const kept = Number(await readFile(file, 'utf8').catch(() => ''))
  if (Number.isSafeInteger(kept) && kept > 0 && kept <= Date.now()) return kept
  const now = Date.now()
  await mkdir(dataDir, { recursive: true })
  await writeFile(file, `${now}\n`)
  return now
}
