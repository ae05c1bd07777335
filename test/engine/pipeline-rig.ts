import { randomUUID } from 'node:crypto'
import { destinationTypes } from '@penstock/server/destinations/registry.ts'
import type { Clock } from '@penstock/server/engine/clock.ts'
import type { Destination } from '@penstock/server/engine/destination.ts'
import type { RunInput } from '@penstock/server/engine/execute-run.ts'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { ObjectReport, RunReport } from '@penstock/schemas/generated/run.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { differences, type LandedRow } from './compare-tables.ts'
import { allObjects, IntercomWorkspace } from './intercom-workspace.ts'

/** A workspace that is read whole in a moment, with more than one page of everything that comes in pages. */
export const smallSizes = {
  contacts: 320,
  companies: 130,
  conversations: 60,
  tickets: 60,
  articles: 60,
  collections: 14,
  admins: 6,
  teams: 3,
  tags: 20,
  segments: 5,
  activityLogs: 60,
} as const

type Objects = Pipeline['objects'] | readonly string[]

/** A sandbox workspace and a schema of a PostgreSQL database that a pipeline fills from it. */
export class PipelineRig {
  readonly workspace: IntercomWorkspace
  readonly schema = `t${randomUUID().slice(0, 8)}`
  readonly database: TestDatabase

  private constructor(workspace: IntercomWorkspace, database: TestDatabase) {
    this.workspace = workspace
    this.database = database
  }

  static async start(database: TestDatabase, options: SandboxOptions = {}): Promise<PipelineRig> {
    const { sizes, ...others } = options
    const workspace = await IntercomWorkspace.start({
      seed: 1,
      ...others,
      sizes: { ...smallSizes, ...sizes },
    })
    return new PipelineRig(workspace, database)
  }

  async close(): Promise<void> {
    await this.workspace.close()
  }

  async destination(schema = this.schema): Promise<Destination> {
    const type = destinationTypes.get('postgres')
    if (!type) throw new Error('There is no PostgreSQL destination.')
    return type.open(new Map([['url', this.database.url]]), schema)
  }

  /** Runs the pipeline once. */
  async run(
    objects: Objects = allObjects,
    options: Partial<RunInput> & { readonly pipelineOptions?: Partial<Pipeline> } = {},
  ): Promise<RunReport> {
    return this.workspace.run(options.destination ?? (await this.destination()), objects, options)
  }

  /** A table's rows that are not marked as deleted; none where there is no table. */
  async rows(object: string): Promise<readonly LandedRow[]> {
    return (await this.allRows(object)).filter((row) => row['_deleted_at'] === null)
  }

  async allRows(object: string): Promise<readonly LandedRow[]> {
    const { sql } = this.database
    const there = await sql`select to_regclass(${`${this.schema}.${object}`}) as name`
    return there[0]?.['name'] === null ? [] : sql`select * from ${sql(this.schema)}.${sql(object)}`
  }

  /** How the tables differ from the workspace, in sentences: none where every row and value is right. */
  async differences(objects: readonly string[] = allObjects): Promise<readonly string[]> {
    const found: string[] = []
    for (const object of objects) {
      const key = this.workspace.connector.manifest.objects[object]?.primaryKey ?? []
      const truth = await this.workspace.truth(object)
      found.push(...differences(object, key, truth, await this.rows(object)))
    }
    return found.slice(0, 20)
  }

  /** The requests that the sandbox got for paths that begin so. */
  requests(path: string): number {
    return this.workspace.sandbox.log.since(0).filter((request) => request.path.startsWith(path)).length
  }
}

/** What a report says about one object. */
export function reportOf(report: RunReport, object: string): ObjectReport {
  const found = report.objects.find((one) => one.object === object)
  if (!found) throw new Error(`The report says nothing about ${object}.`)
  return found
}

/** What went wrong in a run, for a test's message. */
export function troubles(report: RunReport): readonly string[] {
  return report.objects
    .filter(({ status }) => status !== 'succeeded')
    .map(({ object, status, error }) => `${object}: ${status} ${error?.code ?? ''} ${error?.message ?? ''}`)
}

/** A clock on which sleeping takes no time; `onSleep` is told how long it would have been. */
export function hastyClock(onSleep: (ms: number) => void = () => undefined): Clock {
  return {
    now: () => Date.now(),
    sleep: async (ms, signal) => {
      signal.throwIfAborted()
      onSleep(ms)
      await new Promise((resolve) => setTimeout(resolve, 1))
    },
  }
}

export { createDatabase }
