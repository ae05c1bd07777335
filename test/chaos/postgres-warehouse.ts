import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import type { EmbeddedPostgres } from '@penstock/server/postgres/start-embedded.ts'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import type { LandedRow } from '../engine/compare-tables.ts'
import type { Warehouse } from './warehouse.ts'

/** A PostgreSQL cluster of its own, with fsync on, that can be killed. */
export class PostgresWarehouse implements Warehouse {
  readonly type = 'postgres'
  readonly connection = { url: { env: 'CHAOS_WAREHOUSE_URL' } }
  readonly env: Readonly<Record<string, string>>
  readonly #folder: string
  #server: EmbeddedPostgres
  #sql: Sql

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.#folder = folder
    this.#server = server
    this.env = { CHAOS_WAREHOUSE_URL: server.url }
    this.#sql = connect(server)
  }

  static async start(folder: string): Promise<PostgresWarehouse> {
    const data = join(folder, 'postgres')
    return new PostgresWarehouse(data, await startEmbedded(data, settings))
  }

  async query(sql: string): Promise<readonly LandedRow[]> {
    try {
      return await this.#sql.unsafe<Record<string, unknown>[]>(sql)
    } catch (error) {
      if (error instanceof postgres.PostgresError && ['42P01', '3F000'].includes(error.code)) return []
      throw error
    }
  }

  async crash(): Promise<void> {
    await this.#sql.end({ timeout: 0 })
    killTree(this.#server.pid)
    await this.#server.stop()
    this.#server = await startEmbedded(this.#folder, settings)
    this.#sql = connect(this.#server)
  }

  async shows(what: 'staging' | 'loading'): Promise<boolean> {
    const staging = `select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'intercom' and c.relpersistence = 'u' limit 1`
    const loading = `select from intercom._penstock_checkpoints
      where checkpoint like '%reading%' and updated_at > now() - interval '2 s' limit 1`
    return (await this.query(what === 'staging' ? staging : loading)).length > 0
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 })
    await this.#server.stop()
  }
}

const settings = { fsync: 'on', shared_buffers: '32MB', max_connections: '60' }

function connect({ url }: EmbeddedPostgres): Sql {
  return postgres({ ...readConnectionUrl(url), max: 2, fetch_types: false, onnotice: () => {} })
}

/** SIGKILL for a server and everything that it started, so that nobody can tidy up. */
function killTree(pid: number): void {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
