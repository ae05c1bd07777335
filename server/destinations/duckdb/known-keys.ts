import type { DuckDBConnection } from '@duckdb/node-api'
import { quoteName } from './quote-name.ts'
import { readNumber } from './read-rows.ts'
import type { Target } from './target.ts'

/** The batch with which a table's keys are learnt. That reads them all, as comparing a batch with them does: a single one would win nothing. */
const learningBatch = 2
/** With so many bits for a key, of which each sets ten, two keys in 100,000 pass for known that are not. */
const bitsForKey = 24
const bitsSet = 10
/** The smallest filter, for 10,000 keys, and the largest, for 11 million in 32 MB: beyond that each batch is compared with the table. */
const leastBits = 2 ** 18
const mostBits = 2 ** 28

/**
 * Remembers the keys of a table in a Bloom filter, so that a batch of new rows need not be compared with every row that stands. Whoever has it is the only one
 * who writes to the table. What stands is always known; a key that is not there, or that a rollback took back, may pass for known, which costs time and changes nothing.
 */
export class KnownKeys {
  #bits = new Uint32Array(0)
  #count = 0
  #batches = 0

  /** Whether a row of the table may have a key that a row of `from` has. From now on those of `from` are known. */
  async mayMeet(
    connection: DuckDBConnection,
    target: Pick<Target, 'table' | 'key'>,
    from: string,
  ): Promise<boolean> {
    this.#batches += 1
    if (this.#batches < learningBatch) return true
    const coming = await readNumber(connection, `select count(*) from ${from}`)
    if (!this.#hasRoomFor(coming) && !(await this.#learn(connection, target, coming))) return true
    let meets = false
    await eachHash(connection, from, target.key, (low, high) => {
      if (this.#add(low, high)) meets = true
    })
    return meets
  }

  #hasRoomFor(coming: number): boolean {
    return this.#bits.length * 32 >= (this.#count + coming) * bitsForKey
  }

  /** Reads the keys of the table, and makes room for as many again. False: they are too many. */
  async #learn(
    connection: DuckDBConnection,
    { table, key }: Pick<Target, 'table' | 'key'>,
    coming: number,
  ): Promise<boolean> {
    const standing = await readNumber(connection, `select count(*) from ${table}`)
    const wanted = (standing + coming) * bitsForKey
    if (wanted > mostBits) return false
    const bits = Math.min(mostBits, Math.max(leastBits, 2 ** Math.ceil(Math.log2(2 * wanted))))
    this.#bits = new Uint32Array(bits / 32)
    this.#count = 0
    await eachHash(connection, table, key, (low, high) => void this.#add(low, high))
    return true
  }

  /** Whether the key with this hash was known. */
  #add(low: number, high: number): boolean {
    const mask = this.#bits.length * 32 - 1
    let known = true
    for (let nth = 0; nth < bitsSet; nth += 1) {
      const bit = (low + nth * (high | 1)) & mask
      const [word, flag] = [bit >>> 5, 1 << (bit & 31)]
      const before = this.#bits[word] ?? 0
      if ((before & flag) === 0) {
        known = false
        this.#bits[word] = before | flag
      }
    }
    if (!known) this.#count += 1
    return known
  }
}

/** Both halves of a hash of each row's key. */
async function eachHash(
  connection: DuckDBConnection,
  table: string,
  key: readonly string[],
  take: (low: number, high: number) => void,
): Promise<void> {
  const hash = `hash(${key.map(quoteName).join(', ')})`
  const result = await connection.stream(
    `select (${hash} & 4294967295)::uinteger, (${hash} >> 32)::uinteger from ${table}`,
  )
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return
    const [lows = [], highs = []] = chunk.getColumns()
    for (let row = 0; row < chunk.rowCount; row += 1) take(Number(lows[row]), Number(highs[row]))
  }
}
