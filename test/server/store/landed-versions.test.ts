import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrateDatabase } from '@penstock/server/store/migrate.ts'
import type { Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'

const folder = join(import.meta.dirname, 'landed')
const migrations = join(import.meta.dirname, '../../../server/store/migrations')
const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'))

/** Columns whose values a migration changes, `table.column`, with its reason. */
const changedOnPurpose: Readonly<Record<string, string>> = {}

let fresh: TestDatabase
beforeAll(async () => {
  fresh = await createDatabase()
  await migrateDatabase(fresh.url)
})
afterAll(() => fresh.drop())

describe.each(files)('the database that landed as %s', (file) => {
  let landed: TestDatabase
  let before: Map<string, readonly Row[]>
  beforeAll(async () => {
    landed = await createDatabase()
    await landed.sql.unsafe(await readFile(join(folder, file), 'utf8'))
    before = await readTables(landed.sql)
    // As several servers and workers of a new version do that start at once.
    await Promise.all([1, 2, 3].map(() => migrateDatabase(landed.url)))
  })
  afterAll(() => landed.drop())

  test('has rows in every table, so that losing any would be seen', () => {
    expect([...before].filter(([, rows]) => rows.length === 0)).toEqual([])
    expect(before.size).toBeGreaterThan(25)
  })

  test('keeps every value of every row', async () => {
    const after = await readTables(landed.sql)
    const lost = [...before].flatMap(([table, rows]) => {
      const kept = after.get(table) ?? []
      return rows
        .filter((row) => !kept.some((other) => holds(table, other, row)))
        .map((row) => ({ table, row }))
    })
    expect(lost).toEqual([])
  })

  test('has what a new database has, and nothing else', async () => {
    expect(await describeSchema(landed.sql)).toEqual(await describeSchema(fresh.sql))
  })

  test('was made by migrations that nobody edited since', async () => {
    const remembered = await landed.sql`select hash, created_at::text from migrations order by created_at`
    const { entries } = JSON.parse(await readFile(join(migrations, 'meta/_journal.json'), 'utf8'))
    const today = await Promise.all(
      (entries as readonly { tag: string; when: number }[]).map(async ({ tag, when }) => {
        const text = await readFile(join(migrations, `${tag}.sql`), 'utf8')
        return { hash: createHash('sha256').update(text).digest('hex'), created_at: String(when) }
      }),
    )
    expect(remembered.map((row) => ({ ...row }))).toEqual(today)
  })
})

type Row = Readonly<Record<string, unknown>>

/** All rows of all tables but the migrator's own, as JSON. */
async function readTables(sql: Sql): Promise<Map<string, readonly Row[]>> {
  const tables =
    await sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`
  const read = new Map<string, readonly Row[]>()
  for (const { name } of tables) {
    if (name === 'migrations') continue
    const rows = await sql`select to_jsonb(t)::text as text from ${sql(String(name))} t`
    read.set(
      String(name),
      rows.map(({ text }) => JSON.parse(String(text))),
    )
  }
  return read
}

function holds(table: string, after: Row, before: Row): boolean {
  return Object.entries(before).every(
    ([column, value]) =>
      `${table}.${column}` in changedOnPurpose || JSON.stringify(after[column]) === JSON.stringify(value),
  )
}

/** Everything that a migration can make, one line each. */
async function describeSchema(sql: Sql): Promise<readonly string[]> {
  const rows = await sql`
    select format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select format('index %s', indexdef) from pg_indexes where schemaname = 'public'
    union all select format('policy %s %s %s %s %s', tablename, policyname, roles, qual, with_check)
      from pg_policies where schemaname = 'public'
    union all select format('wall %s %s', relname, relrowsecurity) from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select format('grant %s %s', table_name, privilege_type) from information_schema.table_privileges
      where table_schema = 'public' and grantee = 'penstock_app'
    union all select format('grant %s.%s %s', table_name, column_name, privilege_type) from information_schema.column_privileges
      where table_schema = 'public' and grantee = 'penstock_app'
    order by 1`
  return rows.map(({ line }) => String(line))
}
