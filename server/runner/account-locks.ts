import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { readConnectionUrl } from '../destinations/postgres/connection-options.ts'
import type { Locks } from '../engine/shared-budget.ts'
import { isDatabaseAway } from '../is-database-away.ts'

const askEveryMs = 250
/**
 * PostgreSQL ends a session that says nothing for so long, and its lock with it: a worker that is stopped, or cut off, must not keep an
 * account from all others. One that lives says something more often.
 */
const idleMs = 15_000
const aliveMs = 4000

/** Locks that hold over all workers: advisory locks of PostgreSQL, each on a session of its own, so that a dead worker's are let go at once. */
export class AccountLocks implements Locks {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Rejects with the signal's reason when it is aborted first. */
  async hold(name: string, signal: AbortSignal): Promise<AsyncDisposable> {
    const state = { isHeld: false, isLost: false }
    const holdAgain = async (): Promise<void> => {
      state.isLost = !(await tryLock(session, name).catch(() => false))
    }
    const session = postgres({
      ...readConnectionUrl(this.#url),
      max: 1,
      // The driver asks for types on its own, and where that is what a lost connection interrupts, nobody hears of it and the process ends.
      fetch_types: false,
      onnotice: () => {},
      // The lock went with its connection, as when the database was restarted: the driver opens another by itself, which holds nothing.
      onclose: () => {
        if (!state.isHeld) return
        state.isLost = true
        setImmediate(() => void holdAgain())
      },
      connection: { application_name: 'penstock lock', idle_session_timeout: idleMs },
    })
    try {
      while (!(await tryLock(session, name))) await sleep(askEveryMs, undefined, { signal })
      signal.throwIfAborted()
    } catch (error) {
      await session.end({ timeout: 0 })
      throw signal.aborted ? signal.reason : error
    }
    state.isHeld = true
    const sayAlive = async () => (state.isLost ? await holdAgain() : await session`select 1`)
    const alive = setInterval(() => void sayAlive().catch(() => undefined), aliveMs)
    alive.unref()
    return {
      [Symbol.asyncDispose]: async () => {
        clearInterval(alive)
        state.isHeld = false
        await session.end({ timeout: 1 })
      },
    }
  }
}

/** Where the database does not answer nobody is given the lock; whoever waits for it goes on waiting, and what it is for has not failed. */
async function tryLock(session: Sql, name: string): Promise<boolean> {
  try {
    const [row] =
      await session`select pg_try_advisory_lock(hashtextextended(${`penstock ${name}`}, 0)) as held`
    return row?.['held'] === true
  } catch (error) {
    if (isDatabaseAway(error)) return false
    throw error
  }
}
