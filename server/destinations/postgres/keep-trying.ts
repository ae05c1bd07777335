import { setTimeout as wait } from 'node:timers/promises'
import type { ConnectionOptions } from './connection-options.ts'
import { explainError, isPassing } from './explain-error.ts'
import { PostgresSession } from './session.ts'

/** How long a database may be away (a restart, a failover) before the run fails. */
const patienceMs = 30_000

/** A connection that is opened when it is needed, and again when it was lost. One piece of work at a time has it. */
export class Reconnecting {
  readonly #options: ConnectionOptions
  #session: PostgresSession | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /**
   * Does `work` with a connection, again with a new one while it fails for a reason that passes, for about 30 seconds.
   * `work` may thus have happened already, as when the connection dropped after COMMIT was sent: it must find out.
   */
  async use<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => this.#keepTrying(work))
    this.#last = done.catch(() => {})
    return await done
  }

  /** Never rejects. */
  async end(): Promise<void> {
    await this.#last
    await this.#drop()
  }

  async #keepTrying<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    const deadline = Date.now() + patienceMs
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work(await this.#ready())
      } catch (error) {
        if (!isPassing(error) || Date.now() > deadline) throw explainError(error)
        await wait(Math.min(2000, 50 * 2 ** attempt) * (0.5 + Math.random() / 2))
      }
    }
  }

  async #drop(): Promise<void> {
    await this.#session?.end().catch(() => {})
    this.#session = undefined
  }

  async #ready(): Promise<PostgresSession> {
    if (this.#session && !this.#session.lost) return this.#session
    await this.#drop()
    this.#session = await PostgresSession.open(this.#options)
    return this.#session
  }
}
