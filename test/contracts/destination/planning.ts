import type { Destination, PlannedStatement, TableSpec } from '@penstock/server/engine/destination.ts'
import { expect, test } from 'vitest'
import { commitOf, contacts, contactTag, tableOf } from './rows-of-tests.ts'
import { expectFailure } from './test-destination.ts'
import type { TestDestination } from './test-destination.ts'

/** Names that must be quoted, shortened, or told apart. */
const awkward: TableSpec = {
  object: 'Things "of" ours',
  columns: [
    { field: 'id', type: 'text' },
    { field: 'parent', type: 'integer' },
    { field: 'Parent', type: 'json' },
    { field: 'a "quoted"; name', type: 'double' },
    { field: 'x'.repeat(80), type: 'boolean' },
  ],
  primaryKey: ['id', 'parent'],
  parentKey: ['parent'],
}

/** What would be done is what is done. */
export function planningContract(destination: () => TestDestination): void {
  /** The tables and columns of a namespace as the database lists them; nothing before there are any. */
  const catalogue = async (namespace: string) =>
    destination().read(
      `select table_name::varchar as table_name, column_name::varchar as column_name, data_type::varchar as data_type
       from information_schema.columns where table_schema = '${namespace}' order by 1, 2`,
    )
  /** Does what was planned, in a namespace of its own, and gives what is there then. */
  const carryOut = async (planned: readonly PlannedStatement[]) => {
    for (const { sql } of planned) await destination().read(sql)
  }
  const openThrough = async (made: Destination, tables: readonly TableSpec[]) => {
    const opened = await made.open(tables, { run: 'run', source: 'workspace_1' })
    await opened.release()
  }

  test('a plan changes nothing, and carried out by hand gives the tables that opening gives', async () => {
    const tables = [contacts, contactTag, awkward]
    const made = await destination().make()
    const planned = await made.plan(tables)
    expect(await catalogue(destination().namespace)).toEqual([])
    expect([...new Set(planned.map(({ object }) => object))]).toEqual([
      undefined,
      ...tables.map(({ object }) => object),
    ])
    await carryOut(planned)
    const byHand = await catalogue(destination().namespace)
    await destination().read(`drop schema "${destination().namespace}" cascade`)
    await openThrough(made, tables)
    expect(await catalogue(destination().namespace)).toEqual(byHand)
    expect(await made.plan(tables)).toEqual([])
  })

  test('a plan says which columns would be added and widened, as opening then does', async () => {
    const before = tableOf([
      { field: 'a', type: 'integer' },
      { field: 'b', type: 'integer' },
    ])
    const after = tableOf([
      { field: 'a', type: 'double' },
      { field: 'b', type: 'integer' },
      { field: 'c', type: 'json' },
    ])
    const made = await destination().make()
    await openThrough(made, [before])
    const planned = await made.plan([after])
    expect(planned.length).toBeGreaterThan(0)
    for (const { object, sql } of planned) {
      expect(object).toBe('things')
      expect(sql).toMatch(/^alter table /)
    }
    const untouched = await catalogue(destination().namespace)
    await openThrough(made, [after])
    const opened = await catalogue(destination().namespace)
    expect(opened).not.toEqual(untouched)
    await destination().read(`drop schema "${destination().namespace}" cascade`)
    await openThrough(made, [before])
    await carryOut(planned)
    expect(await catalogue(destination().namespace)).toEqual(opened)
  })

  test('a plan refuses what opening refuses', async () => {
    const made = await destination().make()
    await openThrough(made, [contactTag])
    await destination().read(`create table ${destination().quote('contacts')} (id integer)`)
    const failure = await expectFailure(made.plan([contacts]), 'destination_refused')
    expect(failure.message).toContain('contacts')
  })

  test('a plan leaves whoever has the tables open in possession of them', async () => {
    const tables = await destination().open([contacts])
    await (await destination().make()).plan([contacts, contactTag])
    await tables.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'a' }])
  })
}
