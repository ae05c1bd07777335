/**
 * What several passes over one list prove together about its being whole. An answer that is lost on the way may have held a page that
 * no pass can ask for again, so after it the pass has a gap; but where another pass read on without one, the gap is closed.
 *
 * Kept as a chain: which record comes right after which, as pages without a gap between them show. The list is whole when the chain
 * leads from a proved beginning to a proved end.
 */
export class ScrollOrder {
  readonly #after = new Map<string, string>()
  #last: string | undefined
  #beginning: string | undefined
  #end: string | undefined
  #empty = false

  /** A new pass begins: nothing links it to the one before. */
  beginPass(): void {
    this.#last = start
  }

  /** A page's records, by key, in order. `gap`: a page may have been lost before it. */
  add(keys: readonly string[], gap: boolean): void {
    if (gap) this.#last = undefined
    for (const key of keys) {
      if (this.#last === start) this.#beginning = key
      else if (this.#last !== undefined) this.#after.set(this.#last, key)
      this.#last = key
    }
  }

  /** The pass met the empty page that ends the list. `gap`: a page may have been lost before it. */
  endPass(gap: boolean): void {
    if (gap) return
    if (this.#last === start) this.#empty = true
    else this.#end = this.#last
  }

  /** Whether everything that the list held has been read by one pass or another. */
  isWhole(): boolean {
    if (this.#empty) return true
    if (this.#beginning === undefined || this.#end === undefined) return false
    let key: string | undefined = this.#beginning
    for (let steps = 0; key !== undefined && steps <= this.#after.size + 1; steps++) {
      if (key === this.#end) return true
      key = this.#after.get(key)
    }
    return false
  }
}

/** Stands before the first record; no key is empty. */
const start = ''
