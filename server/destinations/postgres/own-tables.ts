import { textOf } from '../stored-row.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

/** The tables of ours, made with the namespace where they are missing. */
export async function makeOwnTables(session: PostgresSession, namespace: string): Promise<void> {
  for (const statement of await missingOwnTables(session, namespace)) await session.query(statement)
}

/** The statements that make what is missing. */
export async function missingOwnTables(
  session: PostgresSession,
  namespace: string,
): Promise<readonly string[]> {
  const { rows } = await session.query(
    `select relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and relname in (select json_array_elements_text($2::text::json))`,
    [namespace, JSON.stringify(Object.keys(ownTables))],
  )
  const there = new Set(rows.map((row) => textOf(row, 'name')))
  const missing = Object.entries(ownTables).filter(([table]) => !there.has(table))
  const schema =
    there.size > 0 || (await hasNamespace(session, namespace))
      ? []
      : [`create schema ${quoteName(namespace)}`]
  return [
    ...schema,
    ...missing.map(
      ([table, columns]) => `create table if not exists ${quoteTable(namespace, table)} (${columns})`,
    ),
  ]
}

export async function hasNamespace(session: PostgresSession, namespace: string): Promise<boolean> {
  const { count } = await session.query('select from pg_namespace where nspname = $1', [namespace])
  return count > 0
}

/** Whether anything of that name is there: a table, a view, an index. */
export async function hasTable(session: PostgresSession, namespace: string, table: string): Promise<boolean> {
  const { count } = await session.query(
    'select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2',
    [namespace, table],
  )
  return count > 0
}

const ownTables: Readonly<Record<string, string>> = {
  _penstock_checkpoints: `
    object text primary key, table_name text not null unique, source text not null, run text not null,
    fence bigint not null, last_commit text, checkpoint text, columns text not null, primary_key text not null,
    updated_at timestamptz not null default now()`,
  _penstock_rejected: `
    run text not null, object text not null, key text not null, reason text not null,
    at timestamptz not null default now()`,
  _penstock_runs: `
    run text primary key, status text not null, started_at timestamptz not null, finished_at timestamptz not null,
    report text not null`,
}
