import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PostgresDestination } from '@penstock/server/destinations/postgres.ts'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitOf, contacts, contactTag, none, through } from '../../contracts/destination/rows-of-tests.ts'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'
import { startDroppingProxy } from './dropping-proxy.ts'

let database: TestDatabase | undefined
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => {
  await database?.drop()
})

function current(): TestDatabase {
  if (!database) throw new Error('The database is made first.')
  return database
}

const claim = { run: 'run_1', source: 'workspace_1' }
const reject = { object: 'contacts', key: '"z"', reason: 'no id' }

describe('PostgreSQL: connections that drop', () => {
  test.each([
    ['before commit', [reject]],
    ['after commit', [reject]],
    ['before commit', []],
    ['after commit', []],
  ] as const)(
    'a connection that drops %s leaves the commit done once, and counted as it was, rejected: %j',
    async (when, rejected) => {
      const proxy = await startDroppingProxy(current().url)
      const namespace = `${when.replace(' ', '_')}_${rejected.length}`
      const destination = new PostgresDestination(proxy.url, namespace)
      const tables = await destination.open([contacts, contactTag], claim)
      await tables.commit(commitOf('contact_tag', [['a', 't0', 1]], { parents: [['a']] }))
      proxy.dropNext(when)
      const result = await tables.commit({
        batches: [
          {
            object: 'contacts',
            rows: [
              ['a', 'Ada', 1],
              ['b', 'Bo', 1],
            ],
          },
          { object: 'contact_tag', rows: [['a', 't1', 1]], parents: [['a']] },
        ],
        rejected,
        checkpoints: new Map([['contacts', through(4)]]),
        counts: new Map([['contacts', { ...none, extracted: 5, loaded: 3 }]]),
      })
      expect(proxy.dropped()).toBe(1)
      expect(result.get('contacts')).toEqual({ loaded: 2, unchanged: 0, deleted: 0 })
      expect(result.get('contact_tag')).toEqual({ loaded: 1, unchanged: 0, deleted: 1 })
      const kept = await current().sql.unsafe(`select key from ${namespace}._penstock_rejected`)
      expect(kept).toHaveLength(rejected.length)
      const described = (await destination.describe(['contacts'])).get('contacts')
      expect(described?.checkpoint).toEqual(through(4))
      expect(described?.counted?.counts).toEqual({ ...none, extracted: 5, loaded: 5 })

      proxy.dropNext(when)
      await tables.stage([{ object: 'contacts', rows: [['a', 'Ada', 1]] }])
      proxy.dropNext(when)
      await tables.stage([{ object: 'contacts', rows: [['c', 'Cy', 1]] }])
      proxy.dropNext(when)
      const published = await tables.publish({
        objects: ['contacts'],
        guard: true,
        rejected: [],
        checkpoints: new Map(),
      })
      expect(proxy.dropped()).toBe(4)
      expect(published.get('contacts')).toEqual({ loaded: 1, unchanged: 1, deleted: 1 })
      await tables.release()
      await destination.close()
      await proxy.close()
    },
  )

  test('a commit over the network waits for no acknowledgement of half a message, which comes 40 ms late', async () => {
    const proxy = await startDroppingProxy(current().url)
    const destination = new PostgresDestination(proxy.url, 'undelayed')
    const tables = await destination.open([contacts], claim)
    let shortest = Infinity
    for (let second = 0; second < 20; second += 1) {
      const began = performance.now()
      await tables.commit(commitOf('contacts', [['a', 'Ada', second]]))
      shortest = Math.min(shortest, performance.now() - began)
    }
    expect(shortest).toBeLessThan(40)
    await tables.release()
    await destination.close()
    await proxy.close()
  })

  test('a process that is paused keeps nobody out for long: each statement leaves in one piece', async () => {
    const proxy = await startDroppingProxy(current().url)
    const destination = new PostgresDestination(proxy.url, 'in $1 "piece"')
    await destination.check()
    const tables = await destination.open([contacts, contactTag], claim)
    await tables.alter({ ...contacts, columns: [...contacts.columns, { field: 'more', type: 'text' }] })
    const rows = [['a', 'Ada', 1, `it's $2`]]
    await tables.commit({ ...commitOf('contacts', rows), rejected: [reject] })
    await tables.stage([{ object: 'contact_tag', rows: [['a', 't0', 1]] }])
    await tables.publish({ objects: ['contact_tag'], guard: true, rejected: [], checkpoints: new Map() })
    await tables.release()
    expect((await destination.describe(['contacts'])).size).toBe(1)
    expect((await destination.wipe(['contacts', 'contact_tag'])).get('contacts')).toBe(1)
    await destination.close()
    expect(proxy.halfSent()).toBe(0)
    await proxy.close()
  })

  test('backends that are terminated at any moment lose nothing and double nothing', async () => {
    const destination = new PostgresDestination(current().url, 'terminated')
    const tables = await destination.open([contacts], claim)
    let kills = 0
    let loaded = 0
    for (let batch = 0; batch < 25; batch += 1) {
      const rows = Array.from({ length: 400 }, (_, index) => [`id${batch * 400 + index}`, 'x'.repeat(100), 1])
      const commit = {
        ...commitOf('contacts', rows),
        checkpoints: new Map([['contacts', through(batch)]]),
        counts: new Map([['contacts', { ...none, extracted: loaded + rows.length, loaded }]]),
      }
      const committing = tables.commit(commit)
      // A moment that is another one in each round: while rows travel, merge, or commit.
      await new Promise((next) => setTimeout(next, (batch * 7) % 23))
      const killed = await current().sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'penstock'`
      kills += killed.length
      loaded += (await committing).get('contacts')?.loaded ?? 0
    }
    expect(kills).toBeGreaterThan(0)
    expect(loaded).toBe(10_000)
    const [row] = await current()
      .sql`select count(*)::int as rows, count(distinct id)::int as ids from terminated.contacts`
    expect(row).toEqual({ rows: 10_000, ids: 10_000 })
    const counted = (await destination.describe(['contacts'])).get('contacts')?.counted
    expect(counted?.counts).toEqual({ ...none, extracted: 10_000, loaded: 10_000 })
    await tables.release()
    await destination.close()
  })

  test('a server that is killed and comes back does not fail the run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'penstock-killed-'))
    const data = join(folder, 'data')
    const first = await startEmbedded(data, { fsync: 'off' })
    const destination = new PostgresDestination(first.url, 'killed')
    const tables = await destination.open([contacts], claim)
    await tables.stage([{ object: 'contacts', rows: [['staged', 'x', 1]] }])
    let committed = 0
    let restarted = false
    const writing = (async () => {
      for (let after = 0; after < 3; committed += 1) {
        const checkpoints = new Map([['contacts', through(committed)]])
        await tables.commit({ ...commitOf('contacts', [[`id${committed}`, 'x', 1]]), checkpoints })
        if (restarted) after += 1
      }
    })()
    while (committed < 5) await new Promise((next) => setImmediate(next))
    process.kill(first.pid, 'SIGKILL')
    const second = await startEmbedded(data, { fsync: 'off' })
    restarted = true
    await writing
    expect(second.reused).toBe(false)
    const described = (await destination.describe(['contacts'])).get('contacts')
    expect(described?.checkpoint).toEqual(through(committed - 1))
    // An unlogged table is empty after a crash: what was staged is gone, and must not be published.
    const publishing = tables.publish({
      objects: ['contacts'],
      guard: false,
      rejected: [],
      checkpoints: new Map(),
    })
    await expect(publishing).rejects.toMatchObject({ kind: 'destination_unavailable' })
    await tables.release()
    await destination.close()
    await second.stop()
    await rm(folder, { recursive: true, force: true })
  })
})
