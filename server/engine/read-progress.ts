import type { Checkpoint, OpenWindow, VanishedRecord } from '@penstock/schemas/generated/checkpoint.ts'
import type { Progress } from './row-unit.ts'

/** Parents remembered for each window at the most; beyond that some are read twice after a crash. */
const mostParents = 10_000
/** And so many in all, for windows that are read from their start again. */
const mostDone = 50_000
/** And so many records that vanished, in all: where an API lists more ghosts than that, they are none that come back. */
const mostVanished = 2000
/** So often one of them is asked for: an API that finds nothing for an hour must not cost what it lists. */
const mostLooks = 8

interface WindowProgress {
  window: OpenWindow
  position: string | number | undefined
  readonly parents: Map<string, number | null>
}

/**
 * How far a read has come, as it is durable: the windows that are not done, and where in each of them. Written into the checkpoint
 * with every commit, so that whoever comes next goes on from there.
 */
export class ReadProgress {
  readonly through: number
  /**
   * About how many pages each window should have, once the first answer told how many there are in all. Whoever goes on with this read
   * must not find it out anew: a part of the list would be taken for the whole, and cut again, at the cost of a page for each part.
   */
  windowPages: number | undefined
  readonly #since: number | undefined
  readonly #claimed: Checkpoint | undefined
  readonly #open = new Map<number, WindowProgress>()
  /** Records that vanished before, until they were looked for once more; and those that vanish now. */
  readonly #sought: Map<string, VanishedRecord>
  readonly #vanished = new Map<string, VanishedRecord>()
  readonly #done = new Map<string, number | null>()
  #next = 0

  constructor(input: {
    /** What may be claimed when all windows are done, and from where on. */
    readonly through: number
    readonly since?: number
    /** What is claimed already. */
    readonly claimed: Checkpoint | undefined
    readonly windows: readonly OpenWindow[]
  }) {
    this.through = input.through
    this.#since = input.since
    this.#claimed = input.claimed
    this.#sought = new Map(input.claimed?.vanished?.map((one) => [one.key, one]))
    this.windowPages = input.claimed?.reading?.windowPages
    for (const window of input.windows) this.add(window)
  }

  /** Takes in a window that is still to be read; gives its number. */
  add(window: OpenWindow): number {
    const parents = new Map(
      Object.entries(window.parents ?? {}).map(([key, version]) => [key, asVersion(version)]),
    )
    this.#open.set(this.#next, { window, position: window.position, parents })
    for (const [key, version] of parents) this.#noteDone(key, version)
    return this.#next++
  }

  /** Replaces a window by others that together match what it does. */
  split(number: number, windows: readonly OpenWindow[]): readonly number[] {
    this.#open.delete(number)
    return windows.map((window) => this.add(window))
  }

  /** A window is to be read from its start again. */
  restart(number: number): void {
    const open = this.#open.get(number)
    if (open) open.position = undefined
  }

  /** The windows that are not done, by number. */
  get windows(): readonly (readonly [number, OpenWindow])[] {
    return [...this.#open].map(([number, { window }]) => [number, window])
  }

  position(number: number): string | number | undefined {
    return this.#open.get(number)?.position
  }

  /** Parents whose children were read, of whichever window, and in which version. */
  get done(): ReadonlyMap<string, number | null> {
    return this.#done
  }

  /** What is on its way to the destination comes there before whatever is sent later, so it needs not be read again. */
  noteSent(steps: readonly Progress[]): void {
    for (const step of steps) if (step.type === 'parent') this.#noteDone(step.key, step.version)
  }

  /** What a unit earns, once it is durable. */
  apply(progress: Progress): void {
    const open = this.#open.get(progress.window)
    if (!open) return
    switch (progress.type) {
      case 'parent':
        if (open.parents.size < mostParents) open.parents.set(progress.key, progress.version)
        this.#vanished.delete(progress.key)
        this.#sought.delete(progress.key)
        return
      case 'vanished':
        this.#noteVanished(progress, open.window)
        return
      case 'page':
        if (progress.position === undefined) return
        open.position = progress.position
        open.parents.clear()
        return
      case 'failed':
        open.window = { ...open.window, suspect: true }
        return
      case 'window':
        this.#open.delete(progress.window)
        this.#noteLooked(open.window)
    }
  }

  /** Where there are too many, those that were read first are forgotten. */
  #noteDone(key: string, version: number | null): void {
    this.#done.delete(key)
    this.#done.set(key, version)
    const [first] = this.#done.size > mostDone ? this.#done.keys() : []
    if (first !== undefined) this.#done.delete(first)
  }

  /** Who is listed all the time, and never found, is believed to be gone in the end; what the API fails to give is never given up. */
  #noteVanished(
    { key, time, unread }: Extract<Progress, { type: 'vanished' }>,
    { partition }: OpenWindow,
  ): void {
    const before = this.#sought.get(key)
    const where = partition === undefined ? {} : { partition }
    if (unread) return void this.#vanished.set(key, { key, time, ...where, unread: [...unread] })
    const times = before && !before.unread ? (before.times ?? 1) + 1 : 1
    if (times >= mostLooks || this.#vanished.size >= mostVanished) return
    this.#vanished.set(key, { key, time, ...where, ...(times === 1 ? {} : { times }) })
  }

  #noteLooked({ vanished = [] }: OpenWindow): void {
    const left = new Set([...this.#open.values()].flatMap(({ window }) => window.vanished ?? []))
    for (const key of vanished) if (!left.has(key)) this.#sought.delete(key)
  }

  /** The claim that this read makes now. */
  checkpoint(): Checkpoint {
    const since = this.#since === undefined ? {} : { since: this.#since }
    const missing = [...new Map([...this.#sought, ...this.#vanished]).values()]
    const vanished = missing.length === 0 ? {} : { vanished: missing }
    if (this.#open.size === 0) return { version: 1, through: this.through, ...since, ...vanished }
    const windows = [...this.#open.values()].map(({ window, position, parents }): OpenWindow => {
      const { position: _, parents: __, ...bounds } = window
      return {
        ...bounds,
        ...(position === undefined ? {} : { position }),
        ...(parents.size === 0 ? {} : { parents: Object.fromEntries(parents) }),
      }
    })
    const { through, since: from } = this.#claimed ?? {}
    const pages = this.windowPages === undefined ? {} : { windowPages: this.windowPages }
    return {
      version: 1,
      ...(through === undefined ? {} : { through, ...(from === undefined ? {} : { since: from }) }),
      ...vanished,
      reading: { through: this.through, ...since, ...pages, windows },
    }
  }
}

function asVersion(version: unknown): number | null {
  return typeof version === 'number' ? version : null
}
