import type { OpenTables, Row } from '@penstock/server/engine/destination.ts'
import { expect, test } from 'vitest'
import { commitOf, contacts, contactTag, through } from './rows-of-tests.ts'
import { expectFailure } from './test-destination.ts'
import type { TestDestination } from './test-destination.ts'

/** Full refresh: stage and publish. */
export function replacingContract(destination: () => TestDestination): void {
  const many = (count: number, name = 'x'): Row[] =>
    Array.from({ length: count }, (_, index) => [`id${index}`, name, 1])
  const publish = (tables: OpenTables, guard = true, objects = ['contacts']) =>
    tables.publish({ objects, guard, rejected: [], checkpoints: new Map([['contacts', through(7)]]) })

  test('what is staged is unseen until it is published, and then it is all there is', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(
      commitOf('contacts', [
        ['a', 'Ada', 1],
        ['b', 'Bo', 1],
        ['c', 'Cy', 1],
      ]),
    )
    const before = await destination().rows('contacts', 'id, _synced_at')
    await tables.stage([{ object: 'contacts', rows: [['b', 'Bob', 1]] }])
    await tables.stage([
      {
        object: 'contacts',
        rows: [
          ['c', 'Cy', 1],
          ['d', 'Di', 1],
        ],
      },
    ])
    expect(await destination().rows('contacts', 'id, _synced_at')).toEqual(before)
    expect((await publish(tables)).get('contacts')).toEqual({ loaded: 2, unchanged: 1, deleted: 1 })
    expect(await destination().rows('contacts', 'id, name')).toEqual([
      { id: 'b', name: 'Bob' },
      { id: 'c', name: 'Cy' },
      { id: 'd', name: 'Di' },
    ])
    const after = await destination().rows('contacts', 'id, _synced_at')
    expect(after[1]).toEqual(before[2])
    expect(await destination().checkpoint('contacts')).toEqual(through(7))
  })

  test('of a parent that is staged again, and of a record that is gone, nothing that came before lands', async () => {
    const tables = await destination().open([contacts, contactTag])
    await tables.commit(commitOf('contact_tag', [['z', 't1', 1]], { parents: [['z']] }))
    const tagsOf = (rows: readonly Row[], parents?: readonly Row[]) => ({
      object: 'contact_tag',
      rows,
      ...(parents ? { parents } : {}),
    })
    await tables.stage([
      { object: 'contacts', rows: many(3) },
      tagsOf([
        ['a', 't1', 1],
        ['a', 't2', 1],
        ['b', 't1', 1],
        ['c', 't1', 1],
      ]),
    ])
    await tables.stage([tagsOf([['a', 't2', 1]], [['a'], ['b']])])
    await tables.stage([{ object: 'contacts', rows: [['id9', 'y', 1]], gone: [['id1'], ['id9']] }])
    const result = await publish(tables, true, ['contacts', 'contact_tag'])
    expect(result.get('contact_tag')).toEqual({ loaded: 2, unchanged: 3, deleted: 1 })
    expect(result.get('contacts')).toEqual({ loaded: 2, unchanged: 2, deleted: 0 })
    expect(await destination().rows('contact_tag', 'contact_id, tag_id')).toEqual([
      { contact_id: 'a', tag_id: 't2' },
      { contact_id: 'c', tag_id: 't1' },
    ])
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'id0' }, { id: 'id2' }])
  })

  test('a key that is staged twice lands once: the greater version, or else the last', async () => {
    const tables = await destination().open([contacts])
    await tables.stage([
      {
        object: 'contacts',
        rows: [
          ['a', 'newest', 3],
          ['b', 'first', 1],
        ],
      },
    ])
    await tables.stage([
      {
        object: 'contacts',
        rows: [
          ['a', 'older', 2],
          ['b', 'last', 1],
        ],
      },
    ])
    expect((await publish(tables)).get('contacts')).toEqual({ loaded: 2, unchanged: 2, deleted: 0 })
    expect(await destination().rows('contacts', 'name')).toEqual([{ name: 'last' }, { name: 'newest' }])
  })

  test('a row that stands in a newer version than was staged stays', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(commitOf('contacts', [['a', 'newer', 5]]))
    await tables.stage([{ object: 'contacts', rows: [['a', 'older', 4]] }])
    expect((await publish(tables)).get('contacts')).toEqual({ loaded: 0, unchanged: 1, deleted: 0 })
    expect(await destination().rows('contacts', 'name')).toEqual([{ name: 'newer' }])
  })

  test('a row that was marked as deleted comes back, or goes', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(
      commitOf(
        'contacts',
        [
          ['a', 'Ada', 1],
          ['b', 'Bo', 1],
        ],
        { gone: [['a'], ['b']] },
      ),
    )
    await tables.stage([{ object: 'contacts', rows: [['a', 'Ada', 1]] }])
    await publish(tables)
    expect(await destination().rows('contacts', 'id, _deleted_at')).toEqual([{ id: 'a', _deleted_at: null }])
  })

  test('staging starts empty after a publication and after a claim', async () => {
    const first = await destination().open([contacts])
    await first.stage([{ object: 'contacts', rows: [['lost', 'x', 1]] }])
    const second = await destination().open([contacts])
    await second.stage([{ object: 'contacts', rows: [['a', 'Ada', 1]] }])
    await publish(second)
    await second.stage([
      {
        object: 'contacts',
        rows: [
          ['a', 'Ada', 1],
          ['b', 'Bo', 1],
        ],
      },
    ])
    expect((await publish(second)).get('contacts')).toEqual({ loaded: 1, unchanged: 1, deleted: 0 })
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'a' }, { id: 'b' }])
  })

  test('tables are replaced together, and one without staged rows becomes empty', async () => {
    const tables = await destination().open([contacts, contactTag])
    await tables.commit(commitOf('contact_tag', [['a', 't1', 1]]))
    await tables.stage([{ object: 'contacts', rows: [['a', 'Ada', 1]] }])
    const result = await publish(tables, false, ['contacts', 'contact_tag'])
    expect(result.get('contact_tag')).toEqual({ loaded: 0, unchanged: 0, deleted: 1 })
    expect(await destination().rows('contact_tag')).toEqual([])
  })

  test('a read that collapsed to nothing, or to less than half, replaces nothing', async () => {
    const tables = await destination().open([contacts])
    await tables.commit({
      ...commitOf('contacts', many(20)),
      checkpoints: new Map([['contacts', through(1)]]),
    })
    await expectFailure(publish(tables), 'collapsed_read')
    await tables.stage([{ object: 'contacts', rows: many(9, 'new') }])
    await expectFailure(publish(tables), 'collapsed_read')
    expect(await destination().rows('contacts', 'name')).toEqual(many(20).map(() => ({ name: 'x' })))
    expect(await destination().checkpoint('contacts')).toEqual(through(1))
    expect((await publish(tables, false)).get('contacts')).toEqual({ loaded: 9, unchanged: 0, deleted: 11 })
  })

  test('a read of half the rows, or of a table of few, is believed', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(commitOf('contacts', many(20)))
    await tables.stage([{ object: 'contacts', rows: many(10) }])
    expect((await publish(tables)).get('contacts')).toEqual({ loaded: 0, unchanged: 10, deleted: 10 })
    await tables.stage([{ object: 'contacts', rows: many(1) }])
    expect((await publish(tables)).get('contacts')).toMatchObject({ deleted: 9 })
  })

  test('releasing drops what was staged, and the claim stays in force', async () => {
    const tables = await destination().open([contacts])
    await tables.stage([{ object: 'contacts', rows: [['a', 'Ada', 1]] }])
    await tables.release()
    const left = await destination().read(
      `select table_name as name from information_schema.tables where table_name like '\\_penstock\\_stage%' escape '\\'
       and table_schema = '${destination().namespace}'`,
    )
    expect(left).toEqual([])
  })
}
