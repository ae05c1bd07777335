import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { startWorker } from '@penstock/server/runner/start-worker.ts'
import type { Worker } from '@penstock/server/runner/start-worker.ts'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import { inject } from 'vitest'
import { differences, type LandedRow } from '../../engine/compare-tables.ts'
import { IntercomWorkspace } from '../../engine/intercom-workspace.ts'
import { smallSizes } from '../../engine/pipeline-rig.ts'
import { startServices } from '../start-services.ts'
import type { TestServices, TestWorkspace } from '../start-services.ts'
import { landedRows, saveConnections, savePipeline } from './saved-pipelines.ts'
import type { Wiring } from './saved-pipelines.ts'

/** A server without HTTP, a sandbox Intercom workspace that its pipelines read, and the database they fill: the server's own. */
export class RunRig {
  readonly intercom: IntercomWorkspace
  readonly test: TestServices
  readonly #workers: Worker[] = []

  private constructor(intercom: IntercomWorkspace, test: TestServices) {
    this.intercom = intercom
    this.test = test
  }

  static async start(options: SandboxOptions = {}): Promise<RunRig> {
    const { sizes, ...others } = options
    const intercom = await IntercomWorkspace.start({ seed: 1, ...others, sizes: { ...smallSizes, ...sizes } })
    const hosts = [new URL(intercom.sandbox.url).host, readConnectionUrl(inject('postgresUrl')).host]
    const test = await startServices({ PENSTOCK_ALLOWED_HOSTS: hosts.join(',') })
    return new RunRig(intercom, test)
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) await worker.drain()
    await this.test.close()
    await this.intercom.close()
  }

  async work(slots = 4): Promise<Worker> {
    const worker = await startWorker(this.test.services, { slots })
    this.#workers.push(worker)
    return worker
  }

  /** Saves a source and a destination in a workspace. */
  async wire(workspace: TestWorkspace = this.test.here): Promise<Wiring> {
    const { sql, url } = this.test.database
    return await saveConnections({
      sql,
      vault: this.test.services.vault,
      workspaceId: workspace.id,
      sandboxUrl: this.intercom.sandbox.url,
      warehouseUrl: url,
    })
  }

  /** A published pipeline of these objects; its tables land in a schema named after its id. */
  async pipeline(
    objects: Pipeline['objects'] | readonly string[],
    wiring?: Wiring,
    options: Partial<Pipeline> & { readonly workspace?: TestWorkspace } = {},
  ): Promise<string> {
    const { workspace = this.test.here, ...rest } = options
    const { sql } = this.test.database
    const wired = wiring ?? (await this.wire(workspace))
    return await savePipeline({ sql, workspaceId: workspace.id, wiring: wired, objects, options: rest })
  }

  /** The run as its row says, once it has ended. */
  async ended(runId: string): Promise<Record<string, unknown>> {
    return await this.until(async () => {
      const [row] = await this.test.database
        .sql`select * from runs where id = ${runId} and finished_at is not null`
      return row
    })
  }

  /** Asks again and again until there is an answer. */
  async until<T>(look: () => Promise<T | undefined | false>, withinMs = 120_000): Promise<T> {
    const deadline = Date.now() + withinMs
    for (;;) {
      const found = await look()
      if (found !== undefined && found !== false) return found
      if (Date.now() > deadline) throw new Error(`It did not come true within ${withinMs} ms.`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  /** How a pipeline's tables differ from the sandbox, in sentences. */
  async differences(pipelineId: string, objects: readonly string[]): Promise<readonly string[]> {
    const found: string[] = []
    for (const object of objects) {
      const key = this.intercom.connector.manifest.objects[object]?.primaryKey ?? []
      const truth = await this.intercom.truth(object)
      found.push(...differences(object, key, truth, await this.rows(pipelineId, object)))
    }
    return found.slice(0, 20)
  }

  async rows(pipelineId: string, object: string): Promise<readonly LandedRow[]> {
    return await landedRows(this.test.database.sql, pipelineId, object)
  }
}
