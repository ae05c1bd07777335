import { randomUUID } from 'node:crypto'
import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { Destination, OpenTables, TableSpec } from '@penstock/server/engine/destination.ts'
import { RunFailure } from '@penstock/server/engine/failures.ts'
import { expect } from 'vitest'

export type MakeDestination = (namespace: string) => Promise<Destination>
export type ReadQuery = (query: string) => Promise<readonly Record<string, unknown>[]>

/** A namespace of its own for one test, with what tests do to it. */
export class TestDestination {
  readonly namespace = `ns_${randomUUID().slice(0, 8)}`
  readonly #make: MakeDestination
  readonly #read: ReadQuery
  readonly #opened: OpenTables[] = []
  readonly #made: Destination[] = []
  #run = 0

  constructor(make: MakeDestination, read: ReadQuery) {
    this.#make = make
    this.#read = read
  }

  async make(namespace = this.namespace): Promise<Destination> {
    const destination = await this.#make(namespace)
    this.#made.push(destination)
    return destination
  }

  /** Opens tables as a new run does, or one that goes on. */
  async open(tables: readonly TableSpec[], source = 'workspace_1', goesOn?: string): Promise<OpenTables> {
    this.#run += 1
    const destination = this.#made[0] ?? (await this.make())
    const opened = await destination.open(tables, { run: goesOn ?? `run_${this.#run}`, source })
    this.#opened.push(opened)
    return opened
  }

  /** The rows of a table as `select` lists them, ordered by the first column. */
  async rows(table: string, select = '*'): Promise<readonly Record<string, unknown>[]> {
    return await this.#read(`select ${select} from ${this.quote(table)} order by 1`)
  }

  async read(query: string): Promise<readonly Record<string, unknown>[]> {
    return await this.#read(query)
  }

  quote(table: string): string {
    return `"${this.namespace}"."${table.replaceAll('"', '""')}"`
  }

  async checkpoint(object: string): Promise<Checkpoint | undefined> {
    const destination = this.#made[0] ?? (await this.make())
    return (await destination.describe([object])).get(object)?.checkpoint
  }

  async close(): Promise<void> {
    for (const opened of this.#opened) await opened.release()
    for (const destination of this.#made) await destination.close()
  }
}

export async function expectFailure(
  promise: Promise<unknown>,
  kind: RunFailure['kind'],
): Promise<RunFailure> {
  const failure = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(RunFailure)
  if (!(failure instanceof RunFailure)) throw new Error('not a RunFailure')
  expect(failure.kind).toBe(kind)
  return failure
}
