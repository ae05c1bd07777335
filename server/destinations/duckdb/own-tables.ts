import type { DuckDBConnection } from '@duckdb/node-api'
import { catalog, quoteName, quoteTable } from './quote-name.ts'
import { readNumber } from './read-rows.ts'

/** The tables of ours, made with the namespace where they are missing. */
export async function makeOwnTables(connection: DuckDBConnection, namespace: string): Promise<void> {
  for (const { sql } of ownStatements(namespace)) await connection.run(sql)
}

/** What `makeOwnTables` does that is not done yet. */
export async function missingOwnTables(
  connection: DuckDBConnection,
  namespace: string,
): Promise<readonly string[]> {
  const missing: string[] = []
  for (const { table, sql } of ownStatements(namespace)) {
    const there =
      table === undefined
        ? await hasNamespace(connection, namespace)
        : await hasTable(connection, namespace, table)
    if (!there) missing.push(sql)
  }
  return missing
}

/** The namespace, and the tables of ours in it. */
export function ownStatements(
  namespace: string,
): readonly { readonly table: string | undefined; readonly sql: string }[] {
  const schema = `create schema if not exists ${catalog}.${quoteName(namespace)}`
  return [
    { table: undefined, sql: schema },
    ...Object.entries(ownTables).map(([table, columns]) => ({
      table,
      sql: `create table if not exists ${quoteTable(namespace, table)} (${columns})`,
    })),
  ]
}

async function hasNamespace(connection: DuckDBConnection, namespace: string): Promise<boolean> {
  const found = await readNumber(
    connection,
    'select count(*) from duckdb_schemas() where database_name = $1 and lower(schema_name) = lower($2)',
    [catalog, namespace],
  )
  return found > 0
}

/** Whether a table or a view of that name is there. DuckDB knows a name in any letter case. */
export async function hasTable(
  connection: DuckDBConnection,
  namespace: string,
  table: string,
): Promise<boolean> {
  const found = await readNumber(
    connection,
    `select count(*) from (select schema_name, table_name as name from duckdb_tables() where database_name = $1
     union all select schema_name, view_name from duckdb_views() where database_name = $1)
     where lower(schema_name) = lower($2) and lower(name) = lower($3)`,
    [catalog, namespace, table],
  )
  return found > 0
}

const ownTables: Readonly<Record<string, string>> = {
  _penstock_checkpoints: `
    object varchar not null, table_name varchar not null, source varchar not null, run varchar not null,
    fence bigint not null, checkpoint varchar, columns varchar not null, primary_key varchar not null,
    updated_at timestamptz not null default now()`,
  _penstock_rejected: `
    run varchar not null, object varchar not null, key varchar not null, reason varchar not null,
    "at" timestamptz not null default now()`,
  _penstock_runs: `
    run varchar not null, status varchar not null, started_at timestamptz not null, finished_at timestamptz not null,
    report varchar not null`,
}
