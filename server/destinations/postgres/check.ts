import { randomUUID } from 'node:crypto'
import type { Finding } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import type { ConnectionOptions } from './connection-options.ts'
import { explainError } from './explain-error.ts'
import { hasNamespace } from './own-tables.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import { PostgresSession } from './session.ts'

/** Tries what a run does in a transaction that is rolled back. Stops at the first thing that fails. */
export async function checkPostgres(
  options: ConnectionOptions,
  namespace: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  let session: PostgresSession | undefined
  try {
    session = await attempt(findings, 'connect', 'Connected to the database.', () =>
      PostgresSession.open(options),
    )
    await trySteps(session, findings, namespace)
  } catch {
    // What failed is the last finding.
  } finally {
    await session?.query('rollback').catch(() => {})
    await session?.end()
  }
  return findings
}

async function trySteps(session: PostgresSession, findings: Finding[], namespace: string): Promise<void> {
  const table = quoteTable(namespace, `_penstock_check_${randomUUID()}`)
  await session.query('begin isolation level read committed read write')
  await attempt(findings, 'create schema', 'The schema is there, or can be made.', async () => {
    if (!(await hasNamespace(session, namespace)))
      await session.query(`create schema ${quoteName(namespace)}`)
  })
  await attempt(findings, 'create table', 'Tables can be made in the schema.', async () => {
    await session.query(`create table ${table} (id text primary key)`)
    await session.query('create temp table penstock_check (id text) on commit drop')
  })
  await attempt(findings, 'write', 'Rows can be written.', async () => {
    await session.query(`insert into ${table} values ('1') on conflict (id) do update set id = excluded.id`)
  })
}

async function attempt<T>(
  findings: Finding[],
  what: string,
  message: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work()
    findings.push({ ok: true, what, message })
    return result
  } catch (error) {
    const failure = explainError(error)
    const text =
      failure instanceof RunFailure
        ? `${failure.message} ${failure.advice}`
        : 'This should not happen: please report it.'
    findings.push({ ok: false, what, message: text })
    throw error
  }
}
