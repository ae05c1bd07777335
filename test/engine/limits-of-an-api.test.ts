import { afterAll, beforeAll, expect, test } from 'vitest'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { systemClock, type Clock } from '@penstock/server/engine/clock.ts'
import type { Behaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { hastyClock, PipelineRig, reportOf, troubles } from './pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const objects = ['conversations', 'conversation_parts']
const small = { rateLimitPerApp: 40, rateLimitWindowSeconds: 1 }
const limits: readonly (readonly [string, Partial<Behaviour>, number])[] = [
  ['a small budget', small, 2],
  ['a small budget and Retry-After', { ...small, retryAfter: true }, 2],
  ['a small budget that is not told', { ...small, rateLimitHeaders: false }, 110],
  [
    'other apps on the same budget',
    { ...small, rateLimitPerApp: 0, rateLimitPerWorkspace: 60, otherAppCalls: 20 },
    110,
  ],
]

test.each(limits)(
  'with %s everything lands, at about the pace that the API allows',
  async (_, behaviour, most) => {
    const rig = await PipelineRig.start(database, { sizes: { conversations: 120 }, behaviour })
    try {
      const started = Date.now()
      expect(troubles(await rig.run(objects))).toEqual([])
      const requests = rig.workspace.sandbox.log.since(0)
      const refused = requests.filter(({ status }) => status === 429).length
      expect(refused).toBeLessThanOrEqual(most)
      const ideal = (requests.length - refused) / 40
      expect((Date.now() - started) / 1000).toBeLessThan(ideal * 2 + 20)
      expect(await rig.differences(objects)).toEqual([])
    } finally {
      await rig.close()
    }
  },
)

test('requests that hang are broken off and tried again', async () => {
  const rig = await PipelineRig.start(database, { sizes: { conversations: 30 } })
  const { connector } = rig.workspace
  const text = JSON.stringify(connector.manifest).replaceAll('"timeoutSeconds":120', '"timeoutSeconds":1.2')
  const manifest: typeof connector.manifest = JSON.parse(text)
  try {
    rig.workspace.sandbox.faults.set({ rate: 0.1, kinds: ['hang'], path: '/conversations' })
    const reasons = new Set<string>()
    const report = await rig.run(objects, {
      connector: { ...connector, manifest },
      clock: hastyClock(),
      onEvent: (event) => event.type === 'waiting' && reasons.add(event.reason),
    })
    expect(troubles(report)).toEqual([])
    expect(report.retries).toBeGreaterThan(0)
    expect([...reasons]).toContain('The API took a request and did not answer it in time.')
    expect(await rig.differences(objects)).toEqual([])
  } finally {
    await rig.close()
  }
})

test('pages that are larger than an answer may be are asked for in smaller ones', async () => {
  const rig = await PipelineRig.start(database)
  const { port } = rig.workspace.sandbox
  const http = new HttpClient({ allowedHosts: [`127.0.0.1:${port}`], limits: { bodyBytes: 60_000 } })
  try {
    expect(troubles(await rig.run(['tickets'], { http }))).toEqual([])
    expect(await rig.differences(['tickets'])).toEqual([])
    // Nobody asks for more than fits again and again.
    expect(rig.requests('/tickets/search')).toBeLessThan(30)
  } finally {
    await http.close()
    await rig.close()
  }
})

test('a record that can never be fetched fails its object and keeps nothing else back, and is asked for until it comes', async () => {
  const rig = await PipelineRig.start(database, { sizes: { conversations: 30, contacts: 20 } })
  const run = async (names: readonly string[]) => rig.run(names, { clock: hastyClock() })
  try {
    const [, bad] = await rig.workspace.truth('conversations')
    const id = String(bad?.['id'])
    const others = async () => (await rig.differences(objects)).filter((text) => !text.includes(id))
    rig.workspace.sandbox.faults.set({ rate: 1, kinds: ['server_error'], path: `/conversations/${id}` })
    const report = await run([...objects, 'contacts'])
    expect(report.status).toBe('partial')
    expect(reportOf(report, 'conversation_parts')).toMatchObject({
      status: 'failed',
      error: { code: 'unavailable', message: expect.stringContaining('everything else') },
    })
    expect(
      Number(Reflect.get(reportOf(report, 'conversation_parts').checkpoint ?? {}, 'through')),
    ).toBeLessThan(Number(bad?.['updated_at']))
    expect(await rig.differences(['conversations', 'contacts'])).toEqual([])
    expect(await rig.differences(objects)).not.toEqual([])
    expect(await others()).toEqual([])
    const asked = rig.requests('/conversations/')
    for (let time = 0; time < 9; time++)
      expect(troubles(await run(objects))).toEqual([expect.stringMatching(/^conversation_parts: failed/)])
    expect(rig.requests('/conversations/') - asked, 'for nothing but the one').toBeLessThan(9 * 12)
    rig.workspace.sandbox.faults.set(undefined)
    expect(troubles(await run(objects))).toEqual([])
    expect(await rig.differences(objects)).toEqual([])
  } finally {
    await rig.close()
  }
})

/** A clock that is a minute on after each wait. */
function leapingClock(): Clock {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    sleep: async (_, signal) => {
      ahead += 60_000
      await systemClock.sleep(1, signal)
    },
  }
}

test('a search of which nothing came for minutes is given up for all of its windows, and keeps nothing else back', async () => {
  const rig = await PipelineRig.start(database, { sizes: { conversations: 30, contacts: 20 } })
  try {
    rig.workspace.sandbox.faults.set({ rate: 1, kinds: ['reset_before'], path: '/conversations/search' })
    const report = await rig.run([...objects, 'contacts'], { clock: leapingClock() })
    expect(troubles(report)).toEqual(
      objects.map((object) => expect.stringMatching(`^${object}: failed unavailable`)),
    )
    expect(rig.requests('/conversations/search')).toBeLessThan(20)
    expect(await rig.differences(['contacts'])).toEqual([])
    rig.workspace.sandbox.faults.set(undefined)
    expect(troubles(await rig.run(objects))).toEqual([])
    expect(await rig.differences(objects)).toEqual([])
  } finally {
    await rig.close()
  }
})
