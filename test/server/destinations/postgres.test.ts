import { PostgresDestination } from '@penstock/server/destinations/postgres.ts'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { destinationContract } from '../../contracts/destination.ts'
import { commitOf, contacts } from '../../contracts/destination/rows-of-tests.ts'
import { expectFailure } from '../../contracts/destination/test-destination.ts'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'

let database: TestDatabase | undefined
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => {
  await database?.drop()
})

function current(): TestDatabase {
  if (!database) throw new Error('The database is made first.')
  return database
}

/** With 64-bit integers as bigint. */
async function read(query: string): Promise<readonly Record<string, unknown>[]> {
  const rows = await current().sql.unsafe(query)
  const numbers = rows.columns?.filter(({ type }) => type === 20).map(({ name }) => name) ?? []
  return rows.map((row) => {
    const copy: Record<string, unknown> = Object.fromEntries(Object.entries(row))
    for (const name of numbers) copy[name] = row[name] === null ? null : BigInt(row[name])
    return copy
  })
}

destinationContract(
  'PostgreSQL',
  async (namespace) => new PostgresDestination(current().url, namespace),
  read,
)

describe('PostgreSQL: what others see and do meanwhile', () => {
  const claim = { run: 'run_1', source: 'workspace_1' }
  const generation = (name: string) => Array.from({ length: 300 }, (_, index) => [`id${index}`, name, 1])
  const publish = { objects: ['contacts'], guard: true, rejected: [], checkpoints: new Map() }

  test('a wipe empties a table that views stand on, takes no view away, and the next run fills it again', async () => {
    const { sql, url } = current()
    const destination = new PostgresDestination(url, 'wiped')
    const older = await destination.open([contacts], claim)
    await older.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    await sql.unsafe('create view wiped.names as select name from wiped.contacts')
    expect(await destination.wipe(['contacts'])).toEqual(new Map([['contacts', 1]]))
    expect(await sql.unsafe('select * from wiped.names')).toHaveLength(0)
    await expectFailure(older.commit(commitOf('contacts', [['b', 'Bo', 1]])), 'fenced')
    expect(await destination.wipe(['contacts'])).toEqual(new Map([['contacts', 0]]))
    const newer = await destination.open([contacts], { run: 'run_2', source: 'workspace_2' })
    await newer.commit(commitOf('contacts', [['c', 'Cy', 1]]))
    expect((await sql.unsafe('select * from wiped.names'))[0]).toEqual({ name: 'Cy' })
    for (const tables of [older, newer]) await tables.release()
    await destination.close()
  })

  test('readers see the old generation or the new one, never wait, and views and grants keep working', async () => {
    const { sql, url } = current()
    const destination = new PostgresDestination(url, 'seen')
    const tables = await destination.open([contacts], claim)
    await tables.commit(commitOf('contacts', generation('g0')))
    await sql.unsafe('create view seen.names as select name from seen.contacts')
    await sql.unsafe('grant usage on schema seen to public; grant select on seen.contacts to public')
    let done = false
    const seen = new Set<string>()
    const reading = (async () => {
      while (!done) {
        const rows = await sql.unsafe('select name, count(*)::int as n from seen.names group by name')
        seen.add(rows.map(({ name, n }) => `${name}:${n}`).join(' '))
      }
    })()
    const held = await sql.reserve()
    await held.unsafe('begin isolation level repeatable read')
    const before = await held.unsafe('select count(*)::int as n from seen.contacts')
    for (let number = 1; number <= 5; number += 1) {
      await tables.stage([{ object: 'contacts', rows: generation(`g${number}`) }])
      await tables.publish(publish)
    }
    done = true
    await reading
    expect(before[0]).toEqual({ n: 300 })
    expect((await held.unsafe(`select count(*)::int as n from seen.contacts where name = 'g0'`))[0]).toEqual({
      n: 300,
    })
    await held.unsafe('rollback')
    held.release()
    expect([...seen].filter((text) => !/^g\d:300$/.test(text))).toEqual([])
    const [granted] =
      await sql`select relacl::text like '%=r/%' as public from pg_class where oid = 'seen.contacts'::regclass`
    expect(granted).toEqual({ public: true })
    await tables.release()
    await destination.close()
  })

  test('a view on a column that must become wider is named as what stands in the way', async () => {
    const { sql, url } = current()
    const destination = new PostgresDestination(url, 'viewed')
    const first = await destination.open([contacts], claim)
    await sql.unsafe('create view viewed.versions as select updated_at from viewed.contacts')
    const wide = contacts.columns.map((column) =>
      column.field === 'updated_at' ? { ...column, type: 'text' as const } : column,
    )
    const failure = await expectFailure(first.alter({ ...contacts, columns: wide }), 'destination_refused')
    expect(failure.message).toContain('view')
    await first.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    await first.release()
    await destination.close()
  })

  test('no value, statement or password is in what a refusal says, nor in its cause', async () => {
    const { sql, url } = current()
    const destination = new PostgresDestination(url, 'refusing')
    const tables = await destination.open([contacts], claim)
    await sql.unsafe(`alter table refusing.contacts add check (name <> 'canary-value')`)
    const failure = await expectFailure(
      tables.commit(commitOf('contacts', [['a', 'canary-value', 1]])),
      'destination_refused',
    )
    const said = inspect(failure, { depth: 10, showHidden: true })
    expect(said).not.toContain('canary-value')
    expect(said).not.toContain('insert into')
    expect(said).toContain('23514')
    await tables.release()
    await destination.close()
    const [finding] = await new PostgresDestination(
      'postgres://someone:canary-password@127.0.0.1:1/x',
      'x',
    ).check()
    expect(finding).toMatchObject({ ok: false, what: 'connect' })
    expect(finding?.message).not.toContain('canary')
    expect(finding?.message).toContain('Check the host')
  })

  test('a user who may not create a schema is told so', async () => {
    const { sql, url } = current()
    await sql.unsafe('drop role if exists penstock_nobody; create role penstock_nobody login')
    const nobody = new URL(url)
    nobody.username = 'penstock_nobody'
    const findings = await new PostgresDestination(nobody.href, 'forbidden').check()
    expect(findings.at(-1)).toMatchObject({ ok: false, what: 'create schema' })
    expect(findings.at(-1)?.message).toContain('Grant')
    await sql.unsafe('drop role penstock_nobody')
  })

  test('groups of tables that commit at the same time do not hinder each other', async () => {
    const destination = new PostgresDestination(current().url, 'together')
    const groups = await Promise.all(
      ['one', 'two', 'three'].map((object) => destination.open([{ ...contacts, object }], claim)),
    )
    await Promise.all(
      groups.map(async (tables, group) => {
        const object = ['one', 'two', 'three'][group] ?? ''
        for (let number = 0; number < 10; number += 1)
          await tables.commit(commitOf(object, generation(`g${number}`)))
        await tables.release()
      }),
    )
    const counts = await current().sql
      .unsafe(`select (select count(*)::int from together.one) + (select count(*)::int from together.two)
      + (select count(*)::int from together.three) as n`)
    expect(counts[0]).toEqual({ n: 900 })
    await destination.close()
  })
})
