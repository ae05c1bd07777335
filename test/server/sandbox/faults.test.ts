import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaultKind } from '@penstock/server/sandbox/faults/fault-plan.ts'
import { FaultPlan, faultKinds } from '@penstock/server/sandbox/faults/fault-plan.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, now } from './call-sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({
    now,
    sizes: { contacts: 100, companies: 10, conversations: 10, tickets: 10 },
  })
})
afterEach(() => sandbox.close())

const only = (kind: FaultKind) => sandbox.faults.set({ rate: 1, kinds: [kind] })

test.each([
  ['rate_limited', 429],
  ['server_error', 500],
  ['unavailable', 503],
  ['timeout', 408],
] as const)('%s is a %i in the error envelope', async (kind, status) => {
  only(kind)
  const answer = await call(sandbox, '/contacts')
  expect([answer.status, answer.body.type]).toEqual([status, 'error.list'])
})

test('a bad gateway is a 502 with HTML; 200 comes with HTML, with nothing, with {} or with an error list', async () => {
  only('bad_gateway')
  expect(await call(sandbox, '/contacts')).toMatchObject({ status: 502, body: undefined })
  only('html')
  expect((await call(sandbox, '/contacts')).headers.get('content-type')).toBe('text/html')
  only('empty_body')
  expect(await call(sandbox, '/contacts')).toMatchObject({ status: 200, text: '' })
  only('empty_object')
  expect(await call(sandbox, '/contacts')).toMatchObject({ status: 200, body: {} })
  only('error_list')
  expect(await call(sandbox, '/contacts')).toMatchObject({ status: 200, body: { type: 'error.list' } })
})

test.each(['reset_before', 'reset_middle'] as const)('%s breaks the connection', async (kind) => {
  only(kind)
  await expect(call(sandbox, '/contacts?per_page=100')).rejects.toThrow(/fetch failed|terminated/)
})

test('a cut body ends politely, half-way', async () => {
  const whole = (await call(sandbox, '/contacts?per_page=100')).text
  only('cut_body')
  const cut = await call(sandbox, '/contacts?per_page=100')
  expect(cut.body).toBeUndefined()
  expect(whole.startsWith(cut.text.slice(0, -2))).toBe(true)
  expect(cut.text.length).toBeLessThan(whole.length)
})

test('a slow answer drips, and is right', async () => {
  only('slow')
  const began = performance.now()
  expect((await call(sandbox, '/contacts?per_page=100')).body.data).toHaveLength(100)
  expect(performance.now() - began).toBeGreaterThan(300)
})

test('a hanging answer never comes, until the sandbox closes', async () => {
  only('hang')
  const hanging = call(sandbox, '/contacts').then(
    () => 'answered',
    () => 'ended',
  )
  while (sandbox.log.since().length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(sandbox.log.since()[0]).toMatchObject({ fault: 'hang', status: 0 })
  await sandbox.close()
  expect(await hanging).toBe('ended')
  sandbox = await startSandbox({ now, sizes: { contacts: 1 } })
})

test('faults are drawn by rate and seed, for a path, after some and at most so many times', () => {
  const draw = (seed: number) => {
    const plan = new FaultPlan({ rate: 0.3, seed })
    return Array.from({ length: 500 }, () => plan.next('/contacts'))
  }
  expect(draw(5)).toEqual(draw(5))
  expect(draw(5)).not.toEqual(draw(6))
  const made = draw(5).filter((kind) => kind !== undefined)
  expect(made.length).toBeGreaterThan(100)
  expect(made.length).toBeLessThan(200)
  expect(new Set(made)).toEqual(new Set(faultKinds.filter((kind) => kind !== 'hang')))
  const plan = new FaultPlan({ rate: 1, kinds: ['timeout'], path: '/conversations', skip: 1, times: 2 })
  expect(
    ['/me', '/conversations', '/conversations/1', '/conversations/search', '/conversations'].map((path) =>
      plan.next(path),
    ),
  ).toEqual([undefined, undefined, 'timeout', 'timeout', undefined])
})
