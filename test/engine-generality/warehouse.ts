import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { destinationTypes } from '@penstock/server/destinations/registry.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { systemClock, type Clock } from '@penstock/server/engine/clock.ts'
import type { Commit, Destination } from '@penstock/server/engine/destination.ts'
import { executeRun } from '@penstock/server/engine/execute-run.ts'
import { wrapDestination } from '../engine/wrap-destination.ts'
import type { PlainRow } from './expected-rows.ts'

/** What a run reads from: a connector, and where its API is. */
export interface WarehouseSource {
  readonly connector: Connector
  readonly region: string
  readonly apiBaseUrl: string
  readonly host: string
  /** By setting; those that the manifest calls secret are given as secrets. */
  readonly settings: Readonly<Record<string, string>>
  /** From when on records are picked up, in ISO 8601. Absent: from the beginning. */
  readonly startAt?: string
}

/** A DuckDB file in a folder of its own, and runs into it through the engine. */
export class Warehouse {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async create(): Promise<Warehouse> {
    return new Warehouse(await mkdtemp(join(tmpdir(), 'penstock-generality-')))
  }

  /** Runs a pipeline of all the connector's objects, or of those named. */
  async run(
    source: WarehouseSource,
    objects?: readonly string[],
    afterCommit: (commit: Commit) => void = () => undefined,
    fullRefresh = false,
    clock: Clock = systemClock,
  ): Promise<RunReport> {
    const type = destinationTypes.get('duckdb')
    if (!type) throw new Error('There is no DuckDB destination.')
    const destination = await type.open(new Map([['path', this.#file]]), 'landed')
    const http = new HttpClient({ allowedHosts: [source.host] })
    const names = objects ?? Object.keys(source.connector.manifest.objects)
    try {
      return await executeRun({
        connector: source.connector,
        pipeline: pipelineOf(source, names),
        connection: { region: source.region, apiBaseUrl: source.apiBaseUrl, settings: sealed(source) },
        destination: watchCommits(destination, afterCommit),
        http,
        hashKey: Buffer.alloc(32, 7),
        fullRefresh,
        clock,
        signal: AbortSignal.timeout(240_000),
      })
    } finally {
      await destination.close()
      await http.close()
    }
  }

  /** All rows of an object's table. */
  async rows(object: string): Promise<readonly PlainRow[]> {
    const instance = await DuckDBInstance.create(this.#file, { access_mode: 'READ_ONLY' })
    const connection = await instance.connect()
    try {
      const reader = await connection.runAndReadAll(`select * from landed."${object}"`)
      return reader.getRowObjectsJS()
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  get #file(): string {
    return join(this.folder, 'warehouse.duckdb')
  }
}

/** The same destination; whatever became durable is shown to `afterCommit`. */
function watchCommits(destination: Destination, afterCommit: (commit: Commit) => void): Destination {
  return wrapDestination(destination, (tables) => ({
    checkpoints: tables.checkpoints,
    counts: tables.counts,
    alter: (table) => tables.alter(table),
    stage: (batches) => tables.stage(batches),
    publish: (input) => tables.publish(input),
    release: () => tables.release(),
    commit: async (commit) => {
      const result = await tables.commit(commit)
      afterCommit(commit)
      return result
    },
  }))
}

function sealed({ connector, settings }: WarehouseSource): ReadonlyMap<string, string | Secret> {
  const isSecret = (name: string): boolean => connector.manifest.settings?.[name]?.secret === true
  return new Map(
    Object.entries(settings).map(([name, value]) => [name, isSecret(name) ? new Secret(value) : value]),
  )
}

function pipelineOf({ connector, startAt }: WarehouseSource, objects: readonly string[]): Pipeline {
  const object = startAt === undefined ? {} : { startAt }
  return {
    name: `All of ${connector.manifest.title}`,
    source: { connector: connector.name, connection: 'saved' },
    objects: Object.fromEntries(objects.map((name) => [name, object])),
    destination: { type: 'duckdb', connection: 'saved', schema: 'landed' },
  }
}
