import { mkdir, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import { explainError } from './explain-error.ts'
import { catalog, quoteText } from './quote-name.ts'

/** What was measured about these is in server/destinations/README.md. */
const settings = {
  memory_limit: '64MB',
  threads: '1',
  preserve_insertion_order: 'false',
  default_block_size: '16384',
}
/** Columns of a table for which that memory is enough. */
const narrow = 100
/** Of a new file, in bytes; `default_block_size` is that of temporary tables. */
const blockSize = 65_536

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
  #widest = narrow
  #last: Promise<unknown> = Promise.resolve()

  private constructor(path: string, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.path = path
    this.#instance = instance
    this.#connection = connection
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

  static async #start(path: string): Promise<DatabaseFile> {
    const instance = await DuckDBInstance.create(':memory:', settings)
    try {
      const connection = await instance.connect()
      await attach(connection, path)
      return new DatabaseFile(path, instance, connection)
    } catch (error) {
      instance.closeSync()
      throw error
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

  /** Does `work` in a transaction; rolls back where it throws. */
  async transaction<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return await this.use(async (connection) => {
      await connection.run('begin transaction')
      try {
        const result = await work(connection)
        await connection.run('commit')
        return result
      } catch (error) {
        await connection.run('rollback').catch(() => {})
        throw error
      }
    })
  }

  /** Lets DuckDB have the memory that a table of so many columns takes: some 300 kB a column while it is merged. */
  async makeRoomFor(columns: number): Promise<void> {
    if (columns <= this.#widest) return
    this.#widest = columns
    await this.use((connection) =>
      connection.run(`set memory_limit = '${64 + Math.ceil((columns - narrow) * 0.3)}MB'`),
    )
  }

  /** The last one closes the file. */
  async release(): Promise<void> {
    this.#users -= 1
    await this.#last
    if (this.#users > 0) return
    DatabaseFile.#open.delete(this.path)
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

/**
 * What SQL could do beyond the file is switched off, and DuckDB does not let it be switched on again. The rest of the configuration
 * is not locked, since a wide table needs more memory.
 */
async function attach(connection: DuckDBConnection, path: string): Promise<void> {
  const spill = `${path}.tmp`
  await connection.run(`set autoinstall_known_extensions = false; set autoload_known_extensions = false`)
  const isNew = await stat(path).then(
    ({ size }) => size === 0,
    () => true,
  )
  await connection.run(`attach ${quoteText(path)} as ${catalog}${isNew ? ` (block_size ${blockSize})` : ''}`)
  await rm(spill, { recursive: true, force: true }) // what a killed process left
  await connection.run(`set temp_directory = ${quoteText(spill)}; set enable_external_access = false`)
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
