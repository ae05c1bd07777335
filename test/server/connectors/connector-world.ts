import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { startWorker } from '@penstock/server/runner/start-worker.ts'
import type { Worker } from '@penstock/server/runner/start-worker.ts'
import { TinyApi } from '../../fakes/tiny-api.ts'
import { startServices } from '../start-services.ts'
import type { TestServices, TestWorkspace } from '../start-services.ts'

/** A server with one worker, and an API that nobody knew, for connectors of a workspace's own. */
export class ConnectorWorld {
  readonly tiny: TinyApi
  readonly penstock: TestServices
  readonly #worker: Worker
  #warehouse: string | undefined

  private constructor(tiny: TinyApi, penstock: TestServices, worker: Worker) {
    this.tiny = tiny
    this.penstock = penstock
    this.#worker = worker
  }

  /** `postgresUrl`: where its databases are made. */
  static async start(postgresUrl: string): Promise<ConnectorWorld> {
    const tiny = await TinyApi.start()
    const hosts = [tiny.host, readConnectionUrl(postgresUrl).host]
    const penstock = await startServices({ PENSTOCK_ALLOWED_HOSTS: hosts.join(',') })
    return new ConnectorWorld(tiny, penstock, await startWorker(penstock.services, { slots: 2 }))
  }

  async close(): Promise<void> {
    await this.#worker.drain()
    await this.penstock.close()
    await this.tiny.close()
  }

  /** Saves, and publishes as an admin. */
  async publish(
    name: string,
    workspace: TestWorkspace = this.penstock.here,
    files = this.tiny.files(name),
  ): Promise<{ readonly version: number }> {
    const draft = { name, baseRevision: null, ...files }
    const { revision } = await workspace.editor.api.connectors.saveDraft(draft)
    return await workspace.admin.api.connectors.publish({ name, revision })
  }

  /** The id of a new connection. */
  async connect(connector: string, workspace: TestWorkspace = this.penstock.here): Promise<string> {
    const settings = { accessToken: this.tiny.token }
    const input = { connector, name: `Notes of ${connector}`, settings }
    return (await workspace.editor.api.connections.createSource(input)).id
  }

  /** The id of a published pipeline, whose schema is named for it. */
  async pipelineOf(
    connector: string,
    connection: string,
    name = `Notes through ${connector}`,
  ): Promise<string> {
    const { pipelines } = this.penstock.here.editor.api
    const schema = name.toLowerCase().replaceAll(' ', '_')
    const document = {
      name,
      source: { connector, connection },
      objects: { notes: { fields: { author: 'hash' } } },
      destination: { type: 'postgres', connection: await this.#destination(), schema },
    }
    const { id } = await pipelines.create({ name, document })
    await pipelines.publish({ id, revision: 1 })
    return id
  }

  /** Starts a run and gives it back as it ended. */
  async runOf(pipelineId: string) {
    const { runId } = await this.penstock.here.editor.api.runs.start({ pipelineId })
    return await this.ended(runId)
  }

  async ended(id: string) {
    for (;;) {
      const run = await this.penstock.here.editor.api.runs.get({ id })
      if (run.finishedAt) return run
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async #destination(): Promise<string> {
    const settings = { url: this.penstock.database.url }
    const input = { type: 'postgres', name: 'Warehouse', settings }
    this.#warehouse ??= (await this.penstock.here.editor.api.connections.createDestination(input)).id
    return this.#warehouse
  }
}
