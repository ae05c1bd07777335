import { fileURLToPath } from 'node:url'
import { sql } from './drizzle.ts'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { readConnectionUrl } from '../destinations/postgres/connection-options.ts'
import { longestPauseMs, sessionSettings } from './database.ts'

/**
 * Brings the database to this version's tables. Every process may call it at its start: one does the work, the others wait for it.
 * Rejects where the database refuses or its user may not create a role, where it came without what the role may do, and where a pool stands before it;
 * the sentence says what to do.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres({
    ...readConnectionUrl(url),
    max: 1,
    onnotice: () => {},
    connection: sessionSettings,
  })
  try {
    await insistOnSession(client)
    const orm = drizzle(client, { casing: 'snake_case' })
    // Of the session, so that it spans the migrator's own transaction; it ends with the connection.
    await orm.execute(sql`select pg_advisory_lock(hashtext('penstock migrations'))`)
    await migrate(orm, {
      migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
      migrationsSchema: 'public',
      migrationsTable: 'migrations',
    })
    await insistOnRole(client)
  } catch (error) {
    throw explained(error)
  } finally {
    await client.end({ timeout: 5 })
  }
}

function explained(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === '42501')
      return new Error(
        'Penstock may not prepare its database: its user needs to own the schema and to create a role. ' +
          'Grant CREATEROLE, or let an administrator run: create role penstock_app nologin; grant penstock_app to <user> with admin option.',
        { cause: error },
      )
    if ('code' in cause && cause.code === '08P01' && cause.message.includes('startup parameter'))
      return new Error(pooled, { cause: error })
    if ('code' in cause && 'severity' in cause)
      return new Error(
        `Penstock’s own PostgreSQL refuses: ${cause.message}. ${adviceOn(String(cause.code))}`.trim(),
        { cause: error },
      )
  }
  return error
}

/** What an operator does about a refusal of PostgreSQL, by its SQLSTATE. */
function adviceOn(code: string): string {
  if (code.startsWith('28') || code === '3D000')
    return 'Look at the user, the password and the name of the database in DATABASE_URL.'
  if (code === '25006')
    return 'It takes no changes: it is a standby, or was set so. Name the one that takes them.'
  if (code === '53100') return 'Make room on its disk.'
  if (code === '53300' || code.startsWith('57P')) return 'Start again in a moment.'
  return ''
}

const pooled =
  'DATABASE_URL leads through a pool, such as PgBouncer, that gives Penstock no sessions of its own: time limits, locks and announcements would not hold. ' +
  'Give it the address of PostgreSQL itself; a process opens about 20 connections at most.'

/** A pool refuses or forgets what a session asks for as it begins; one that lends sessions by the transaction would give a lock to two. */
async function insistOnSession(client: Sql): Promise<void> {
  const [row] = await client<{ kept: boolean }[]>`
    select setting = ${`${longestPauseMs}`} as kept from pg_settings where name = 'idle_in_transaction_session_timeout'`
  if (!row?.kept) throw new Error(pooled)
}

/** A backup that is restored where the role is missing loses every grant and policy that names it, and says so only in passing. */
async function insistOnRole(client: Sql): Promise<void> {
  const [row] = await client<{ ready: boolean | null }[]>`
    select bool_and(pg_has_role(oid, 'member') and has_table_privilege(oid, 'workspace_settings', 'select')) as ready
    from pg_roles where rolname = 'penstock_app'`
  if (row?.ready) return
  throw new Error(
    'This database was restored without the role penstock_app, and lacks what keeps workspaces apart. ' +
      'Let an administrator run: create role penstock_app nologin; grant penstock_app to <user> with admin option. ' +
      'Then restore the backup once more, into an empty database.',
  )
}
