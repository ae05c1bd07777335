import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import type { HttpResponse } from '@penstock/server/egress/collect-response.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { ApiClient } from '@penstock/server/engine/api-client.ts'
import { batchUnits } from '@penstock/server/engine/batch-units.ts'
import { Channel } from '@penstock/server/engine/channel.ts'
import { concurrently } from '@penstock/server/engine/concurrently.ts'
import { RecentVersions } from '@penstock/server/engine/process-page.ts'
import { RowUnit } from '@penstock/server/engine/row-unit.ts'
import { ServerClock } from '@penstock/server/engine/server-clock.ts'
import { Spool } from '@penstock/server/engine/spool.ts'
import { TableShape } from '@penstock/server/engine/table-shape.ts'
import { answer, listen } from '../egress/listen.ts'
import { loadIntercom } from './intercom-workspace.ts'
import { hastyClock } from './pipeline-rig.ts'
import { plain, pseudonymiser } from './shape-records.ts'

function unitOf(rows: readonly (readonly string[])[], bytes: number): RowUnit {
  const unit = new RowUnit()
  unit.bytes = bytes
  unit.table('things').rows.push(...rows)
  return unit
}

test('a spool gives everything back in order, from a file that nobody can find', async () => {
  const spool = new Spool()
  const expected: string[] = []
  for (let at = 0; at < 30; at++) {
    await spool.add(unitOf([[`row ${at}`]], 1024 * 1024))
    expected.push(`row ${at}`)
  }
  expect((await readdir(tmpdir())).filter((name) => /^penstock-[0-9a-f-]{36}$/.test(name))).toEqual([])
  for (let reading = 0; reading < 2; reading++) {
    const found: unknown[] = []
    for await (const helping of spool.helpings('all'))
      for (const part of helping) found.push(...(part.tables.get('things')?.rows ?? []).map(([cell]) => cell))
    expect(found).toEqual(expected)
  }
  await spool.clear()
  await spool.add(unitOf([['later']], 1))
  const left: unknown[] = []
  for await (const helping of spool.helpings('all')) left.push(...helping)
  expect(left).toHaveLength(1)
  await spool.clear()
})

test('a spool that is filled from many sides at once loses nothing, and gives nothing back twice', async () => {
  const spool = new Spool()
  const names = Array.from({ length: 60 }, (_, at) => `row ${at}`)
  await concurrently(names, 8, async (name) => spool.add(unitOf([[name]], 3 * 1024 * 1024)))
  const found: unknown[] = []
  for await (const helping of spool.helpings('all'))
    for (const part of helping) found.push(...(part.tables.get('things')?.rows ?? []).map(([cell]) => cell))
  await spool.clear()
  expect(found).toHaveLength(names.length)
  expect(new Set(found)).toEqual(new Set(names))
})

test('a channel holds producers back, gives a slow consumer more at once, and loses nothing', async () => {
  const channel = new Channel<number>(
    () => 10,
    () => 4,
  )
  let sent = 0
  const producers = Array.from({ length: 5 }, async (_, producer) => {
    for (let at = 0; at < 40; at++) {
      await channel.send(producer * 1000 + at)
      sent++
    }
  })
  const end = Promise.all(producers).then(() => channel.end())
  const seen: number[] = []
  let largest = 0
  for await (const helping of channel) {
    seen.push(...helping)
    largest = Math.max(largest, helping.length)
    expect(seen.length).toBeGreaterThanOrEqual(sent - 5)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await end
  expect(new Set(seen).size).toBe(200)
  expect(largest).toBeGreaterThan(1)
  expect(largest).toBeLessThanOrEqual(7)
})

test('when a channel fails, what was sent before is still taken, and producers stop', async () => {
  const channel = new Channel<number>(
    () => 2,
    () => 1,
  )
  await channel.send(1)
  const stuck = Promise.all([channel.send(2), channel.send(3)]).catch((error: unknown) => error)
  channel.fail(new Error('broken'))
  expect(await stuck).toEqual(new Error('broken'))
  const seen: number[] = []
  const reading = async () => {
    for await (const helping of channel) seen.push(...helping)
  }
  await expect(reading()).rejects.toThrow('broken')
  expect(seen).toEqual([1, 2, 3])
  await expect(channel.send(4)).rejects.toThrow('broken')
})

test('work side by side stays within its limit, and fails with the first error after the others have ended', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  const work = concurrently([0, 1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running++
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, item === 1 ? 1 : 20))
    running--
    if (item === 1) throw new Error('one failed')
    done.push(item)
  })
  await expect(work).rejects.toThrow('one failed')
  expect([most, running]).toEqual([3, 0])
  expect(new Set(done)).toEqual(new Set([0, 2]))
})

