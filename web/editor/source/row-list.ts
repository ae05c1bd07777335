import type { CatalogueField, CatalogueObject } from '../document/catalogue.ts'

/** A row of the grid: an object, or one of its fields. `key` is the same however rows are filtered. */
export type GridRow = ObjectRow | FieldRow

/** The row of an object. */
export interface ObjectRow {
  readonly kind: 'object'
  readonly key: string
  readonly object: CatalogueObject
}

/** The row of a field. */
export interface FieldRow {
  readonly kind: 'field'
  readonly key: string
  readonly object: CatalogueObject
  readonly field: CatalogueField
}

/** An object's row, and those below it. */
export interface RowPart {
  readonly head: ObjectRow
  readonly fields: readonly { readonly row: FieldRow }[]
}

/** Rows one after another. They are not put into one array: that would be a hundred thousand, anew with every key that is typed. */
export class RowList implements Iterable<GridRow> {
  readonly length: number
  readonly #parts: readonly RowPart[]
  /** At which row each part begins. */
  readonly #starts: readonly number[]

  constructor(parts: readonly RowPart[]) {
    let length = 0
    this.#parts = parts
    this.#starts = parts.map(({ fields }) => {
      const start = length
      length += fields.length + 1
      return start
    })
    this.length = length
  }

  /** The row at a place from 0; undefined where there is none. */
  at(index: number): GridRow | undefined {
    if (index < 0 || index >= this.length) return undefined
    let [low, high] = [0, this.#parts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    const part = this.#parts[low]
    const below = index - (this.#starts[low] ?? 0)
    return below === 0 ? part?.head : part?.fields[below - 1]?.row
  }

  /** Some of them: from a place up to another, without the latter. */
  slice(from: number, to: number): readonly GridRow[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, by) => this.at(from + by) ?? []).flat()
  }

  *[Symbol.iterator](): Iterator<GridRow> {
    for (const { head, fields } of this.#parts) {
      yield head
      for (const { row } of fields) yield row
    }
  }
}
