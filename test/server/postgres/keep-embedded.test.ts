import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { keepEmbedded } from '@penstock/server/postgres/keep-embedded.ts'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import postgres from 'postgres'
import { expect, test } from 'vitest'

test('a database that another process runs is used, and goes on in the same place when that process ends, and when it ends by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'penstock-kept-'))
  const data = join(folder, 'data')
  const first = await startEmbedded(data, { fsync: 'off' })
  const told: unknown[] = []
  const kept = await keepEmbedded(data, { fsync: 'off' }, (error) => told.push(error))
  const sql = postgres({ ...readConnectionUrl(kept.url), max: 2, onnotice: () => {} })
  try {
    expect(kept.pid).toBe(first.pid)
    await sql`create table kept as select 1 as one`
    await first.stop()
    const goesOn = async () =>
      await expect
        .poll(async () => await sql`select one from kept`.catch(() => undefined))
        .toEqual([{ one: 1 }])
    await goesOn()
    await expect.poll(() => kept.pid).not.toBe(first.pid)
    // As for want of memory, or after a full disk.
    const { pid } = kept
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => kept.pid).not.toBe(pid)
    await goesOn()
    expect(told).toContain(undefined)
  } finally {
    await sql.end({ timeout: 1 })
    await kept.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
