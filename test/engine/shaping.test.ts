import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { destinationTypes } from '@penstock/server/destinations/registry.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { parseRecords, shapeAll, shapeOf, specOf } from './shape-records.ts'

const seed = Date.now() % 2 ** 31

describe('numbers', () => {
  const big = '[{"id":"1","n":9007199254740993,"t":9007199254740993,"j":{"x":[9007199254740993]}}]'

  test('beyond 2^53 are exact in integer, text and JSON columns', () => {
    const { rows } = shapeAll(shapeOf({ n: 'integer', t: 'text', j: 'json' }), parseRecords(big))
    expect(rows).toEqual([['1', 9007199254740993n, '9007199254740993', '{"x":[9007199254740993]}']])
  })

  test('of 64 bits and more are exact, whatever they are next to', () => {
    const property = fc.property(
      fc.array(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), { minLength: 1, maxLength: 6 }),
      (numbers) => {
        const text = `[${numbers.map((one, at) => `{"id":"${at}","n":${one},"j":[${one}]}`).join(',')}]`
        const { rows } = shapeAll(shapeOf({ n: 'integer', j: 'json' }), parseRecords(text))
        expect(rows.map((row) => String(row[1]))).toEqual(numbers.map(String))
        expect(rows.map((row) => row[2])).toEqual(numbers.map((one) => `[${one}]`))
      },
    )
    fc.assert(property, { seed, numRuns: 200 })
  })

  test('too large for anything stay as they were written', () => {
    const text = '[{"id":"1","n":1e400,"d":1e400,"t":-1e400,"j":[1e400]}]'
    const shape = shapeOf({ n: 'integer', d: 'double', t: 'text', j: 'json' })
    expect(shapeAll(shape, parseRecords(text)).rows).toEqual([['1', '1e400', '1e400', '-1e400', '[1e400]']])
    expect(shape.columns.map(({ type }) => type)).toEqual(['text', 'text', 'text', 'text', 'json'])
  })

  test('that round to the same double are told apart', () => {
    const text =
      '[{"id":"1","n":9007199254740993},{"id":"2","n":9007199254740992},{"id":"3","s":"9007199254740993"}]'
    const { rows } = shapeAll(shapeOf({ n: 'integer', s: 'text' }), parseRecords(text))
    expect(rows.map((row) => String(row[1] ?? row[2]))).toEqual([
      '9007199254740993',
      '9007199254740992',
      '9007199254740993',
    ])
  })
})

describe('records', () => {
  test('that are no objects, have no key, or go too deep are rejected, and the others land', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    const text = `[1,null,"x",[],{"id":null},{"a":1},{"id":"deep","a":${deep}},{"id":"good"}]`
    const { rows, reasons } = shapeAll(shapeOf({}), parseRecords(text))
    expect(rows.map(([id]) => id)).toEqual(['good'])
    expect(reasons).toHaveLength(7)
    expect(reasons.join()).toMatch(/not an object.*key id is missing.*nested too deep/)
  })

  test('that go too deep do no harm beside a number beyond 2^53', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const text = `[{"id":"deep","n":9007199254740993,"a":${deep}},{"id":"good","n":9007199254740993}]`
    expect(shapeAll(shapeOf({ n: 'integer' }), parseRecords(text))).toEqual({
      rows: [['good', 9007199254740993n, null]],
      reasons: ['it is nested too deep'],
    })
  })

  test('widen a column, and the rows before are brought along', () => {
    const shape = shapeOf({ a: 'integer', b: 'boolean' })
    const text =
      '[{"id":"1","a":1,"b":true},{"id":"2","a":1.5,"b":"no"},{"id":"3","a":"x"},{"id":"4","a":{"o":1}}]'
    expect(shapeAll(shape, parseRecords(text)).rows).toEqual([
      ['1', '1', 'true'],
      ['2', '1.5', 'no'],
      ['3', 'x', null],
      ['4', '{"o":1}', null],
    ])
    expect(shape.schemaChanges(undefined).map(({ field, kind }) => `${field} ${kind}`)).toEqual([
      'a type_changed',
      'b type_changed',
    ])
  })

  test('of a blocked table tell all that is to be decided at once, also what stands behind the value that does not fit', () => {
    const shape = shapeOf({ size: 'integer', paid: 'boolean' }, true)
    const { rows, reasons } = shapeAll(shape, [{ id: '1', size: 'L', mood: 'fine', paid: 'yes' }])
    expect([rows, reasons]).toEqual([[], ['size is string, not integer']])
    const told = shape.schemaChanges(undefined).map(({ field, kind }) => `${field} ${kind}`)
    expect(told).toEqual(['size type_changed', 'mood added', 'paid type_changed'])
  })

  test('leave a blocked table as it is: what is new is reported, what does not fit is rejected', () => {
    const shape = shapeOf({ a: 'integer' }, true)
    const { rows, reasons } = shapeAll(shape, parseRecords('[{"id":"1","a":1,"new":2},{"id":"2","a":"x"}]'))
    expect(rows).toEqual([['1', 1]])
    expect(reasons).toEqual(['a is string, not integer'])
    expect(shape.version).toBe(0)
    expect(shape.schemaChanges(undefined).map(({ field, applied }) => [field, applied])).toEqual([
      ['new', 'none'],
      ['a', 'none'],
    ])
  })

  test('bring U+0000 and half characters as U+FFFD in text, and escaped in JSON', () => {
    const text = String.raw`[{"id":"1","t":"a\u0000b\ud800c","j":["\u0000","\udfff"]}]`
    const { rows } = shapeAll(shapeOf({ t: 'text', j: 'json' }), parseRecords(text))
    expect(rows).toEqual([['1', 'a\uFFFDb\uFFFDc', String.raw`["\u0000","\udfff"]`]])
  })
})

describe('in a real database', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createDatabase()
  })
  afterAll(async () => database.drop())

  test('fields of any name get columns of their own, also those that no database takes', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '',
      ' ',
      'with"quote',
      "with'quote",
      'ID',
      'Name',
      'name',
      'nul\u0000',
      'half\ud800',
      'half\ud801',
      '_synced_at',
      '_penstock_x',
      'xmin',
      `${'long'.repeat(20)}a`,
      `${'long'.repeat(20)}b`,
      'ünï',
      '; drop table things; --',
    ]
    const type = destinationTypes.get('postgres')
    const destination = await type?.open(new Map([['url', database.url]]), 'hostile')
    if (!destination) throw new Error('There is no PostgreSQL.')
    try {
      const shape = shapeOf({})
      const tables = await destination.open([specOf(shape)], { run: 'r', source: 's' })
      const members = names.map((name, at) => `${JSON.stringify(name)}:"v${at}"`).join(',')
      const { rows } = shapeAll(shape, parseRecords(`[{"id":"1",${members}}]`))
      await tables.alter(specOf(shape))
      await tables.commit({ batches: [{ object: 'things', rows }], rejected: [], checkpoints: new Map() })
      await tables.release()
      const stored = (await destination.describe(['things'])).get('things')
      expect(stored?.columns.map(({ field }) => field)).toEqual(['id', ...names])
      const cells = await database.sql`select value from hostile.things t, jsonb_each_text(to_jsonb(t))`
      const values = cells.map((cell) => String(cell['value'])).filter((value) => /^v\d/.test(value))
      expect(new Set(values).size).toBe(names.length)
    } finally {
      await destination.close()
    }
  })
})
