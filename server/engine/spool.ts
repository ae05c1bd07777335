import { open, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import type { RowUnit, TableRows } from './row-unit.ts'

/** Kept in memory up to here, in bytes of the answers; the rest goes to a file. */
const inMemory = 8 * 1024 * 1024

/** What a unit's tables bring, by object. */
export interface UnitRows {
  readonly tables: ReadonlyMap<string, TableRows>
}

/**
 * Holds a whole read until it is proved complete, so that reading never waits for a destination and a destination never sees half
 * a read. What does not fit in memory goes to a file that only this process can reach. Rows are protected before they come here.
 */
export class Spool {
  #held: UnitRows[] = []
  #heldBytes = 0
  #file: FileHandle | undefined
  #fileEnd = 0
  /** Where in the file the last reading begins. */
  #lastBegins = 0
  /** The end of all writing to the file so far. */
  #written: Promise<void> = Promise.resolve()

  /** Takes a unit in. May be called again before the last call has ended: the file is written by one call at a time. */
  async add(unit: RowUnit): Promise<void> {
    this.#held.push({ tables: new Map([...unit.tables].map(([object, table]) => [object, rowsOf(table)])) })
    this.#heldBytes += unit.bytes
    if (this.#heldBytes > inMemory) this.#putAway()
    await this.#written
  }

  /** What is added from now on belongs to another reading of the same list. */
  async beginReading(): Promise<void> {
    if (this.#held.length > 0) this.#putAway()
    await this.#written
    this.#lastBegins = this.#fileEnd
  }

  /** Everything that was added, or what the last reading brought, in order, in helpings of about `inMemory`. */
  async *helpings(which: 'all' | 'last reading'): AsyncGenerator<readonly UnitRows[]> {
    for (let at = which === 'all' ? 0 : this.#lastBegins; at < this.#fileEnd;) {
      const length = (await this.#read(at, 8)).readDoubleLE()
      yield deserialize(await this.#read(at + 8, length))
      at += 8 + length
    }
    if (this.#held.length > 0) yield this.#held
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await this.#written.catch(() => undefined)
    this.#written = Promise.resolve()
    this.#held = []
    this.#heldBytes = 0
    this.#fileEnd = 0
    this.#lastBegins = 0
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  #putAway(): void {
    const helping = this.#held
    this.#held = []
    this.#heldBytes = 0
    this.#written = this.#written.then(async () => this.#write(helping))
  }

  async #write(helping: readonly UnitRows[]): Promise<void> {
    const file = (this.#file ??= await openNameless())
    const bytes = serialize(helping)
    const length = Buffer.alloc(8)
    length.writeDoubleLE(bytes.length)
    await file.write(length, 0, 8, this.#fileEnd)
    await file.write(bytes, 0, bytes.length, this.#fileEnd + 8)
    this.#fileEnd += 8 + bytes.length
  }

  async #read(at: number, length: number): Promise<Buffer> {
    if (!this.#file) throw new Error('the spool was cleared while it was read')
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, at)
    if (bytesRead !== length) throw new Error('the spool file is shorter than what was written')
    return buffer
  }
}

function rowsOf({ rows, parents, gone }: TableRows): TableRows {
  return { rows, parents, gone }
}

/** A file without a name goes with its process, however that ends. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `penstock-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}
