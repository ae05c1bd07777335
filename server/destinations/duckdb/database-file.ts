import { mkdir, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import { explainError } from './explain-error.ts'
import { catalog, quoteText } from './quote-name.ts'

/** Megabytes that DuckDB may have for its buffers: at first, and where that turns out to be too little. */
const leastMemory = 48
const mostMemory = 1024
/** What comparing a whole generation with its table takes: 200,000 rows of 45 columns fail with 48. */
export const memoryForGeneration = 64
/** What was measured about these is in server/destinations/README.md. */
const settings = {
  memory_limit: `${leastMemory}MB`,
  threads: '1',
  preserve_insertion_order: 'false',
  default_block_size: '16384',
}
/** Columns of a table for which that memory is enough. */
const narrow = 50
/**
 * Bytes of a log that DuckDB writes back by itself: a longer one is what a process left that was killed, or had too little memory for it. A
 * shorter one may take more memory than usual, too: for each column that it touches some, however few rows there are.
 */
const usualLog = 16 * 1024 * 1024
/** Of a new file, in bytes; `default_block_size` is that of temporary tables. */
const blockSize = 65_536
/** Rows that are held in memory as they are, and written together: DuckDB's own 122,880 take a commit of a few thousand many times over. */
const rowGroup = 10_240

/**
 * A DuckDB file that this process has open. It is opened once however many destinations use it, since two openings in one process would
 * not see each other's lock. All work is done one after another on one connection.
 */
export class DatabaseFile {
  static readonly #open = new Map<string, Promise<DatabaseFile>>()
  readonly path: string
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  #users = 0
  #megabytes: number
  #last: Promise<unknown> = Promise.resolve()

  private constructor(
    path: string,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    megabytes: number,
  ) {
    this.path = path
    this.#instance = instance
    this.#connection = connection
    this.#megabytes = megabytes
  }

  /** Opens the file, or joins those who have it open. Makes it, and its folder, where they are missing. */
  static async acquire(path: string): Promise<DatabaseFile> {
    const real = await realPath(path)
    const opening = DatabaseFile.#open.get(real) ?? DatabaseFile.#start(real)
    DatabaseFile.#open.set(real, opening)
    try {
      const file = await opening
      file.#users += 1
      return file
    } catch (error) {
      DatabaseFile.#open.delete(real)
      throw explainError(error, real)
    }
  }

  /** With more memory where a log was left that takes more. Begins anew for that: an instance whose checkpoint failed is good for nothing. */
  static async #start(path: string): Promise<DatabaseFile> {
    for (let megabytes = await memoryForLog(path); ; megabytes = Math.min(mostMemory, megabytes * 2)) {
      const instance = await DuckDBInstance.create(':memory:', settings)
      try {
        const connection = await instance.connect()
        await attach(connection, path, megabytes)
        return new DatabaseFile(path, instance, connection, megabytes)
      } catch (error) {
        instance.closeSync()
        if (!isAboutMemory(error) || megabytes >= mostMemory) throw error
      }
    }
  }

  /** Does `work` when those who came before are done. */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => work(this.#connection))
    this.#last = done.catch(() => {})
    try {
      return await done
    } catch (error) {
      throw explainError(error, this.path)
    }
  }

  /**
   * Does `work` in a transaction; rolls back where it throws. It may have so many `megabytes`, if that is more than usual; where that was too little,
   * `work` is done once more from the beginning, with more.
   */
  async transaction<T>(
    work: (connection: DuckDBConnection) => Promise<T>,
    megabytes: number = leastMemory,
  ): Promise<T> {
    return await this.use(async (connection) => {
      const usual = this.#megabytes
      await this.#allow(connection, megabytes)
      try {
        return await this.#untilItFits(connection, work)
      } finally {
        // Where it took even more, whoever comes next will, too.
        if (this.#megabytes === megabytes) await this.#limit(connection, usual).catch(() => {})
      }
    })
  }

  async #untilItFits<T>(
    connection: DuckDBConnection,
    work: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      try {
        return await inTransaction(connection, work)
      } catch (error) {
        if (!ranOutOfMemory(error) || this.#megabytes >= mostMemory) throw error
        await this.#allow(connection, Math.min(mostMemory, this.#megabytes * 4))
      }
    }
  }

  /** Lets DuckDB have the memory that a table of so many columns takes: some 300 kB a column while it is merged. */
  async makeRoomFor(columns: number): Promise<void> {
    if (columns <= narrow) return
    const megabytes = leastMemory + Math.ceil((columns - narrow) * 0.3)
    await this.use((connection) => this.#allow(connection, megabytes))
  }

  async #allow(connection: DuckDBConnection, megabytes: number): Promise<void> {
    if (megabytes > this.#megabytes) await this.#limit(connection, megabytes)
  }

  async #limit(connection: DuckDBConnection, megabytes: number): Promise<void> {
    if (megabytes === this.#megabytes) return
    await connection.run(`set memory_limit = '${megabytes}MB'`)
    this.#megabytes = megabytes
  }

  /** Lets go of the file. The last one closes it; answers whether it was the last one. */
  async release(): Promise<boolean> {
    this.#users -= 1
    await this.#last
    if (this.#users > 0) return false
    DatabaseFile.#open.delete(this.path)
    this.#connection.closeSync()
    this.#instance.closeSync()
    return true
  }
}

async function inTransaction<T>(
  connection: DuckDBConnection,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  await connection.run('begin transaction')
  try {
    const result = await work(connection)
    await connection.run('commit')
    return result
  } catch (error) {
    await connection.run('rollback').catch(() => {})
    throw error
  }
}

function ranOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error')
}

/** Also where DuckDB says it of a checkpoint: “IO Error: Checkpoint failed … could not allocate block of size …”. */
function isAboutMemory(error: unknown): boolean {
  return (
    ranOutOfMemory(error) || (error instanceof Error && error.message.includes('could not allocate block'))
  )
}

async function memoryForLog(path: string): Promise<number> {
  const log = await sizeOf(`${path}.wal`)
  return leastMemory + (log > usualLog ? Math.ceil((4 * log) / 1e6) : 0)
}

/**
 * What SQL could do beyond the file is switched off, and DuckDB does not let it be switched on again. The rest of the configuration
 * is not locked, since a wide table needs more memory.
 *
 * A log that was left is gone through as the file is attached. That must not spill: the folder for it holds what the process left that was
 * killed, may be cleared only by who has the file, and cannot be told to DuckDB any more once it has spilled elsewhere.
 */
async function attach(connection: DuckDBConnection, path: string, megabytes: number): Promise<void> {
  const spill = `${path}.tmp`
  await connection.run(`set memory_limit = '${megabytes}MB'; set temp_directory = ''`)
  await connection.run(`set autoinstall_known_extensions = false; set autoload_known_extensions = false`)
  const ofNewFile = (await sizeOf(path)) === 0 ? `, block_size ${blockSize}` : ''
  await connection.run(`attach ${quoteText(path)} as ${catalog} (row_group_size ${rowGroup}${ofNewFile})`)
  if (megabytes > leastMemory) await connection.run(`checkpoint ${catalog}`)
  await rm(spill, { recursive: true, force: true }) // what a killed process left
  await connection.run(`set temp_directory = ${quoteText(spill)}; set enable_external_access = false`)
}

/** Bytes of a file; 0 where there is none. */
async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/**
 * Makes a folder and those above it, as far as it may. Not by mkdir's `recursive`: in a folder that is there and in which mkdir answers
 * ENOENT, as /proc does, Node 24 tries for ever, on a thread that nothing stops.
 */
async function makeFolder(folder: string): Promise<void> {
  const above = dirname(folder)
  const isThere = await stat(folder).then(
    () => true,
    () => above === folder,
  )
  if (isThere) return
  await makeFolder(above)
  await mkdir(folder).catch(() => {})
}

async function realPath(path: string): Promise<string> {
  const whole = resolve(path)
  await makeFolder(dirname(whole))
  const known = await realpath(whole).catch(() => undefined)
  return known ?? join(await realpath(dirname(whole)).catch(() => dirname(whole)), basename(whole))
}
