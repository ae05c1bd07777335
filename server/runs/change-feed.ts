import type { ListenMeta } from 'postgres'
import { errorFields } from '../log.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { changeChannel } from '../store/event-rows.ts'
import type { ChangeNotice } from '../store/event-rows.ts'

/** Hears what a workspace's workers and people announce; undefined: something may have been missed, so that all is to be read again. */
export type Listener = (notice: ChangeNotice | undefined) => void

/**
 * What is announced in the database, as one process hears it: on one connection, however many people watch. It is opened with the first
 * of them, and comes back by itself.
 */
export class ChangeFeed {
  readonly #database: Database
  readonly #log: Log
  readonly #listeners = new Map<string, Set<Listener>>()
  #listening: Promise<ListenMeta> | undefined

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
  }

  /** Listens to one workspace. Resolves once nothing is missed any more; gives back what ends it. */
  async listen(workspaceId: string, listener: Listener): Promise<() => void> {
    const others = this.#listeners.get(workspaceId) ?? new Set()
    this.#listeners.set(workspaceId, others.add(listener))
    const opening = (this.#listening ??= this.#open())
    try {
      await opening
    } catch (error) {
      if (this.#listening === opening) this.#listening = undefined
      others.delete(listener)
      throw error
    }
    return () => {
      others.delete(listener)
      if (others.size === 0) this.#listeners.delete(workspaceId)
    }
  }

  async close(): Promise<void> {
    await this.#listening?.then((listening) => listening.unlisten()).catch(() => undefined)
  }

  async #open(): Promise<ListenMeta> {
    let first = true
    return await this.#database.raw.listen(
      changeChannel,
      (text) => this.#hear(text),
      () => {
        // The connection was lost and is back: nobody knows what was said meanwhile.
        if (!first) for (const listeners of this.#listeners.values()) tell(listeners, undefined)
        first = false
      },
    )
  }

  #hear(text: string): void {
    try {
      const notice = readNotice(text)
      tell(this.#listeners.get(notice.workspaceId) ?? [], notice)
    } catch (error) {
      this.#log.warn('feed.not_understood', errorFields(error))
    }
  }
}

function tell(listeners: Iterable<Listener>, notice: ChangeNotice | undefined): void {
  for (const listener of listeners) listener(notice)
}

function readNotice(text: string): ChangeNotice {
  const notice: unknown = JSON.parse(text)
  if (typeof notice !== 'object' || notice === null || !('workspaceId' in notice))
    throw new TypeError('A notice names its workspace.')
  return {
    workspaceId: String(notice.workspaceId),
    ...('runId' in notice ? { runId: String(notice.runId) } : {}),
    ...('list' in notice ? { list: notice.list === true } : {}),
  }
}
