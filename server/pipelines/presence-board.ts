import { randomUUID } from 'node:crypto'
import type { ListenMeta } from 'postgres'
import type { Clock } from '../engine/clock.ts'
import { errorFields } from '../log.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'

/** A pipeline that people have open. */
export interface PresencePlace {
  readonly workspaceId: string
  readonly pipelineId: string
}

/** Somebody who has it open, in one tab. */
export interface Visitor {
  readonly tab: string
  readonly userId: string
  readonly name: string
}

interface Notice extends PresencePlace, Visitor {
  readonly here: boolean
  /** The process that heard it from the tab itself. */
  readonly from: string
}

interface Seen extends Notice {
  /** Unix milliseconds. */
  readonly until: number
}

const channel = 'penstock_presence'
/** Tabs say every ten seconds that they are there: one that was not heard for so long has gone, whatever became of it. */
const lifeMs = 25_000
const sweepMs = 2_500

/**
 * Who has which pipeline open, as all servers tell each other through the database. Nothing is written: a server that starts knows what it
 * heard since, and others say again who is with them when somebody new comes.
 */
export class PresenceBoard {
  readonly #id = randomUUID()
  readonly #database: Database
  readonly #log: Log
  readonly #clock: Clock
  readonly #seen = new Map<string, Map<string, Seen>>()
  /** Tabs that have said goodbye, and until when that stands (Unix milliseconds): what they said before may come after it. */
  readonly #left = new Map<string, number>()
  readonly #listeners = new Map<string, Set<() => void>>()
  #listening: Promise<ListenMeta> | undefined
  #sweep: NodeJS.Timeout | undefined

  constructor(database: Database, log: Log, clock: Clock) {
    this.#database = database
    this.#log = log
    this.#clock = clock
  }

  /** A tab says that it is there, or that it leaves. One that has left does not come back: who opens the pipeline again is a new tab. */
  async tell(place: PresencePlace, { tab, userId, name }: Visitor, here: boolean): Promise<void> {
    await this.#open()
    await this.#announce({ ...place, tab, userId, name, here, from: this.#id })
  }

  /** Calls back whenever others come or go at a place. Gives back what ends it. */
  async watch(place: PresencePlace, onChange: () => void): Promise<() => void> {
    await this.#open()
    const key = keyOf(place)
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(onChange))
    return () => {
      listeners.delete(onChange)
      if (listeners.size === 0) this.#listeners.delete(key)
    }
  }

  /** Who else is there, each person once, whoever came first first. */
  others(place: PresencePlace, userId: string | null): { readonly userId: string; readonly name: string }[] {
    const now = this.#clock.now()
    const people = new Map<string, string>()
    for (const one of this.#seen.get(keyOf(place))?.values() ?? [])
      if (one.until > now && one.userId !== userId) people.set(one.userId, one.name)
    return [...people].map(([id, name]) => ({ userId: id, name }))
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep)
    await this.#listening?.then((listening) => listening.unlisten()).catch(() => undefined)
  }

  async #open(): Promise<void> {
    const opening = (this.#listening ??= this.#database.raw.listen(channel, (text) => this.#hear(text)))
    this.#sweep ??= setInterval(() => this.#forget(), sweepMs).unref()
    try {
      await opening
    } catch (error) {
      if (this.#listening === opening) this.#listening = undefined
      throw error
    }
  }

  async #announce(notice: Notice): Promise<void> {
    await this.#database.raw.notify(channel, JSON.stringify(notice))
  }

  #hear(text: string): void {
    try {
      const notice = readNotice(text)
      if (notice.here && this.#left.has(notice.tab)) return
      const key = keyOf(notice)
      const tabs = this.#seen.get(key) ?? new Map<string, Seen>()
      const isNew = !tabs.has(notice.tab)
      if (notice.here) tabs.set(notice.tab, { ...notice, until: this.#clock.now() + lifeMs })
      else {
        tabs.delete(notice.tab)
        this.#left.set(notice.tab, this.#clock.now() + lifeMs)
      }
      if (tabs.size > 0) this.#seen.set(key, tabs)
      else this.#seen.delete(key)
      if (isNew === notice.here) this.#change(key)
      if (isNew && notice.here) this.#tellAgain(tabs, notice.tab)
    } catch (error) {
      this.#log.warn('presence.not_understood', errorFields(error))
    }
  }

  /** Somebody is new here: who is with this server may be new to theirs. */
  #tellAgain(tabs: ReadonlyMap<string, Seen>, except: string): void {
    for (const { until: _until, ...notice } of tabs.values()) {
      if (notice.tab === except || notice.from !== this.#id) continue
      this.#announce(notice).catch((error: unknown) =>
        this.#log.warn('presence.not_told', errorFields(error)),
      )
    }
  }

  #forget(): void {
    const now = this.#clock.now()
    for (const [key, tabs] of this.#seen) {
      const gone = [...tabs.values()].filter(({ until }) => until <= now)
      for (const { tab } of gone) tabs.delete(tab)
      if (tabs.size === 0) this.#seen.delete(key)
      if (gone.length > 0) this.#change(key)
    }
    for (const [tab, until] of this.#left) if (until <= now) this.#left.delete(tab)
  }

  #change(key: string): void {
    for (const listener of this.#listeners.get(key) ?? []) listener()
  }
}

function keyOf({ workspaceId, pipelineId }: PresencePlace): string {
  return `${workspaceId} ${pipelineId}`
}

function readNotice(text: string): Notice {
  const notice: unknown = JSON.parse(text)
  if (typeof notice !== 'object' || notice === null) throw new TypeError('A notice is an object.')
  const word = (name: string): string => {
    const value: unknown = Reflect.get(notice, name)
    if (typeof value !== 'string') throw new TypeError(`A notice has a ${name}.`)
    return value
  }
  return {
    workspaceId: word('workspaceId'),
    pipelineId: word('pipelineId'),
    tab: word('tab'),
    userId: word('userId'),
    name: word('name'),
    from: word('from'),
    here: Reflect.get(notice, 'here') === true,
  }
}
