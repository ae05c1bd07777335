import { parseExactly } from '../json-text.ts'
import type { RecordStore } from '../record-store.ts'
import { memberAt } from '../search/record-view.ts'
import type { Cursor } from './cursor.ts'

type Value = number | string | null

/** The live records in the order of any of their fields; those without it come last. Sorted anew when data changed. */
export class FieldOrder {
  readonly #store: RecordStore<unknown>
  readonly #field: string
  #version = -1
  #rows: { readonly index: number; readonly value: Value }[] = []

  constructor(store: RecordStore<unknown>, field: string) {
    this.#store = store
    this.#field = field
  }

  *walk(descending: boolean, cursor: Cursor | undefined): Generator<number> {
    this.#refresh()
    const rows = descending ? this.#rows.toReversed() : this.#rows
    const after =
      cursor === undefined ? undefined : { index: this.#store.indexOf(cursor.id) ?? -1, value: cursor.value }
    for (const row of rows) {
      const order = after === undefined ? 1 : compare(row, after)
      if (descending && after !== undefined ? order < 0 : order > 0) yield row.index
    }
  }

  valueOf(index: number): Value {
    return valueIn(memberAt(parseExactly(this.#store.text(index)), this.#field))
  }

  #refresh(): void {
    if (this.#version === this.#store.version) return
    this.#version = this.#store.version
    this.#rows = [...this.#store.live()]
      .map((index) => ({ index, value: this.valueOf(index) }))
      .toSorted(compare)
  }
}

function valueIn(value: unknown): Value {
  return typeof value === 'number' || typeof value === 'string'
    ? value
    : value === true
      ? 1
      : value === false
        ? 0
        : null
}

function compare(a: { index: number; value: Value }, b: { index: number; value: Value }): number {
  if (a.value === b.value) return a.index - b.index
  if (a.value === null) return 1
  if (b.value === null) return -1
  return a.value < b.value ? -1 : 1
}
