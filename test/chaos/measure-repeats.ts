import { setTimeout as wait } from 'node:timers/promises'
import { openSeed } from './chaos-seed.ts'
import type { ChaosSeed } from './chaos-seed.ts'
import type { Warehouse } from './warehouse.ts'

/** What a kill costs: a first read, killed when `killedAt` of its requests were made, and the run that finishes it. */
export interface Repeats {
  readonly objects: readonly string[]
  readonly killedAt: number
  /** Requests of a first read that nobody kills. */
  readonly whole: number
  /** Requests of a run right after it, which reads the overlap again. */
  readonly after: number
  readonly beforeKill: number
  readonly afterKill: number
  /** The share of the whole read that was made twice: what both runs made beyond one whole read and one that reads the overlap. */
  readonly repeated: number
}

interface Measured {
  readonly objects: readonly string[]
  /** The requests that read these objects. */
  readonly path: RegExp
}

const measured: readonly Measured[] = [
  { objects: ['contacts'], path: /^\/contacts/ },
  { objects: ['conversations', 'conversation_parts'], path: /^\/conversations/ },
]

/** Kills first reads of 4,800 contacts and of 600 conversations' parts at several moments, and counts their requests. */
export async function measureRepeats(destination: Warehouse['type']): Promise<readonly Repeats[]> {
  const results: Repeats[] = []
  for (const one of measured) {
    const { whole, after } = await withSeed(destination, one, readTwice)
    for (const killedAt of [0.25, 0.5, 0.75, 0.95]) {
      const counts = await withSeed(destination, one, (chaos) =>
        killOnce(chaos, one, Math.floor(whole * killedAt)),
      )
      const repeated = (counts.beforeKill + counts.afterKill - whole - after) / whole
      results.push({ objects: one.objects, killedAt, whole, after, ...counts, repeated })
    }
  }
  return results

  async function readTwice(chaos: ChaosSeed): Promise<{ whole: number; after: number }> {
    const whole = await countRun(chaos)
    return { whole, after: await countRun(chaos) }
  }
}

async function withSeed<T>(
  destination: Warehouse['type'],
  { objects }: Measured,
  work: (chaos: ChaosSeed) => Promise<T>,
): Promise<T> {
  const chaos = await openSeed({
    seed: 1,
    type: destination,
    say: () => {},
    objects,
    workspace: {
      sizes: { contacts: 4800, conversations: 600 },
      latencyMs: 300,
      behaviour: { rateLimitPerApp: 0 },
    },
  })
  try {
    return await work(chaos)
  } finally {
    await chaos.close()
  }
}

/** Runs to the end and answers how many requests that took. */
async function countRun(chaos: ChaosSeed): Promise<number> {
  await chaos.sandbox.forgetRequests()
  const { report, err } = await chaos.run().ended
  if (report?.status !== 'succeeded') throw new Error(`The run did not succeed: ${err}`)
  return await countRequests(chaos, /^\/(contacts|conversations)/)
}

async function killOnce(
  chaos: ChaosSeed,
  { path }: Measured,
  at: number,
): Promise<{ beforeKill: number; afterKill: number }> {
  const runner = chaos.run()
  while (runner.running && (await countRequests(chaos, path)) < at) await wait(2)
  runner.signal('SIGKILL')
  await runner.ended
  const beforeKill = await countRequests(chaos, path)
  return { beforeKill, afterKill: await countRun(chaos) }
}

async function countRequests({ sandbox }: ChaosSeed, path: RegExp): Promise<number> {
  return (await sandbox.requests()).filter((request) => path.test(request.path)).length
}
