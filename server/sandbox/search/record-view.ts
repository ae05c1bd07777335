import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { RecordStore } from '../record-store.ts'
import type { SearchRecord } from './compile-query.ts'

/** Looks into one record after another. The record's text is parsed only when a field other than its dates is asked. */
export class RecordView implements SearchRecord {
  readonly #store: RecordStore<unknown>
  readonly #special: (record: JsonObject, field: string, index: number) => readonly unknown[] | undefined
  #index = -1
  #stale: { readonly updatedAt: number; readonly text: string } | undefined
  #parsed: JsonObject | undefined

  /** `special` knows the fields that are not members of the record, such as contact_ids. */
  constructor(
    store: RecordStore<unknown>,
    special: (record: JsonObject, field: string, index: number) => readonly unknown[] | undefined,
  ) {
    this.#store = store
    this.#special = special
  }

  /** Turns to a record; `stale` is what a lagging search index still holds of it. */
  at(index: number, stale?: { readonly updatedAt: number; readonly text: string }): this {
    this.#index = index
    this.#stale = stale
    this.#parsed = undefined
    return this
  }

  seconds(field: 'created_at' | 'updated_at'): number {
    if (field === 'created_at') return this.#store.createdAt(this.#index)
    return this.#stale ? this.#stale.updatedAt : this.#store.updatedAt(this.#index)
  }

  values(field: string): readonly unknown[] {
    this.#parsed ??= parseExactly(this.#stale?.text ?? this.#store.text(this.#index))
    return this.#special(this.#parsed, field, this.#index) ?? [memberAt(this.#parsed, field)]
  }
}

/** The member at a path of names joined by dots; a custom attribute's own name may have dots. */
export function memberAt(record: JsonObject, path: string): unknown {
  let value: unknown = record
  const names = /^custom_attributes?\./.test(path)
    ? ['custom_attributes', path.slice(path.indexOf('.') + 1)]
    : path.split('.')
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as JsonObject)[name]
  }
  return value
}
