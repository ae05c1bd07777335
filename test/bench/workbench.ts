import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import type { EmbeddedPostgres } from '@penstock/server/postgres/start-embedded.ts'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import postgres from 'postgres'
import { SandboxProcess } from '../chaos/sandbox-process.ts'
import type { Cores } from './processor-cores.ts'

/** A database that is gone afterwards. */
export interface BenchDatabase {
  readonly name: string
  readonly url: string
  query(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  [Symbol.asyncDispose](): Promise<void>
}

type Server = Pick<EmbeddedPostgres, 'url' | 'stop'>

const none = { conversations: 0, tickets: 0, articles: 0, activityLogs: 0, contacts: 0 }
const noLimit = { rateLimitPerApp: 0, rateLimitPerWorkspace: 0 }

/** What every scenario works with: a folder, and a PostgreSQL with its default durability. All of it ends with `close`. */
export class Workbench {
  readonly folder: string
  readonly cores: Cores
  readonly #server: Server

  private constructor(folder: string, cores: Cores, server: Server) {
    this.folder = folder
    this.cores = cores
    this.#server = server
  }

  /** `server` is one that runs already; absent starts one with the workbench. */
  static async open(cores: Cores, server?: Server): Promise<Workbench> {
    const folder = await mkdtemp(join(tmpdir(), 'penstock-bench-'))
    return new Workbench(folder, cores, server ?? (await startEmbedded(join(folder, 'postgres'))))
  }

  /** A sandbox as a process of its own, without a rate limit, with only the records that are asked for. */
  async sandbox(
    options: SandboxOptions,
  ): Promise<SandboxProcess & { [Symbol.asyncDispose](): Promise<void> }> {
    const sandbox = await SandboxProcess.start({
      ...options,
      sizes: { ...none, ...options.sizes },
      behaviour: { ...noLimit, ...options.behaviour },
    })
    return Object.assign(sandbox, { [Symbol.asyncDispose]: () => sandbox.stop() })
  }

  async database(): Promise<BenchDatabase> {
    const name = `bench_${randomUUID().slice(0, 8)}`
    const options = { max: 1, onnotice: () => {} }
    const admin = postgres({ ...readConnectionUrl(this.#server.url), ...options })
    await admin.unsafe(`create database ${name}`)
    const url = new URL(this.#server.url)
    url.pathname = `/${name}`
    const sql = postgres({ ...readConnectionUrl(url.href), ...options })
    return {
      name,
      url: url.href,
      query: async (text) => await sql.unsafe<Record<string, unknown>[]>(text),
      [Symbol.asyncDispose]: async () => {
        await sql.end()
        await admin.unsafe(`drop database ${name} with (force)`)
        // What one run left to be written must not slow the next.
        await admin.unsafe('checkpoint')
        await admin.end()
      },
    }
  }

  async close(): Promise<void> {
    await this.#server.stop()
    await rm(this.folder, { recursive: true, force: true })
  }
}
