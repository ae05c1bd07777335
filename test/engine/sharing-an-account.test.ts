import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunEvent } from '@penstock/server/engine/execute-run.ts'
import type { Locks, SharedBudget } from '@penstock/server/engine/shared-budget.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { PipelineRig, reportOf, troubles } from './pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

/** Processes that tell one another what they have under way and what the API told them, as the server does through its database. */
class Exchange {
  readonly #inFlight = new Map<string, number>()
  readonly #heard = new Map<string, { remaining: number; resetMs: number }>()

  budgetOf(name: string): SharedBudget {
    return {
      key: name,
      othersInFlight: () =>
        [...this.#inFlight].reduce((sum, [other, count]) => (other === name ? sum : sum + count), 0),
      report: (inFlight, remaining, resetMs) => {
        this.#inFlight.set(name, inFlight)
        if (remaining !== undefined && resetMs !== undefined) this.#heard.set(name, { remaining, resetMs })
      },
      othersHeard: () =>
        [...this.#heard]
          .filter(([other]) => other !== name)
          .map(([, heard]) => heard)
          .toSorted((one, two) => two.resetMs - one.resetMs || one.remaining - two.remaining)[0],
    }
  }
}

const alone: SharedBudget = { key: 'the account', othersInFlight: () => 0, report: () => undefined }

test.each([
  ['of one process', () => [alone, alone]],
  [
    'of two processes',
    () => {
      const exchange = new Exchange()
      return [exchange.budgetOf('one'), exchange.budgetOf('two')]
    },
  ],
])('two runs %s share one budget, and hardly a call is refused', async (_, budgets) => {
  const behaviour = { rateLimitPerApp: 40, rateLimitWindowSeconds: 1 }
  const sizes = { conversations: 80 }
  const rig = await PipelineRig.start(database, { sizes, behaviour })
  try {
    const objects = ['conversations', 'conversation_parts']
    const asked: string[] = []
    const reports = await Promise.all(
      budgets().map(async (budget, number) => {
        const destination = await rig.destination(`${rig.schema}_${number}`)
        const find = ({ id }: { readonly id: string }) => {
          asked.push(id)
          return budget
        }
        return rig.run(objects, { destination, budget: find })
      }),
    )
    for (const report of reports) expect(troubles(report)).toEqual([])
    expect(asked[0]).toMatch(/./)
    expect(asked[1]).toBe(asked[0])
    const requests = rig.workspace.sandbox.log.since(0)
    const refused = requests.filter(({ status }) => status === 429).length
    expect(refused).toBeLessThanOrEqual(Math.ceil(requests.length / 100))
    for (const report of reports) {
      const { waits } = reportOf(report, 'conversation_parts')
      expect(waits?.find(({ reason }) => reason === 'rate_limit')?.ms).toBeGreaterThan(0)
    }
  } finally {
    await rig.close()
  }
})

/** A lock for each name, as one process after the other gets it; remembers who waited. */
class TestLocks implements Locks {
  readonly #last = new Map<string, Promise<unknown>>()
  readonly held: string[] = []
  overlaps = 0
  #holders = 0

  async hold(name: string): Promise<AsyncDisposable> {
    const before = this.#last.get(name)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last.set(
      name,
      Promise.resolve(before).then(() => promise),
    )
    await before
    this.held.push(name)
    if (++this.#holders > 1) this.overlaps++
    return {
      [Symbol.asyncDispose]: async () => {
        this.#holders--
        resolve()
      },
    }
  }
}

test('scrolls of one account never overlap, and who waits says so', async () => {
  const rig = await PipelineRig.start(database, { sizes: { companies: 130 }, latencyMs: 400 })
  const locks = new TestLocks()
  const events: RunEvent[] = []
  try {
    const reports = await Promise.all(
      [0, 1].map(async (number) =>
        rig.run(['companies', 'tags'], {
          destination: await rig.destination(`${rig.schema}_${number}`),
          budget: () => alone,
          locks,
          onEvent: (event) => events.push(event),
        }),
      ),
    )
    for (const report of reports) expect(troubles(report)).toEqual([])
    expect(locks.held).toHaveLength(2)
    expect(locks.overlaps).toBe(0)
    const busy = rig.workspace.sandbox.log.since(0).filter(({ path, status }) => {
      return path.startsWith('/companies/scroll') && status >= 400
    })
    expect(busy).toEqual([])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'waiting', why: 'lock', object: 'companies' }),
    )
    const waited = reports.flatMap((report) => reportOf(report, 'companies').waits ?? [])
    expect(waited.filter(({ reason }) => reason === 'lock')).toHaveLength(1)
  } finally {
    await rig.close()
  }
})

test('a run that waits for a lock can be cancelled', async () => {
  const rig = await PipelineRig.start(database, { sizes: { companies: 5 } })
  const stop = new AbortController()
  const locks: Locks = {
    hold: async (_, signal) => {
      const { promise, reject } = Promise.withResolvers<AsyncDisposable>()
      signal.addEventListener('abort', () => reject(signal.reason))
      return promise
    },
  }
  try {
    const onEvent = (event: RunEvent) => {
      if (event.type === 'waiting' && event.why === 'lock') stop.abort()
    }
    const report = await rig.run(['companies'], { locks, onEvent, signal: stop.signal })
    expect(report.status).toBe('cancelled')
    expect(rig.requests('/companies')).toBe(0)
  } finally {
    await rig.close()
  }
})
