import type { Cell, ColumnType, Row } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'

/** Signature, flags and header extension of a binary COPY, and its end (PostgreSQL manual, COPY, "Binary Format"). */
const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const trailer = 0xffff
/** A chunk is handed over when it has reached this size; one row may make it larger. */
const chunkBytes = 256 * 1024
/** Up to this length a loop over ASCII characters is faster than a call into the runtime. */
const shortText = 24
const twoTo32 = 2 ** 32

/**
 * Turns rows into the bytes of a binary COPY, for columns of these types. The buffer is used again: a chunk is valid
 * until the next one is asked for.
 */
export class RowEncoder {
  readonly #types: readonly ColumnType[]
  #buffer = Buffer.allocUnsafeSlow(chunkBytes * 2)
  #view = new DataView(this.#buffer.buffer)
  #at = 0

  constructor(types: readonly ColumnType[]) {
    this.#types = types
  }

  /** A whole COPY: header, rows, trailer. */
  *encode(rows: Iterable<Row>): Generator<Buffer> {
    this.#at = header.copy(this.#buffer)
    for (const row of rows) {
      this.#putRow(row)
      if (this.#at >= chunkBytes) {
        yield this.#buffer.subarray(0, this.#at)
        this.#at = 0
      }
    }
    this.#reserve(2)
    this.#view.setUint16(this.#at, trailer)
    yield this.#buffer.subarray(0, this.#at + 2)
  }

  #putRow(row: Row): void {
    const types = this.#types
    this.#reserve(2)
    this.#view.setUint16(this.#at, types.length)
    this.#at += 2
    for (let index = 0; index < types.length; index += 1) this.#putCell(types[index], row[index])
  }

  #putCell(type: ColumnType | undefined, cell: Cell | undefined): void {
    if (this.#at + 128 > this.#buffer.length) this.#reserve(128)
    if (cell === null || cell === undefined) {
      this.#view.setInt32(this.#at, -1)
      this.#at += 4
    } else if (type === 'text' || type === 'json') {
      this.#putText(typeof cell === 'string' ? cell : String(cell))
    } else if (type === 'integer') {
      this.#putInteger(Number.isSafeInteger(cell) ? Number(cell) : inRange(BigInt(cell)))
    } else if (type === 'double') {
      this.#view.setInt32(this.#at, 8)
      this.#view.setFloat64(this.#at + 4, Number(cell))
      this.#at += 12
    } else {
      this.#view.setInt32(this.#at, 1)
      this.#buffer[this.#at + 4] = cell === true ? 1 : 0
      this.#at += 5
    }
  }

  #putInteger(value: number | bigint): void {
    this.#view.setInt32(this.#at, 8)
    if (typeof value === 'bigint') {
      this.#view.setBigInt64(this.#at + 4, value)
    } else {
      this.#view.setInt32(this.#at + 4, Math.floor(value / twoTo32))
      this.#view.setUint32(this.#at + 8, value >>> 0)
    }
    this.#at += 12
  }

  #putText(text: string): void {
    const length = text.length
    if (length <= shortText && this.#putAscii(text, length)) return
    this.#reserve(4 + length * 3)
    const written = this.#buffer.write(text, this.#at + 4, 'utf8')
    this.#view.setInt32(this.#at, written)
    this.#at += 4 + written
  }

  /** Room for it was made in `#putCell`. */
  #putAscii(text: string, length: number): boolean {
    const buffer = this.#buffer
    const start = this.#at + 4
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index)
      if (code > 127) return false
      buffer[start + index] = code
    }
    this.#view.setInt32(this.#at, length)
    this.#at = start + length
    return true
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#at + bytes))
    this.#buffer.copy(grown, 0, 0, this.#at)
    this.#buffer = grown
    this.#view = new DataView(grown.buffer)
  }
}

/** PostgreSQL would take the lowest 64 bits of anything. */
function inRange(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw new RunFailure('internal', 'An integer is wider than 64 bits.')
}
