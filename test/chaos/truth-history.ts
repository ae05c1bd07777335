import { listConnectors } from '@penstock/connectors/load-connector.ts'
import { allObjects } from '../engine/intercom-workspace.ts'
import type { SandboxProcess, Truth } from './sandbox-process.ts'

/** The truth about every object, at one moment. */
export type Snapshot = ReadonlyMap<string, readonly Truth[]>

/** What was true of the workspace, at every moment that somebody looked. */
export class TruthHistory {
  readonly #sandbox: SandboxProcess
  readonly #keys: ReadonlyMap<string, readonly string[]>
  readonly #seen = new Map<string, Set<string>>()
  readonly #fewest = new Map<string, number>()
  #now: Snapshot = new Map()

  private constructor(sandbox: SandboxProcess, keys: ReadonlyMap<string, readonly string[]>) {
    this.#sandbox = sandbox
    this.#keys = keys
  }

  static async begin(sandbox: SandboxProcess): Promise<TruthHistory> {
    const connectors = await listConnectors()
    const objects = connectors.find(({ name }) => name === 'intercom')?.manifest.objects ?? {}
    const keys = Object.entries(objects).map(([name, { primaryKey }]) => [name, primaryKey] as const)
    const history = new TruthHistory(sandbox, new Map(keys))
    await history.look()
    return history
  }

  /** The truth as of the last look. */
  get now(): Snapshot {
    return this.#now
  }

  async look(): Promise<Snapshot> {
    const snapshot = new Map<string, readonly Truth[]>()
    for (const object of allObjects) {
      const records = await this.#sandbox.truth(object)
      const seen = this.#seen.get(object) ?? new Set()
      for (const record of records) seen.add(this.keyOf(object, record))
      this.#seen.set(object, seen)
      this.#fewest.set(object, Math.min(this.fewest(object) ?? Infinity, records.length))
      snapshot.set(object, records)
    }
    this.#now = snapshot
    return snapshot
  }

  primaryKey(object: string): readonly string[] {
    return this.#keys.get(object) ?? ['id']
  }

  keyOf(object: string, record: Truth): string {
    return this.primaryKey(object)
      .map((field) => String(record[field]))
      .join('|')
  }

  /** Whether there ever was a record of this key. */
  wasThere(object: string, key: string): boolean {
    return this.#seen.get(object)?.has(key) === true
  }

  /** How few records an object ever had. */
  fewest(object: string): number | undefined {
    return this.#fewest.get(object)
  }
}
