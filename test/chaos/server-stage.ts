import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actorOf, systemActor } from '@penstock/server/actor.ts'
import type { Actor, Role } from '@penstock/server/actor.ts'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { readEnvironment } from '@penstock/server/env.ts'
import { createApiKey } from '@penstock/server/members/api-keys.ts'
import { openServices } from '@penstock/server/open-services.ts'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { differences } from '../engine/compare-tables.ts'
import { loadIntercom } from '../engine/intercom-workspace.ts'
import { landedRows, saveConnections, savePipeline, schemaOf } from '../server/runs/saved-pipelines.ts'
import { DuckDBWarehouse } from './duckdb-warehouse.ts'
import { SandboxProcess } from './sandbox-process.ts'
import { startServerProcess } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import { WorkerProcess } from './worker-process.ts'

/** An installation without its web half: a database, a warehouse, a sandbox, and workers that are processes of their own. */
export class ServerStage {
  readonly sandbox: SandboxProcess
  /** Penstock's own database. */
  readonly sql: Sql
  readonly warehouse: Sql
  /** Starts and cancels runs, as the API would. */
  readonly actor: Actor
  readonly #close: () => Promise<void>
  readonly #env: Readonly<Record<string, string>>
  readonly #warehouseUrl: string
  readonly #folder: string
  /** By pipeline: those that land in one. */
  readonly #files = new Map<string, string>()
  readonly #workers: WorkerProcess[] = []
  readonly #servers: ServerProcess[] = []

  private constructor(
    parts: Pick<ServerStage, 'sandbox' | 'sql' | 'warehouse' | 'actor'> & {
      readonly close: () => Promise<void>
      readonly env: Readonly<Record<string, string>>
      readonly warehouseUrl: string
      readonly folder: string
    },
  ) {
    this.sandbox = parts.sandbox
    this.sql = parts.sql
    this.warehouse = parts.warehouse
    this.actor = parts.actor
    this.#close = parts.close
    this.#env = parts.env
    this.#warehouseUrl = parts.warehouseUrl
    this.#folder = parts.folder
  }

  /** `serverUrl`: a PostgreSQL on which databases may be made. */
  static async open(serverUrl: string, options: SandboxOptions): Promise<ServerStage> {
    const folder = await mkdtemp(join(tmpdir(), 'penstock-stage-'))
    await mkdir(join(folder, 'files'))
    const sandbox = await SandboxProcess.start(options)
    const [own, warehouse] = [await makeDatabase(serverUrl), await makeDatabase(serverUrl)]
    const env = {
      DATABASE_URL: own.url,
      PENSTOCK_DATA_DIR: folder,
      PENSTOCK_ALLOWED_FOLDERS: join(folder, 'files'),
      PENSTOCK_SECRET_KEY: randomBytes(32).toString('base64url'),
      PENSTOCK_ALLOWED_HOSTS: `${sandbox.host},${readConnectionUrl(serverUrl).host}`,
    }
    const services = await openServices(readEnvironment({ ...env, PENSTOCK_LOG: 'silent' }), own.url)
    const id = `workspace-${randomUUID().slice(0, 8)}`
    const key = await services.vault.seal(`workspace:${id}:hashKey`, randomBytes(32).toString('base64url'))
    await own.sql`insert into organization (id, name, slug, created_at) values (${id}, 'Here', ${id}, now())`
    await own.sql`insert into workspace_settings (workspace_id, hash_key_sealed) values (${id}, ${key})`
    return new ServerStage({
      sandbox,
      sql: own.sql,
      warehouse: warehouse.sql,
      actor: systemActor(id, services),
      env,
      warehouseUrl: warehouse.url,
      folder: join(folder, 'files'),
      close: async () => {
        await services.close()
        await own.drop()
        await warehouse.drop()
        await sandbox.stop()
        await rm(folder, { recursive: true, force: true })
      },
    })
  }

