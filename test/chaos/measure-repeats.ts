import { setTimeout as wait } from 'node:timers/promises'
import { seenRequests } from '../bench/seen-requests.ts'
import type { SeenRequest } from '../bench/seen-requests.ts'
import { openSeed } from './chaos-seed.ts'
import type { ChaosSeed } from './chaos-seed.ts'
import type { Warehouse } from './warehouse.ts'

/** What a kill costs: a first read, killed after so many requests, and the run that finishes it. */
export interface Repeats {
  readonly objects: readonly string[]
  readonly latencyMs: number
  /** Requests for these objects that were sent before the kill. */
  readonly sent: number
  /** Of those, the ones that nobody can have had an answer to yet. */
  readonly underWay: number
  /** Requests of the run after it. */
  readonly after: number
  /** Of the answers that were there, those that were asked for again, in the same words. */
  readonly answeredAgain: number
  /** Of those under way, the ones that were sent again. */
  readonly sentAgain: number
}

interface Measured {
  readonly objects: readonly string[]
  readonly sizes: { readonly contacts: number; readonly conversations: number }
  /** The requests that read these objects. */
  readonly path: RegExp
  /** After how many requests to kill. */
  readonly kills: readonly number[]
}

/** A read of 600 lists and more, and one of 800 conversations, each with a request of its own. */
const measured: readonly Measured[] = [
  {
    objects: ['contacts'],
    sizes: { contacts: 90_000, conversations: 0 },
    path: /^\/contacts/,
    kills: [150, 300, 450, 580],
  },
  {
    objects: ['conversations', 'conversation_parts'],
    sizes: { contacts: 100, conversations: 800 },
    path: /^\/conversations/,
    kills: [150, 300, 500, 750],
  },
]

/** Kills first reads after several numbers of requests, and compares the requests before with those after. */
export async function* measureRepeats(
  destination: Warehouse['type'],
  latencyMs: number,
): AsyncGenerator<Repeats> {
  for (const one of measured) {
    for (const kill of one.kills) {
      const chaos = await openSeed({
        seed: 1,
        type: destination,
        say: () => {},
        objects: one.objects,
        workspace: { sizes: one.sizes, latencyMs, behaviour: { rateLimitPerApp: 0 } },
      })
      try {
        yield { objects: one.objects, latencyMs, ...(await killOnce(chaos, one.path, { kill, latencyMs })) }
      } finally {
        await chaos.close()
      }
    }
  }
}

async function killOnce(
  chaos: ChaosSeed,
  path: RegExp,
  { kill, latencyMs }: { readonly kill: number; readonly latencyMs: number },
): Promise<Omit<Repeats, 'objects' | 'latencyMs'>> {
  const { sandbox } = chaos
  await sandbox.forgetRequests()
  const runner = chaos.run()
  while (runner.running && (await sandbox.requestCount()) < kill) await wait(2)
  runner.signal('SIGKILL')
  const killedAt = Date.now()
  await runner.ended
  const before = (await seenRequests(sandbox)).filter((request) => path.test(request.path))
  await sandbox.forgetRequests()
  const { report, err } = await chaos.run().ended
  if (report?.status !== 'succeeded') throw new Error(`The run did not succeed: ${err}`)
  const after = (await seenRequests(sandbox)).filter((request) => path.test(request.path))
  const again = new Set(after.map(wordsOf))
  const isAgain = (request: SeenRequest) => again.has(wordsOf(request))
  const answered = before.filter(({ time }) => time <= killedAt - latencyMs)
  const underWay = before.filter(({ time }) => time > killedAt - latencyMs)
  return {
    sent: before.length,
    underWay: underWay.length,
    after: after.length,
    answeredAgain: answered.filter(isAgain).length,
    sentAgain: underWay.filter(isAgain).length,
  }
}

/** What a request asks for: equal for two that ask the same. */
function wordsOf({ method, path, query, body }: SeenRequest): string {
  return JSON.stringify([method, path, query, body])
}
