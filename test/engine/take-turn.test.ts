import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { ApiClient } from '@penstock/server/engine/api-client.ts'
import { takeTurn } from '@penstock/server/engine/take-turn.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { hastyClock } from './pipeline-rig.ts'
import { smallApi } from './small-api.ts'

test('pages are worked off one in a turn, object by object as they came, and the most urgent of an object first', async () => {
  let turn = 0
  let counting = true
  const count = () => {
    turn++
    if (counting) setImmediate(count)
  }
  setImmediate(count)
  const order: string[] = []
  const turns: number[] = []
  const asked = [
    ['contacts', 1],
    ['tags', 0],
    ['contacts', 9],
    ['contacts', 5],
  ] as const
  await Promise.all(
    asked.map(async ([object, urgency]) => {
      await takeTurn(object, urgency)
      order.push(`${object} ${urgency}`)
      turns.push(turn)
    }),
  )
  counting = false
  expect(order).toEqual(['contacts 9', 'tags 0', 'contacts 5', 'contacts 1'])
  expect(new Set(turns).size).toBe(4)
})

test('a refusal is not heard before a good answer that came earlier and waits for its turn', async () => {
  const asked = Promise.withResolvers<void>()
  const api = new Hono()
  api.get('/good', (context) => {
    asked.resolve()
    return context.json([])
  })
  api.get('/bad', (context) => context.json({}, 404))
  const fake = await serveFake(api)
  const http = new HttpClient({ allowedHosts: [fake.host] })
  let busy = true
  const others = Array.from({ length: 3000 }, async () => {
    while (busy) await takeTurn('others', 0)
  })
  try {
    const client = new ApiClient({
      manifest: { ...smallApi, objects: {} },
      connection: {
        region: 'here',
        apiBaseUrl: fake.url,
        settings: new Map([['token', new Secret('t')]]),
      },
      http,
      clock: hastyClock(),
      random: Math.random,
      oneByOne: true,
      onWait: () => undefined,
    })
    const order: string[] = []
    const send = async (path: string) => {
      const request = { method: 'GET', path, query: [], headers: {}, timeoutMs: 60_000 } as const
      const answered = client.send(request, 1, AbortSignal.timeout(60_000), () => path)
      order.push(await answered.catch(() => `not ${path}`))
    }
    const good = send('/good')
    await asked.promise
    await Promise.all([good, send('/bad')])
    expect(order).toEqual(['/good', 'not /bad'])
  } finally {
    busy = false
    await Promise.all(others)
    await http.close()
    await fake.close()
  }
})