  async close(): Promise<void> {
    const processes = [...this.#workers, ...this.#servers]
    for (const one of processes) one.signal('SIGKILL')
    await Promise.all(processes.map(({ ended }) => ended))
    await this.#close()
  }

  /** A worker; `nice`: one that gives way to others, as that of `npm start` does. */
  async worker(slots: number, options: { readonly nice?: number } = {}): Promise<WorkerProcess> {
    const worker = await WorkerProcess.start({ ...this.#env, PENSTOCK_SLOTS: String(slots) }, options)
    this.#workers.push(worker)
    return worker
  }

  /** A web and API process; its port may be given, so that another one takes its place. */
  async server(port?: number): Promise<ServerProcess> {
    const server = await startServerProcess(this.#env, port)
    this.#servers.push(server)
    return server
  }

  /** A key with which the API may be called. */
  async apiKey(role: Role): Promise<string> {
    const { workspaceId, services } = this.actor
    const userId = randomUUID()
    const [name, email] = ['Ada', `${userId}@example.com`]
    await this.sql`insert into "user" (id, name, email, email_verified, updated_at) values (${userId}, ${name}, ${email}, true, now())`
    await this.sql`insert into member (id, organization_id, user_id, role, created_at) values (${randomUUID()}, ${workspaceId}, ${userId}, ${role}, now())`
    const identity = { userId, name, email, via: 'session', member: { workspaceId, role } } as const
    const request = { headers: new Headers(), ip: undefined, requestId: randomUUID() }
    return (await createApiKey(actorOf(identity, request, services), { name: 'Test', role })).key
  }

  /** Published pipelines of these objects, all on one account. */
  async pipelines(count: number, objects: readonly string[]): Promise<readonly string[]> {
    const { workspaceId, services } = this.actor
    const wiring = await saveConnections({
      sql: this.sql,
      vault: services.vault,
      workspaceId,
      sandboxUrl: this.sandbox.url,
      warehouseUrl: this.#warehouseUrl,
    })
    const made: string[] = []
    for (let one = 0; one < count; one++)
      made.push(await savePipeline({ sql: this.sql, workspaceId, wiring, objects }))
    return made
  }

  /** A published pipeline that lands in a DuckDB file of its own. */
  async filePipeline(objects: readonly string[]): Promise<string> {
    const [pipelineId = ''] = await this.pipelines(1, objects)
    const path = join(this.#folder, `${pipelineId}.duckdb`)
    const [id, { workspaceId }] = [randomUUID(), this.actor]
    await this.sql`insert into connections (id, workspace_id, kind, connector, name, settings, method, state)
      values (${id}, ${workspaceId}, 'destination', 'duckdb', ${`File ${id}`}, ${this.sql.json({ path })}, 'settings', 'healthy')`
    const change = JSON.stringify({ type: 'duckdb', connection: id, schema: schemaOf(pipelineId) })
    for (const [table, column] of [
      ['pipelines', 'draft'],
      ['pipeline_versions', 'document'],
    ] as const)
      await this.sql`update ${this.sql(table)} set ${this.sql(column)} = jsonb_set(${this.sql(column)}, '{destination}', ${change}::text::jsonb)
        where ${this.sql(table === 'pipelines' ? 'id' : 'pipeline_id')} = ${pipelineId}`
    this.#files.set(pipelineId, path)
    return pipelineId
  }

  /** Whether a run of this pipeline has made its file. */
  hasFile(pipelineId: string): boolean {
    return existsSync(this.#files.get(pipelineId) ?? '')
  }

  /** How a pipeline's tables differ from the sandbox, in sentences. Of one that lands in a file: only after its run let go of it. */
  async differences(pipelineId: string, objects: readonly string[]): Promise<readonly string[]> {
    const { manifest } = await loadIntercom()
    const found: string[] = []
    for (const object of objects) {
      const key = manifest.objects[object]?.primaryKey ?? []
      const rows = await this.#rows(pipelineId, object)
      found.push(...differences(object, key, await this.sandbox.truth(object), rows))
    }
    return found.slice(0, 20).map((line) => line.slice(0, 400))
  }

  /** How many rows an object has. Of one that lands in a file: only after its run let go of it. */
  async landed(pipelineId: string, object: string): Promise<number> {
    return (await this.#rows(pipelineId, object)).length
  }

  /** How many objects of a pipeline whose tables are in the warehouse are claimed by a run. */
  async claims(pipelineId: string): Promise<number> {
    const table = `${schemaOf(pipelineId)}._penstock_checkpoints`
    const [made] = await this.warehouse`select to_regclass(${table}) as name`
    if (made?.['name'] === null) return 0
    return (await this.warehouse`select from ${this.warehouse(table)}`).length
  }

  async #rows(pipelineId: string, object: string): Promise<readonly Record<string, unknown>[]> {
    const path = this.#files.get(pipelineId)
    if (path === undefined) return await landedRows(this.warehouse, pipelineId, object)
    return await new DuckDBWarehouse(path).query(
      `select * from "${schemaOf(pipelineId)}"."${object}" where _deleted_at is null`,
    )
  }

  /** Asks again and again until there is an answer. */
  async until<T>(what: string, look: () => Promise<T | undefined | false>, withinMs = 240_000): Promise<T> {
    const deadline = Date.now() + withinMs
    for (;;) {
      const found = await look()
      if (found !== undefined && found !== false) return found
      if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}.`)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

async function makeDatabase(
  serverUrl: string,
): Promise<{ readonly url: string; readonly sql: Sql; drop(): Promise<void> }> {
  const name = `penstock_stage_${randomUUID().slice(0, 8)}`
  const admin = postgres({ ...readConnectionUrl(serverUrl), max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const sql = postgres({ ...readConnectionUrl(url.href), max: 3, onnotice: () => {} })
  return {
    url: url.href,
    sql,
    drop: async () => {
      await sql.end({ timeout: 1 })
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end({ timeout: 1 })
    },
  }
}
