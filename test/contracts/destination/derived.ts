import { expect, test } from 'vitest'
import { commitOf, contacts, contactTag } from './rows-of-tests.ts'
import type { TestDestination } from './test-destination.ts'

/** Derived tables: rows that belong to a parent. */
export function derivedContract(destination: () => TestDestination): void {
  test('the rows of a parent are replaced as a whole, and those of others stay', async () => {
    const tables = await destination().open([contacts, contactTag])
    const first = [
      ['a', 't1', 1],
      ['a', 't2', 1],
      ['b', 't1', 1],
      ['c', 't1', 1],
    ]
    await tables.commit(commitOf('contact_tag', first, { parents: [['a'], ['b'], ['c']] }))
    const second = commitOf(
      'contact_tag',
      [
        ['a', 't2', 1],
        ['a', 't3', 2],
      ],
      { parents: [['a'], ['b']] },
    )
    expect((await tables.commit(second)).get('contact_tag')).toEqual({ loaded: 1, unchanged: 1, deleted: 2 })
    expect(await destination().rows('contact_tag', 'contact_id, tag_id')).toEqual([
      { contact_id: 'a', tag_id: 't2' },
      { contact_id: 'a', tag_id: 't3' },
      { contact_id: 'c', tag_id: 't1' },
    ])
  })

  test('a parent without rows loses all of its own', async () => {
    const tables = await destination().open([contactTag])
    await tables.commit(
      commitOf(
        'contact_tag',
        [
          ['a', 't1', 1],
          ['b', 't1', 1],
        ],
        { parents: [['a'], ['b']] },
      ),
    )
    const result = await tables.commit(commitOf('contact_tag', [], { parents: [['a']] }))
    expect(result.get('contact_tag')).toEqual({ loaded: 0, unchanged: 0, deleted: 1 })
    expect(await destination().rows('contact_tag', 'contact_id')).toEqual([{ contact_id: 'b' }])
  })

  test('parents and their rows land together', async () => {
    const tables = await destination().open([contacts, contactTag])
    const result = await tables.commit({
      batches: [
        { object: 'contacts', rows: [['a', 'Ada', 1]] },
        { object: 'contact_tag', rows: [['a', 't1', 1]], parents: [['a']] },
      ],
      rejected: [],
      checkpoints: new Map(),
    })
    expect(Object.fromEntries(result)).toEqual({
      contacts: { loaded: 1, unchanged: 0, deleted: 0 },
      contact_tag: { loaded: 1, unchanged: 0, deleted: 0 },
    })
  })

  test('a parent may be named by more than one field, in another order than the primary key', async () => {
    const headers = {
      object: 'header',
      columns: [
        { field: 'index', type: 'integer' as const },
        { field: 'part', type: 'text' as const },
        { field: 'conversation', type: 'integer' as const },
      ],
      primaryKey: ['index', 'conversation', 'part'],
      parentKey: ['conversation', 'part'],
    }
    const tables = await destination().open([headers])
    const rows = [
      [0, 'p', 1],
      [1, 'p', 1],
      [0, 'q', 1],
      [0, 'p', 2],
    ]
    await tables.commit(
      commitOf('header', rows, {
        parents: [
          [1, 'p'],
          [1, 'q'],
          [2, 'p'],
        ],
      }),
    )
    const result = await tables.commit(commitOf('header', [[1, 'p', 1]], { parents: [[1, 'p']] }))
    expect(result.get('header')).toEqual({ loaded: 0, unchanged: 1, deleted: 1 })
    expect(await destination().rows('header', 'conversation, part, index')).toHaveLength(3)
  })
}
