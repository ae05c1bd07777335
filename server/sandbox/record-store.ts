import type { JsonObject } from './json-text.ts'

/** The records a sandbox starts with: a function of the index and of the seed, never a list, so a million cost nothing. */
export interface BaseRecords<Draft> {
  readonly count: number
  readonly idAt: (index: number) => string
  /** The index of an id, or -1. Must be the inverse of idAt. */
  readonly indexOf: (id: string) => number
  /** Never falls as the index grows. */
  readonly createdAt: (index: number) => number
  readonly updatedAt: (index: number) => number
  /** The record's JSON as the API shows it in a list. */
  readonly textAt: (index: number) => string
  /** The record as something that can be changed. */
  readonly draftAt: (index: number) => Draft
}

/** What changed a draft: the API's answer is rendered from it on every read, as names around it may change, too. */
export interface Rendering<Draft> {
  render(draft: Draft, id: string): JsonObject
  updatedAt(draft: Draft): number
  createdAt(draft: Draft): number
}

/** A change and what a search index that lags still believes about the record. */
interface Changed<Draft> {
  readonly draft: Draft
  readonly changedAt: number
  readonly before: { readonly updatedAt: number; readonly text: string } | undefined
}

/** Two records with the same second are told apart by index; 2^21 records and 31 bits of seconds fit in a double. */
export const indexSpan = 2 ** 21

/** A record's place in an order by date: its second and its index in one number. */
export function placeOf(seconds: number, index: number): number {
  return seconds * indexSpan + index
}

/**
 * The records of one object: the base, computed on demand, under what has changed since. Records are named by index;
 * a new record gets the next one, and an index is never used twice.
 */
export class RecordStore<Draft = unknown> {
  readonly base: BaseRecords<Draft>
  readonly #rendering: Rendering<Draft>
  readonly #changed = new Map<number, Changed<Draft>>()
  readonly #gone = new Set<number>()
  readonly #addedIds: string[] = []
  readonly #addedIndexes = new Map<string, number>()
  #version = 0

  constructor(base: BaseRecords<Draft>, rendering: Rendering<Draft>) {
    if (base.count > indexSpan - 100_000)
      throw new RangeError(`At most ${indexSpan - 100_000} records of one object fit.`)
    this.base = base
    this.#rendering = rendering
  }

  /** Grows with every change: what was computed over all records holds as long as it stands still. */
  get version(): number {
    return this.#version
  }

  /** One more than the largest index in use. */
  get end(): number {
    return this.base.count + this.#addedIds.length
  }

  get liveCount(): number {
    return this.end - this.#gone.size
  }

  isLive(index: number): boolean {
    return !this.#gone.has(index)
  }

  isBase(index: number): boolean {
    return index < this.base.count && !this.#changed.has(index) && !this.#gone.has(index)
  }

  /** The index of a live record, or undefined. */
  find(id: string): number | undefined {
    const index = this.indexOf(id)
    return index === undefined || this.#gone.has(index) ? undefined : index
  }

  /** The index of a record that is or was there, or undefined. */
  indexOf(id: string): number | undefined {
    const base = this.base.indexOf(id)
    return base >= 0 ? base : this.#addedIndexes.get(id)
  }

  idAt(index: number): string {
    return index < this.base.count ? this.base.idAt(index) : (this.#addedIds[index - this.base.count] ?? '')
  }

  updatedAt(index: number): number {
    const changed = this.#changed.get(index)
    return changed ? this.#rendering.updatedAt(changed.draft) : this.base.updatedAt(index)
  }

  createdAt(index: number): number {
    const changed = this.#changed.get(index)
    return changed ? this.#rendering.createdAt(changed.draft) : this.base.createdAt(index)
  }

  /** The record as the API shows it in a list. */
  text(index: number): string {
    const changed = this.#changed.get(index)
    if (!changed) return this.base.textAt(index)
    return JSON.stringify(this.#rendering.render(changed.draft, this.idAt(index)))
  }

  /** The draft of a record that has changed, or undefined while it is as the sandbox began. */
  changedDraft(index: number): Draft | undefined {
    return this.#changed.get(index)?.draft
  }

  /** What a search index saw before a change younger than `since` (Unix seconds); undefined when it is up to date. */
  staleAt(index: number, since: number): { readonly before: Changed<Draft>['before'] } | undefined {
    const changed = this.#changed.get(index)
    return changed && changed.changedAt > since ? { before: changed.before } : undefined
  }

  /** Changes a record in place; `change` may edit the draft it is given. */
  change(index: number, now: number, change: (draft: Draft) => void): void {
    const before = { updatedAt: this.updatedAt(index), text: this.text(index) }
    const draft = this.#changed.get(index)?.draft ?? this.base.draftAt(index)
    change(draft)
    this.#changed.set(index, { draft, changedAt: now, before })
    this.#version++
  }

  /** Adds a record with an id that was never used, and returns its index. */
  add(id: string, draft: Draft, now: number): number {
    const index = this.end
    this.#addedIds.push(id)
    this.#addedIndexes.set(id, index)
    this.#changed.set(index, { draft, changedAt: now, before: undefined })
    this.#version++
    return index
  }

  /** Takes a record away for good. */
  remove(index: number): void {
    this.#gone.add(index)
    this.#version++
  }

  /** Every live index in the order of creation. */
  *live(): Generator<number> {
    for (let index = 0; index < this.end; index++) if (!this.#gone.has(index)) yield index
  }

  /** Indexes that are live and not as the sandbox began: changed or new. */
  changedIndexes(): number[] {
    return [...this.#changed.keys()].filter((index) => !this.#gone.has(index))
  }
}
