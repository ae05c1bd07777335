import { setTimeout as wait } from 'node:timers/promises'
import type { ConnectionOptions } from './connection-options.ts'
import { explainError, isPassing } from './explain-error.ts'
import { PostgresSession } from './session.ts'

/** How long a database may be away (a restart, a failover) before the run fails. */
const patienceMs = 30_000

/** A connection that is opened when it is needed, and again when it was lost. */
export class Reconnecting {
  readonly #options: ConnectionOptions
  #session: PostgresSession | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /**
   * Does `work` with a connection, again with a new one while it fails for a reason that passes, for about 30 seconds.
   * `work` may thus have happened already, as when the connection dropped after COMMIT was sent: it must find out.
   */
  async use<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
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

  /** Never rejects. */
  async end(): Promise<void> {
    await this.#session?.end().catch(() => {})
    this.#session = undefined
  }

  async #ready(): Promise<PostgresSession> {
    if (this.#session && !this.#session.lost) return this.#session
    await this.end()
    this.#session = await PostgresSession.open(this.#options)
    return this.#session
  }
}
