import { randomUUID } from 'node:crypto'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { inject } from 'vitest'

export interface TestDatabase {
  readonly url: string
  /** A client that reads and does as it likes; it ends with `drop`. */
  readonly sql: Sql
  drop(): Promise<void>
}

/** A database of its own for a test file. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `penstock_test_${randomUUID().slice(0, 8)}`
  const admin = postgres({ ...readConnectionUrl(server), max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  const url = withDatabase(server, name)
  const sql = postgres({ ...readConnectionUrl(url), max: 4, onnotice: () => {} })
  return {
    url,
    sql,
    drop: async () => {
      await sql.end({ timeout: 1 })
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end({ timeout: 1 })
    },
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
