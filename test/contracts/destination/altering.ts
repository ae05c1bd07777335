import type { Cell, ColumnType } from '@penstock/server/engine/destination.ts'
import { expect, test } from 'vitest'
import { commitOf, tableOf } from './rows-of-tests.ts'
import { expectFailure } from './test-destination.ts'
import type { TestDestination } from './test-destination.ts'

/** Columns that come, go and widen. */
export function alteringContract(destination: () => TestDestination): void {
  test('a field that appeared gets a column, between runs and in the middle of one', async () => {
    const first = await destination().open([tableOf([{ field: 'a', type: 'text' }])])
    await first.commit(commitOf('things', [['1', 'x']]))
    await first.alter(
      tableOf([
        { field: 'b', type: 'integer' },
        { field: 'a', type: 'text' },
      ]),
    )
    await first.commit(commitOf('things', [['2', 7, 'y']]))
    const second = await destination().open([
      tableOf([
        { field: 'a', type: 'text' },
        { field: 'b', type: 'integer' },
        { field: 'c', type: 'json' },
      ]),
    ])
    await second.commit(commitOf('things', [['3', 'z', 8, '{"n":1}']]))
    expect(await destination().rows('things', 'id, a, b, c')).toEqual([
      { id: '1', a: 'x', b: null, c: null },
      { id: '2', a: 'y', b: 7n, c: null },
      { id: '3', a: 'z', b: 8n, c: '{"n":1}' },
    ])
  })

  test('a column that is no longer named stays with its values, also in rows that change', async () => {
    const first = await destination().open([
      tableOf([
        { field: 'a', type: 'text' },
        { field: 'b', type: 'integer' },
      ]),
    ])
    await first.commit(
      commitOf('things', [
        ['1', 'x', 1],
        ['2', 'y', 2],
      ]),
    )
    const second = await destination().open([tableOf([{ field: 'a', type: 'text' }])])
    expect(
      (
        await second.commit(
          commitOf('things', [
            ['1', 'changed'],
            ['2', 'y'],
            ['3', 'z'],
          ]),
        )
      ).get('things'),
    ).toMatchObject({
      loaded: 2,
      unchanged: 1,
    })
    expect(await destination().rows('things', 'id, a, b')).toEqual([
      { id: '1', a: 'changed', b: 1n },
      { id: '2', a: 'y', b: 2n },
      { id: '3', a: 'z', b: null },
    ])
  })

  const widenings: [ColumnType, ColumnType, Cell, Cell, string | number][] = [
    ['integer', 'double', 3, 1.5, 3],
    ['integer', 'text', 2n ** 62n, 'x', '4611686018427387904'],
    ['double', 'text', 1.5, 'x', '1.5'],
    ['boolean', 'text', true, 'x', 'true'],
    ['integer', 'json', 3, '[1]', '3'],
    ['boolean', 'integer', false, 2, 'false'],
  ]
  test.each(widenings)('a column of %s becomes wide enough for %s', async (from, to, before, after, kept) => {
    const first = await destination().open([tableOf([{ field: 'v', type: from }])])
    await first.commit(commitOf('things', [['1', before]]))
    const second = await destination().open([tableOf([{ field: 'v', type: to }])])
    await second.commit(commitOf('things', [['2', after]]))
    const landed = to === 'integer' ? String(after) : after
    expect(await destination().rows('things', 'id, v')).toEqual([
      { id: '1', v: kept },
      { id: '2', v: landed },
    ])
  })

  test('a column stays wide when narrower values come again', async () => {
    const first = await destination().open([
      tableOf([
        { field: 'v', type: 'text' },
        { field: 'w', type: 'double' },
      ]),
    ])
    await first.commit(commitOf('things', [['1', 'x', 1.5]]))
    const second = await destination().open([
      tableOf([
        { field: 'v', type: 'integer' },
        { field: 'w', type: 'integer' },
      ]),
    ])
    await second.commit(
      commitOf('things', [
        ['2', 42, 42],
        ['3', 2n ** 60n, null],
      ]),
    )
    expect(await destination().rows('things', 'id, v, w')).toEqual([
      { id: '1', v: 'x', w: 1.5 },
      { id: '2', v: '42', w: 42 },
      { id: '3', v: '1152921504606846976', w: null },
    ])
  })

  test('what was staged before a column came or widened is published with it', async () => {
    const tables = await destination().open([tableOf([{ field: 'v', type: 'integer' }])])
    await tables.stage([{ object: 'things', rows: [['1', 1]] }])
    await tables.alter(
      tableOf([
        { field: 'new', type: 'boolean' },
        { field: 'v', type: 'text' },
      ]),
    )
    await tables.stage([{ object: 'things', rows: [['2', true, 'two']] }])
    await tables.publish({ objects: ['things'], guard: true, rejected: [], checkpoints: new Map() })
    expect(await destination().rows('things', 'id, v, new')).toEqual([
      { id: '1', v: '1', new: null },
      { id: '2', v: 'two', new: true },
    ])
  })

  test('a primary key can widen', async () => {
    const numbered = (type: ColumnType) => ({
      object: 'numbered',
      columns: [{ field: 'id', type }],
      primaryKey: ['id'],
    })
    const first = await destination().open([numbered('integer')])
    await first.commit(commitOf('numbered', [[1], [2]]))
    await first.alter(numbered('text'))
    expect((await first.commit(commitOf('numbered', [['1'], ['x']]))).get('numbered')).toEqual({
      loaded: 1,
      unchanged: 1,
      deleted: 0,
    })
    expect(await destination().rows('numbered', 'id')).toEqual([{ id: '1' }, { id: '2' }, { id: 'x' }])
  })

  test('a column that someone dropped is made again', async () => {
    const spec = tableOf([
      { field: 'a', type: 'text' },
      { field: 'b', type: 'text' },
    ])
    const first = await destination().open([spec])
    await first.commit(commitOf('things', [['1', 'x', 'y']]))
    await destination().read(`alter table ${destination().quote('things')} drop column a`)
    const second = await destination().open([spec])
    await second.commit(commitOf('things', [['1', 'x', 'y']]))
    expect(await destination().rows('things', 'id, a, b')).toEqual([{ id: '1', a: 'x', b: 'y' }])
  })

  test('a table of a thousand columns works', async () => {
    const spec = tableOf(
      Array.from({ length: 1000 }, (_, index) => ({ field: `f${index}`, type: 'integer' as const })),
    )
    const tables = await destination().open([spec])
    const row = (id: string) => [
      id,
      ...spec.columns.slice(1).map((_, index) => (index % 5 === 0 ? index : null)),
    ]
    await tables.commit(commitOf('things', [row('a'), row('b')]))
    expect((await tables.commit(commitOf('things', [row('a')]))).get('things')).toMatchObject({
      unchanged: 1,
    })
    expect(await destination().rows('things', 'f995')).toEqual([{ f995: 995n }, { f995: 995n }])
  })

  test('a field that no column of the run has is refused before anything is written', async () => {
    const tables = await destination().open([tableOf([])])
    await expectFailure(tables.alter({ ...tableOf([]), versionField: 'nowhere' }), 'internal')
    await tables.commit(commitOf('things', [['1']]))
    expect(await destination().rows('things', 'id')).toEqual([{ id: '1' }])
  })
}
