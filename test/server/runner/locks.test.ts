import { AccountLocks } from '@penstock/server/runner/account-locks.ts'
import { FileLocks } from '@penstock/server/runner/file-locks.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const never = new AbortController().signal
const release = async (held: AsyncDisposable | undefined) => held?.[Symbol.asyncDispose]()

test('a lock is held by one at a time, over all processes, and let go of at once', async () => {
  const [one, other] = [new AccountLocks(database.url), new AccountLocks(database.url)]
  const held = await one.hold('scroll', never)
  const elsewhere = await other.hold('another scroll', never)
  let got = false
  const waiting = other.hold('scroll', never).then((lock) => {
    got = true
    return lock
  })
  await expect(other.hold('scroll', AbortSignal.timeout(600))).rejects.toThrow('timeout')
  expect(got).toBe(false)
  await release(held)
  await release(await waiting)
  await release(elsewhere)
})

test('a lock whose connection is lost is held again at once, before somebody else has it', async () => {
  const [one, other] = [new AccountLocks(database.url), new AccountLocks(database.url)]
  const held = await one.hold('lost', never)
  const holders = async () => {
    const rows = await database.sql`select pid from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`
    return rows.map(({ pid }) => Number(pid))
  }
  const [before = 0, ...others] = await holders()
  expect(others).toEqual([])
  await database.sql`select pg_terminate_backend(${before})`
  await vi.waitFor(async () => expect((await holders()).filter((pid) => pid !== before)).toHaveLength(1), {
    timeout: 60_000,
  })
  await expect(other.hold('lost', AbortSignal.timeout(300))).rejects.toThrow('timeout')
  await release(held)
  await release(await other.hold('lost', AbortSignal.timeout(60_000)))
})

test('who waits for a lock goes on waiting while the database does not answer', async () => {
  const lost = new AccountLocks('postgres://somebody@127.0.0.1:9/nowhere')
  await expect(lost.hold('scroll', AbortSignal.timeout(600))).rejects.toThrow('timeout')
})

test('a file is open in one process, where many runs may use it', async () => {
  const [one, other] = [0, 1].map(() => new FileLocks(new AccountLocks(database.url)))
  const held = await Promise.all([one?.hold('file', never), one?.hold('file', never)])
  const waiting = other?.hold('file', never)
  await expect(other?.hold('file', AbortSignal.timeout(300))).rejects.toThrow('timeout')
  await release(held[0])
  await expect(other?.hold('file', AbortSignal.timeout(300))).rejects.toThrow('timeout')
  await release(held[1])
  await release(await waiting)
  await release(await one?.hold('file', never))
})
