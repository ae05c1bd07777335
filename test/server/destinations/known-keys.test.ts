import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import { KnownKeys } from '@penstock/server/destinations/duckdb/known-keys.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

const target = { table: 'people', key: ['company', 'id'] }
let instance: DuckDBInstance
let connection: DuckDBConnection

beforeEach(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  connection = await instance.connect()
  await connection.run('create table people (company varchar, id bigint); create table batch as from people')
})

afterEach(() => {
  connection.closeSync()
  instance.closeSync()
})

/** Asks for a batch of the people from one number to another, and lets it land where `lands` is not false. */
async function meets(
  known: KnownKeys,
  from: number,
  to: number,
  { company = 'a', lands = true } = {},
): Promise<boolean> {
  const people = `select '${company}' as company, range as id from range(${from}, ${to})`
  await connection.run(`create or replace table batch as ${people}`)
  const answer = await known.mayMeet(connection, target, 'batch')
  if (lands) await connection.run('insert into people from batch')
  return answer
}

test('batches of new keys meet nothing from the second one on, however many come; what stands is always met', async () => {
  const known = new KnownKeys()
  expect(await meets(known, 0, 10)).toBe(true)
  const met: boolean[] = []
  for (let from = 10; from < 40_000; from += 4000) met.push(await meets(known, from, from + 4000))
  expect(met.filter(Boolean)).toHaveLength(0)
  for (let id = 0; id < 40_000; id += 997) expect(await meets(known, id, id + 1, { lands: false })).toBe(true)
})

test('a key is all of its columns, and one that a rollback took back is met in vain, no more', async () => {
  const known = new KnownKeys()
  await meets(known, 0, 10)
  expect(await meets(known, 0, 10, { company: 'b', lands: false })).toBe(false)
  expect(await meets(known, 0, 10, { company: 'b' })).toBe(true)
  expect(await meets(known, 9, 20, { lands: false })).toBe(true)
})

test('a table that was full before is learnt once', async () => {
  await connection.run(`insert into people select 'a', range from range(30000)`)
  const known = new KnownKeys()
  await meets(known, 30_000, 30_010)
  expect(await meets(known, 30_010, 30_020)).toBe(false)
  expect(await meets(known, 29_999, 30_000, { lands: false })).toBe(true)
})
