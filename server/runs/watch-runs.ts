import type { Actor } from '../actor.ts'
import type { ToldEvent, RunObject, RunSummary } from './describe-run.ts'
import { lookAtRun, runsToTell } from './look-at-run.ts'
import { readCursor, writeCursor } from './watch-cursor.ts'

/** Something that a watcher should see. States and counts are as they are now, and may come again; a line of the log comes once. */
export type WatchUpdate =
  | { readonly kind: 'run'; readonly run: RunSummary }
  /** Those of a run's objects that changed, all in one: there may be fifty, ten times a second. */
  | { readonly kind: 'objects'; readonly runId: string; readonly objects: RunObject[] }
  | { readonly kind: 'event'; readonly runId: string; readonly event: ToldEvent }
  | { readonly kind: 'pipelines' }
  /** Who else has the watched pipeline open. */
  | { readonly kind: 'presence'; readonly people: { readonly userId: string; readonly name: string }[] }

/** An update, and the id to begin after it. */
export interface TrackedUpdate {
  readonly id: string
  readonly update: WatchUpdate
}

export interface WatchInput {
  /** Absent: all runs of the workspace. That the list of pipelines changed is told in any case. */
  readonly runIds?: readonly string[] | undefined
  /** A pipeline that the watcher has open: it is told who else has. */
  readonly pipelineId?: string | undefined
  /** The last update that was seen, after a break. */
  readonly lastEventId?: string | undefined
  /** Rejects once the watcher may not watch any more. */
  readonly insist: () => Promise<void>
  readonly signal: AbortSignal
}

/** The stream shows something new at most every so many milliseconds: 10 times a second, with room to spare. */
const paceMs = 125
/** How often it is looked whether the watcher may still watch. */
const insistMs = 2000

/**
 * What happens in the actor's workspace, as it happens, in one stream: ends when the signal says so, and rejects once the watcher may
 * not watch any more. After a break `lastEventId` takes it up where it was: no line of the log is lost or comes twice.
 */
export async function* watchRuns(actor: Actor, input: WatchInput): AsyncGenerator<TrackedUpdate, void> {
  const news = new News(input.runIds)
  const unlisten = await actor.services.changes.listen(actor.workspaceId, (notice) => news.add(notice))
  const place =
    input.pipelineId === undefined
      ? undefined
      : { workspaceId: actor.workspaceId, pipelineId: input.pipelineId }
  const cursor = readCursor(input.lastEventId)
  const watcher = {
    seqs: new Map(cursor.seqs),
    shown: new Map<string, Map<string, string>>(),
    tail: cursor.at === undefined,
  }
  let insisted = Date.now()
  let leave: (() => void) | undefined
  try {
    leave = place && (await actor.services.presence.watch(place, () => news.addPeople()))
    news.people = place !== undefined
    await input.insist()
    for (const id of await runsToTell(actor, input.runIds, cursor)) news.add({ runId: id })
    if (cursor.at !== undefined) news.list = true
    while (!input.signal.aborted) {
      const { runs, list, people } = news.take()
      const at = Date.now()
      const told = (update: WatchUpdate) => ({ id: writeCursor({ at, seqs: watcher.seqs }), update })
      for (const id of runs === 'all'
        ? await runsToTell(actor, input.runIds, { at, seqs: watcher.seqs })
        : runs)
        for await (const update of lookAtRun(actor, id, watcher)) yield told(update)
      if (list) yield told({ kind: 'pipelines' })
      if (people && place)
        yield told({ kind: 'presence', people: actor.services.presence.others(place, actor.userId) })
      watcher.tail = false
      await news.wait(Math.max(paceMs - (Date.now() - at), 1), insistMs, input.signal)
      if (Date.now() - insisted < insistMs) continue
      await input.insist()
      insisted = Date.now()
    }
  } finally {
    unlisten()
    leave?.()
  }
}

/** What is to be told next: each run once, however often it was announced. */
class News {
  readonly #wanted: ReadonlySet<string> | undefined
  #runs: Set<string> | 'all' = new Set()
  #wake: () => void = () => undefined
  list = false
  people = false

  constructor(runIds: readonly string[] | undefined) {
    this.#wanted = runIds && new Set(runIds)
  }

  add(notice: { readonly runId?: string; readonly list?: boolean } | undefined): void {
    const { runId, list = runId === undefined } = notice ?? { list: true }
    if (list) this.list = true
    if (notice === undefined) this.#runs = 'all'
    else if (runId !== undefined && this.#runs !== 'all' && (this.#wanted?.has(runId) ?? true))
      this.#runs.add(runId)
    if (this.#any) this.#wake()
  }

  /** Somebody came or went. */
  addPeople(): void {
    this.people = true
    this.#wake()
  }

  take(): {
    readonly runs: ReadonlySet<string> | 'all'
    readonly list: boolean
    readonly people: boolean
  } {
    const taken = { runs: this.#runs, list: this.list, people: this.people }
    this.#runs = new Set()
    this.list = false
    this.people = false
    return taken
  }

  /** Resolves when there is something to tell, no sooner than `leastMs` from now and no later than `mostMs`, or when the signal says so. */
  async wait(leastMs: number, mostMs: number, signal: AbortSignal): Promise<void> {
    await this.#sleep(leastMs, signal, false)
    if (!this.#any) await this.#sleep(mostMs, signal, true)
  }

  get #any(): boolean {
    return this.list || this.people || this.#runs === 'all' || this.#runs.size > 0
  }

  async #sleep(ms: number, signal: AbortSignal, wakeable: boolean): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#wake = () => undefined
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end, { once: true })
      if (wakeable) this.#wake = end
    })
  }
}
