import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '@penstock/server/store/database.ts'
import type { Database, Tx } from '@penstock/server/store/database.ts'
import { migrateDatabase } from '@penstock/server/store/migrate.ts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'

let test_: TestDatabase
let database: Database

beforeAll(async () => {
  test_ = await createDatabase()
  await Promise.all([1, 2, 3].map(() => migrateDatabase(test_.url)))
  database = openDatabase(test_.url)
  await test_.sql`insert into organization (id, name, slug, created_at) values ('a', 'A', 'a', now()), ('b', 'B', 'b', now())`
  await test_.sql`insert into projects (workspace_id, name) values ('a', 'of a'), ('b', 'of b')`
})

afterAll(async () => {
  await database.close()
  await test_.drop()
})

const names = async (workspace: string) =>
  database.inWorkspace(workspace, async (tx) => {
    const rows = await tx.execute<{ name: string }>('select name from projects order by name')
    return rows.map(({ name }) => name)
  })

test('a transaction of one workspace sees no row of another, whatever its query forgot', async () => {
  expect(await names('a')).toEqual(['of a'])
  expect(await names('b')).toEqual(['of b'])
  expect(await names('none')).toEqual([])
})

test('a prepared statement shows each transaction its own rows, on one connection, with one plan', async () => {
  const narrow = openDatabase(test_.url, { connections: 1 })
  const look = async (tx: Tx) => {
    const rows = await tx.execute<{ name: string }>(
      sql`select name from projects where name <> ${'nothing'} order by name`,
    )
    return rows.map(({ name }) => name)
  }
  // PostgreSQL makes up its mind about a plan at the sixth time.
  for (let time = 0; time < 8; time++) {
    expect(await narrow.asSystem(look)).toEqual(['of a', 'of b'])
    for (const workspace of ['a', 'b'])
      expect(await narrow.inWorkspace(workspace, look)).toEqual([`of ${workspace}`])
  }
  const [prepared] = await narrow.asSystem((tx) =>
    tx.execute(
      sql`select count(*)::int as count from pg_prepared_statements where statement like 'select name from projects%'`,
    ),
  )
  expect(prepared).toEqual({ count: 1 })
  await narrow.close()
})

test('the wall stands before the first statement, in whatever way that is sent', async () => {
  const narrow = openDatabase(test_.url, { connections: 1 })
  const [who, one] = [sql<string>`current_user`, sql`(values (1)) one`]
  const first: readonly ((tx: Tx) => Promise<unknown>)[] = [
    async (tx) => (await tx.execute(sql`select current_user as who`))[0],
    async (tx) => (await tx.execute(sql`select current_user as who where 1 = ${1}`))[0],
    async (tx) => (await tx.select({ who }).from(one))[0],
    (tx) => tx.transaction(async (inner) => (await inner.select({ who }).from(one))[0]),
  ]
  for (let time = 0; time < 4; time++)
    for (const look of first) {
      expect(await narrow.asSystem(look)).not.toEqual({ who: 'penstock_app' })
      expect(await narrow.inWorkspace('a', look)).toEqual({ who: 'penstock_app' })
    }
  await narrow.close()
})

test('where the wall cannot be put up, nothing is done, and that is what is said', async () => {
  const nobodys = '\u0000'
  const put = (tx: Tx) => tx.execute(`insert into projects (workspace_id, name) values ('a', 'planted')`)
  await expect(database.inWorkspace(nobodys, put)).rejects.toThrow('set_config')
  await expect(database.inWorkspace(nobodys, async () => 'done')).rejects.toThrow('set_config')
  expect(await names('a')).toEqual(['of a'])
})

test('a row of another workspace can be neither written nor changed', async () => {
  const put = database.inWorkspace('a', (tx) =>
    tx.execute(`insert into projects (workspace_id, name) values ('b', 'planted')`),
  )
  await expect(put).rejects.toThrow('insert into projects')
  await database.inWorkspace('a', (tx) => tx.execute(`update projects set name = 'taken'`))
  expect(await names('b')).toEqual(['of b'])
})

test('every table that belongs to a workspace is behind the wall', async () => {
  const open = await test_.sql`
    select table_name from information_schema.columns join pg_class on relname = table_name and relnamespace = 'public'::regnamespace
    where table_schema = 'public' and column_name in ('workspace_id', 'organization_id') and not relrowsecurity`
  expect(open.map((row) => String(row['table_name']))).toEqual([])
})

test('the audit log refuses to be changed, even by the owner of the database', async () => {
  await test_.sql`insert into audit_log (workspace_id, actor, via, action, outcome) values ('a', 'Ana', 'system', 'test.act', 'done')`
  await expect(test_.sql`update audit_log set actor = 'Bob'`).rejects.toThrow('append-only')
  await expect(test_.sql`delete from audit_log`).rejects.toThrow('append-only')
  await expect(test_.sql`truncate audit_log`).rejects.toThrow('append-only')
})

test('secrets of sign-in are out of reach for the role that serves people', async () => {
  for (const table of ['session', 'account', 'verification', 'apikey'])
    await expect(database.inWorkspace('a', (tx) => tx.execute(`select * from ${table}`))).rejects.toThrow(
      `select * from ${table}`,
    )
})

test('a user who makes no roles prepares a database once an administrator did what the operator’s page says; a restored one that lost its rules is refused', async () => {
  const other = await createDatabase()
  const user = `penstock_user_${randomUUID().slice(0, 8)}`
  const url = new URL(other.url)
  const name = url.pathname.slice(1)
  url.username = user
  url.password = 'of a test'
  try {
    await other.sql.unsafe(
      `create role ${user} login password 'of a test'; alter database ${name} owner to ${user}`,
    )
    await expect(migrateDatabase(url.href)).rejects.toThrow('let an administrator run')
    const page = await readFile(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8')
    const grant = /^grant penstock_app .*;$/m.exec(page)?.[0] ?? ''
    await other.sql.unsafe(grant.replace('the_user_of_database_url', user))
    await migrateDatabase(url.href)
    await other.sql`revoke all on workspace_settings from penstock_app`
    await expect(migrateDatabase(url.href)).rejects.toThrow('restored without the role')
  } finally {
    await other.drop()
    await test_.sql.unsafe(`drop role if exists ${user}`)
  }
})
