import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HttpResponse } from '@penstock/server/egress/collect-response.ts'
import { systemClock } from '@penstock/server/engine/clock.ts'
import { RunFailure } from '@penstock/server/engine/failures.ts'
import { RateGate } from '@penstock/server/engine/rate-gate.ts'
import { retrying } from '@penstock/server/engine/retry.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_760_000_003_217 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** An API that counts calls in fixed windows of its own clock. */
class CountingApi {
  readonly #limit: number
  readonly #windowMs: number
  readonly #skewMs: number
  readonly #othersPerSecond: number
  readonly #resetOf: (windowEnd: number) => number
  readonly counts = new Map<number, number>()
  refused = 0
  served = 0

  constructor(input: {
    readonly limit: number
    readonly windowMs: number
    readonly skewMs: number
    readonly othersPerSecond: number
    readonly resetOf?: (windowEnd: number) => number
  }) {
    this.#resetOf = input.resetOf ?? ((windowEnd) => windowEnd / 1000)
    this.#limit = input.limit
    this.#windowMs = input.windowMs
    this.#skewMs = input.skewMs
    this.#othersPerSecond = input.othersPerSecond
  }

  /** Takes a call on its way through: half of the time there, half back. */
  async call(elapsedMs: number): Promise<HttpResponse> {
    await new Promise((resolve) => setTimeout(resolve, elapsedMs / 2))
    const now = Date.now() + this.#skewMs
    const window = Math.floor(now / this.#windowMs)
    const others = Math.floor(((now % this.#windowMs) / 1000) * this.#othersPerSecond)
    const used = this.counts.get(window) ?? 0
    const allowed = used + others < this.#limit
    if (allowed) this.counts.set(window, used + 1)
    if (allowed) this.served++
    else this.refused++
    const headers = new Map([
      ['x-ratelimit-limit', String(this.#limit)],
      ['x-ratelimit-remaining', String(Math.max(0, this.#limit - used - others - 1))],
      ['x-ratelimit-reset', String(this.#resetOf((window + 1) * this.#windowMs))],
      ['date', new Date(now).toUTCString()],
    ])
    await new Promise((resolve) => setTimeout(resolve, elapsedMs / 2))
    return { status: allowed ? 200 : 429, headers, body: '', receivedAt: Date.now(), elapsedMs }
  }
}

const rules = {
  windowSeconds: 10,
  headers: {
    limit: 'X-RateLimit-Limit',
    remaining: 'X-RateLimit-Remaining',
    reset: 'X-RateLimit-Reset',
  },
  resetFormat: 'unix_seconds',
} as const

/** Keeps the gate busy for so many seconds. */
async function drive(api: CountingApi, seconds: number, latencyMs: () => number): Promise<void> {
  const gate = new RateGate({ rules, clock: systemClock }).lane(40)
  const stop = new AbortController()
  const worker = async () => {
    while (!stop.signal.aborted) {
      await gate.enter(1, stop.signal)
      const response = await api.call(latencyMs())
      gate.leave(response, response.status === 429 ? { afterSeconds: undefined } : undefined)
    }
  }
  const workers = Array.from({ length: 60 }, async () => worker().catch(() => undefined))
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  stop.abort()
  await vi.advanceTimersByTimeAsync(1000)
  await Promise.all(workers)
}

test.each([
  ['an API on our clock', 0, 0],
  ['an API three seconds ahead', 3000, 0],
  ['an API three seconds behind', -3000, 0],
  ['an API half a second ahead', 500, 0],
  ['other consumers of the same budget', 0, 20],
])('with %s the budget is used up, and hardly a call refused', async (_, skewMs, othersPerSecond) => {
  const limit = 1000
  const api = new CountingApi({ limit, windowMs: 10_000, skewMs, othersPerSecond })
  let turn = 0
  await drive(api, 120, () => 60 + ((turn++ * 37) % 90))
  expect(api.refused).toBeLessThanOrEqual(api.served / 500)
  const whole = [...api.counts.values()].slice(1, -2)
  const ours = limit - othersPerSecond * 10
  const used = whole.reduce((sum, count) => sum + count, 0) / (whole.length * ours)
  expect(used).toBeGreaterThan(0.98)
})

test.each<readonly [string, (windowEnd: number) => number]>([
  ['a moment long past', () => 1],
  ['the seconds that are left', (windowEnd) => Math.ceil((windowEnd - Date.now()) / 1000)],
  ['milliseconds', (windowEnd) => windowEnd],
])(
  'with %s for the end of the window nobody storms the API, and nobody waits for ever',
  async (_, resetOf) => {
    const api = new CountingApi({ limit: 100, windowMs: 10_000, skewMs: 0, othersPerSecond: 0, resetOf })
    await drive(api, 120, () => 80)
    expect(api.refused / api.counts.size).toBeLessThan(250)
    const whole = [...api.counts.values()].slice(1, -2)
    expect(whole.reduce((sum, count) => sum + count, 0) / (whole.length * 100)).toBeGreaterThan(0.5)
  },
)

test('a refusal that says nothing costs half a second, not the rest of the window', async () => {
  const api = new CountingApi({ limit: 100, windowMs: 10_000, skewMs: 0, othersPerSecond: 0 })
  const gate = new RateGate({ rules, clock: systemClock }).lane(4)
  const { signal } = new AbortController()
  await gate.enter(1, signal)
  const first = api.call(10)
  await vi.advanceTimersByTimeAsync(10)
  gate.leave(await first)
  await gate.enter(1, signal)
  gate.leave({ ...(await first), status: 429, headers: new Map() }, { afterSeconds: undefined })
  const next = gate.enter(1, signal).then(() => 'entered')
  await vi.advanceTimersByTimeAsync(1000)
  expect(await Promise.race([next, Promise.resolve('waits')])).toBe('entered')
})

test('however often an API refused without saying for how long, it is asked again within a quarter of a minute', async () => {
  const gate = new RateGate({ rules, clock: systemClock }).lane(8)
  const waited: number[] = []
  for (let refusals = 0; refusals < 9; refusals++) {
    const began = Date.now()
    const entered = gate.enter(1, new AbortController().signal).then(() => Date.now() - began)
    await vi.advanceTimersByTimeAsync(20_000)
    waited.push(Math.round((await entered) / 500) / 2)
    const answer = { status: 429, headers: new Map(), body: '', receivedAt: Date.now(), elapsedMs: 50 }
    gate.leave(answer, { afterSeconds: undefined })
  }
  expect(waited).toEqual([0, 0.5, 1, 2, 4, 8, 16, 16, 16])
})

test('an API that does nothing but refuse is waited for, but not for ever, and not by one after the other', async () => {
  const gate = new RateGate({ rules, clock: systemClock }).lane(8)
  const { signal } = new AbortController()
  const refused = new RunFailure('rate_limited', 'x')
  let [asked, ended] = [0, 0]
  const ask = async () => {
    await gate.enter(1, signal)
    asked++
    await new Promise((resolve) => setTimeout(resolve, 50))
    const answer = { status: 429, headers: new Map(), body: '', receivedAt: Date.now(), elapsedMs: 50 }
    gate.leave(answer, { afterSeconds: undefined })
    throw refused
  }
  const nothing = () => undefined
  const all = Array.from({ length: 12 }, async () =>
    retrying(
      {
        clock: systemClock,
        random: () => 0.5,
        onWait: () => nothing,
        onRetry: nothing,
        hopeless: () => gate.hopeless,
        signal,
      },
      ask,
    ).catch(() => ended++),
  )
  await vi.advanceTimersByTimeAsync(300_000)
  expect([ended, asked < 40]).toEqual([0, true])
  await vi.advanceTimersByTimeAsync(100_000)
  expect(ended).toBe(12)
  await Promise.all(all)
  await gate.enter(1, signal)
  gate.leave({ status: 200, headers: new Map(), body: '', receivedAt: Date.now(), elapsedMs: 50 })
  expect(gate.hopeless).toBe(false)
})

test('whoever is cancelled while waiting for the budget leaves the queue', async () => {
  const api = new CountingApi({ limit: 1, windowMs: 10_000, skewMs: 0, othersPerSecond: 0 })
  const gate = new RateGate({ rules, clock: systemClock }).lane(4)
  await gate.enter(1, new AbortController().signal)
  const first = api.call(10)
  await vi.advanceTimersByTimeAsync(10)
  gate.leave(await first)
  const stop = new AbortController()
  const waiting = gate.enter(1, stop.signal).then(
    () => 'entered',
    () => 'gave up',
  )
  await vi.advanceTimersByTimeAsync(100)
  stop.abort(new Error('cancelled'))
  expect(await waiting).toBe('gave up')
  const next = gate.enter(1, new AbortController().signal).then(() => 'entered')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await next).toBe('entered')
})

test('scrolls go before lists, and lists before what they lead to', async () => {
  const gate = new RateGate({ rules, clock: systemClock }).lane(1)
  const { signal } = new AbortController()
  const order: number[] = []
  await gate.enter(1, signal)
  const waiting = ([2, 1, 0, 2, 1] as const).map(async (priority) => {
    await gate.enter(priority, signal)
    order.push(priority)
    gate.leave(undefined)
  })
  gate.leave(undefined)
  await Promise.all(waiting)
  expect(order).toEqual([0, 1, 1, 2, 2])
})