test('parents are told apart by keys of any size, and each keeps the rows of its last reading', () => {
  const shape = new TableShape({
    object: 'things',
    primaryKey: ['parent', 'id'],
    parentKey: ['parent'],
    columns: ['parent', 'id'].map((field) => ({
      field,
      type: 'integer' as const,
      protection: plain,
      seen: 0,
    })),
    left: new Set(),
    block: false,
    pseudonymiser,
    protectNew: () => plain,
    now: '2026-01-01T00:00:00.000Z',
  })
  const units = [[1, 2], [2]].map((ids) => {
    const unit = new RowUnit()
    for (const parent of [9007199254740993n, 9007199254740992n]) {
      unit.table('things').parents.push([parent])
      unit.table('things').rows.push(...ids.map((id) => [parent, id]))
    }
    return unit
  })
  const { batches, repeats } = batchUnits(units, new Map([['things', shape]]))
  expect(batches[0]?.rows).toEqual([
    [9007199254740993n, 2],
    [9007199254740992n, 2],
  ])
  expect(repeats.get('things')).toBe(4)
})

test('the API’s clock is never taken to be later than it is', () => {
  for (const skew of [-3000, -1, 0, 999, 86_400_000]) {
    let now = 1_760_000_000_123
    const clock = new ServerClock({ now: () => now, sleep: async () => undefined })
    for (let answers = 0; answers < 50; answers++) {
      const elapsedMs = 20 + ((answers * 37) % 200)
      now += elapsedMs + 331
      clock.learn(answerAt(now, skew, elapsedMs))
      expect(clock.now()).toBeLessThanOrEqual(now + skew)
    }
    expect(now + skew - clock.now()).toBeLessThan(400)
  }
})

test('where something in front of the API answers by another clock, the earlier one is believed for an hour', () => {
  for (const gateway of [4_000_000, -4_000_000]) {
    let now = 1_760_000_000_123
    const clock = new ServerClock({ now: () => now, sleep: async () => undefined })
    for (const skew of [0, gateway, 0, gateway]) clock.learn(answerAt((now += 300), skew, 50))
    expect(clock.now()).toBeLessThanOrEqual(now)
    expect(clock.latest()).toBeGreaterThan(now - 2000)
    expect(clock.msUntil(now + gateway)).toBeLessThan(2000)
    for (let minutes = 0; minutes < 61; minutes++) clock.learn(answerAt((now += 60_000), 0, 50))
    expect(Math.abs(clock.now() - now)).toBeLessThan(2000)
  }
})

/** An answer that was received at a moment, by a clock that is so much ahead of ours. All in milliseconds. */
function answerAt(receivedAt: number, skew: number, elapsedMs: number): HttpResponse {
  const made = receivedAt - elapsedMs / 2 + skew
  const headers = new Map([['date', new Date(Math.floor(made / 1000) * 1000).toUTCString()]])
  return { status: 200, headers, body: '', receivedAt, elapsedMs }
}

test('an older version of a record is known as such, also one from before the run', () => {
  const recent = new RecentVersions(1000)
  expect(recent.isNewest('a', 1500)).toBe(true)
  expect(recent.isNewest('a', 1400)).toBe(false)
  expect(recent.isNewest('a', 10)).toBe(false)
  expect(recent.isNewest('a', 1500)).toBe(true)
  expect(recent.isNewest('b', 10)).toBe(true)
  expect(recent.isNewest('b', null)).toBe(true)
})

test('a next page on another host is refused, and that host hears nothing', async () => {
  const stranger = await listen((socket) => socket.end(answer([], '{}')))
  const home = await listen((socket) => socket.end(answer([], '{}')))
  const http = new HttpClient({ allowedHosts: ['127.0.0.1'] })
  try {
    const { manifest } = await loadIntercom()
    const client = new ApiClient({
      manifest,
      connection: {
        region: 'us',
        apiBaseUrl: home.url.href,
        settings: new Map([['accessToken', new Secret('canary')]]),
      },
      http,
      clock: hastyClock(),
      random: Math.random,
      onWait: () => undefined,
    })
    const strange = [stranger.url.href, `${stranger.url.href}@${home.url.host}/`, `//${stranger.url.host}/`]
    for (const path of [...strange, 'https://api.intercom.io/contacts']) {
      const request = { method: 'GET', path, query: [], headers: {}, timeoutMs: 1000 } as const
      const sent = client.send(request, 1, new AbortController().signal, () => 'answered')
      await expect(sent).rejects.toMatchObject({ kind: 'host_not_allowed' })
    }
    expect([stranger.connections(), stranger.heard(), home.heard()]).toEqual([0, '', ''])
  } finally {
    await http.close()
    await stranger.close()
    await home.close()
  }
})
