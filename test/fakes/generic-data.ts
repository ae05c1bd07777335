import { seededRandom, type SeededRandom } from './seeded-random.ts'

export type Thing = Record<string, unknown>
export type Times = 'iso8601' | 'iso_offset' | 'unix_seconds' | 'unix_millis'

const names = [
  'Zoë',
  '',
  'a "quoted"\nname',
  '💡 lamp',
  "O'Neil; drop table",
  '\u202Eodd',
  '{"json": true}',
] as const

/** The records of the configurable API. They change by `change`, with the time of the change. */
export class GenericData {
  readonly things: Thing[] = []
  /** Thing id → its notes. */
  readonly notes = new Map<number, Thing[]>()
  /** Thing id → all its labels. A thing itself carries the first two, and says whether there are more. */
  readonly labels = new Map<number, readonly Thing[]>()
  readonly #random: SeededRandom
  readonly #times: Times
  readonly #labels = [1, 2, 3, 4, 5].map((id) => ({ id, name: `label ${id}` }))
  #nextId = 700

  constructor(options: { readonly seed: number; readonly records: number; readonly times: Times }) {
    this.#random = seededRandom(options.seed)
    this.#times = options.times
    // Several records share a moment, so that a page may end in the middle of one.
    const start = Date.now() - 40 * 86_400_000
    for (let made = 0; made < options.records; made++) this.add(start + Math.floor(made / 3) * 3_600_000)
  }

  /** A moment as this API writes it: at whole seconds, but for the one that counts milliseconds. */
  write(at: number): string | number {
    switch (this.#times) {
      case 'iso8601':
        return `${new Date(at).toISOString().slice(0, 19)}Z`
      case 'iso_offset':
        return `${new Date(at + 7_200_000).toISOString().slice(0, 19)}+02:00`
      case 'unix_seconds':
        return Math.floor(at / 1000)
      case 'unix_millis':
        return at
    }
  }

  /** When a record last changed, in milliseconds. */
  changedAt(thing: Thing): number {
    const value = thing.modified
    if (typeof value === 'string') return Date.parse(value)
    return Number(value) * (this.#times === 'unix_seconds' ? 1000 : 1)
  }

  add(at: number): void {
    const random = this.#random
    const id = (this.#nextId += 1 + random.below(3))
    const thing = {
      id,
      name: random.pick(names),
      size: random.pick([0, -1, 9_007_199_254_740_991, 42]),
      score: random.pick([0.1, -1e-7, 3, 1e21]),
      active: random.pick([true, false, null]),
      place: random.pick([null, { city: 'Köln', point: [50.9, 6.9] }, {}]),
      made: this.write(at),
      modified: this.write(at),
    }
    this.things.push(thing)
    this.#relabel(thing)
    this.notes.set(id, [])
    for (let more = random.below(5); more > 0; more--) this.#addNote(id)
  }

  /** Some change, some come; some lose labels, some get notes. */
  change(at: number): void {
    const random = this.#random
    for (let more = 0; more < 7; more++) this.add(at)
    for (const thing of random.some(this.things, 15)) {
      Object.assign(thing, { name: 'changed', modified: this.write(at) })
      this.#relabel(thing)
      this.#addNote(Number(thing.id))
    }
  }

  /** Some are no longer listed. */
  remove(): void {
    this.things.splice(2, 3)
  }

  #relabel(thing: Thing): void {
    const labels = this.#random.some(this.#labels, 4)
    this.labels.set(Number(thing.id), labels)
    Object.assign(thing, { labels: labels.slice(0, 2), more_labels: labels.length > 2 })
  }

  #addNote(id: number): void {
    const notes = this.notes.get(id) ?? []
    notes.push({ note: `${id}-${notes.length}`, text: this.#random.pick(names) })
  }
}
