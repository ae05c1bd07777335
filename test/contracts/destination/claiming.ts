import type { OpenTables } from '@penstock/server/engine/destination.ts'
import { RunFailure } from '@penstock/server/engine/failures.ts'
import { expect, test } from 'vitest'
import { commitOf, contacts, contactTag, tableOf, through } from './rows-of-tests.ts'
import { expectFailure } from './test-destination.ts'
import type { TestDestination } from './test-destination.ts'

/** Who may write, and what is there. */
export function claimingContract(destination: () => TestDestination): void {
  test('a run that opened the tables before a newer one writes nothing any more', async () => {
    const older = await destination().open([contacts])
    await older.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    await older.stage([{ object: 'contacts', rows: [['z', 'Zoe', 9]] }])
    const newer = await destination().open([contacts])
    const write = {
      ...commitOf('contacts', [['b', 'Bo', 9]], { gone: [['a']] }),
      checkpoints: new Map([['contacts', through(9)]]),
    }
    await expectFailure(older.commit(write), 'fenced')
    await expectFailure(older.stage([{ object: 'contacts', rows: [['y', 'Yan', 9]] }]), 'fenced')
    const replace = { objects: ['contacts'], guard: false, rejected: [], checkpoints: new Map() }
    await expectFailure(older.publish(replace), 'fenced')
    await expectFailure(
      older.alter({ ...contacts, columns: [...contacts.columns, { field: 'x', type: 'text' }] }),
      'fenced',
    )
    await newer.commit(commitOf('contacts', [['c', 'Cy', 1]]))
    expect(await destination().rows('contacts', 'id, name')).toEqual([
      { id: 'a', name: 'Ada' },
      { id: 'c', name: 'Cy' },
    ])
    expect(await destination().checkpoint('contacts')).toBeUndefined()
  })

  test('a paused run that wakes up in the middle of many commits of its successor is refused', async () => {
    const older = await destination().open([contacts])
    await older.commit(commitOf('contacts', [['a', 'older', 1]]))
    const [newer, landed] = await Promise.all([destination().open([contacts]), commitUntilRefused(older)])
    await expectFailure(older.commit(commitOf('contacts', [['late', 'zombie', 1]])), 'fenced')
    await newer.commit(commitOf('contacts', [['a', 'newer', 2]]))
    const rows = await destination().rows('contacts', 'id, name')
    expect(rows.filter(({ name }) => name === 'zombie')).toHaveLength(landed)
    expect(rows).toContainEqual({ id: 'a', name: 'newer' })
  })

  test('the fence of one table is not that of another', async () => {
    const first = await destination().open([contacts])
    await destination().open([contactTag])
    await first.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    expect(await destination().rows('contacts', 'id')).toHaveLength(1)
  })

  test('tables that are opened together are fenced together', async () => {
    const older = await destination().open([contacts, contactTag])
    await destination().open([contactTag])
    await expectFailure(older.commit(commitOf('contacts', [['a', 'Ada', 1]])), 'fenced')
    expect(await destination().rows('contacts')).toEqual([])
  })

  test('a table that holds another account’s data is not opened', async () => {
    const tables = await destination().open([contacts], 'workspace_1')
    await tables.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    await expectFailure(destination().open([contacts], 'workspace_2'), 'other_source')
    await tables.commit(commitOf('contacts', [['b', 'Bo', 1]]))
    expect(await destination().rows('contacts', 'id')).toHaveLength(2)
  })

  test('a table that never got a row can be opened for another account', async () => {
    await destination().open([contacts], 'workspace_1')
    const tables = await destination().open([contacts], 'workspace_2')
    await tables.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    await expectFailure(destination().open([contacts], 'workspace_1'), 'other_source')
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'a' }])
  })

  test('what is there is described without claiming it', async () => {
    const made = await destination().make()
    expect(await made.describe(['contacts'])).toEqual(new Map())
    const noted = {
      ...contacts,
      columns: [...contacts.columns, { field: 'phone', type: 'text' as const, note: 'hash' }],
    }
    const tables = await destination().open([noted])
    await tables.commit({
      ...commitOf('contacts', [['a', 'Ada', 1, null]]),
      checkpoints: new Map([['contacts', through(3)]]),
    })
    expect(await made.describe(['contacts', 'companies'])).toEqual(
      new Map([['contacts', { columns: noted.columns, checkpoint: through(3), source: 'workspace_1' }]]),
    )
    await tables.commit(commitOf('contacts', [['b', 'Bo', 1, null]]))
  })

  test('a table that someone dropped takes its checkpoint with it', async () => {
    const tables = await destination().open([contacts])
    await tables.commit({
      ...commitOf('contacts', [['a', 'Ada', 1]]),
      checkpoints: new Map([['contacts', through(3)]]),
    })
    await destination().read(`drop table ${destination().quote('contacts')}`)
    expect(await destination().checkpoint('contacts')).toBeUndefined()
    const next = await destination().open([contacts], 'workspace_2')
    expect(next.checkpoints.get('contacts')).toBeUndefined()
    await next.commit(commitOf('contacts', [['b', 'Bo', 1]]))
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'b' }])
  })

  test('a table that Penstock did not make is left alone', async () => {
    await destination().open([contactTag])
    await destination().read(`create table ${destination().quote('contacts')} (id integer)`)
    const failure = await expectFailure(destination().open([contacts]), 'destination_refused')
    expect(failure.message).toContain('contacts')
    expect(await destination().rows('contacts')).toEqual([])
  })

  test('a table whose primary key is another now is not touched', async () => {
    await destination().open([tableOf([{ field: 'other', type: 'text' }])])
    const changed = { ...tableOf([{ field: 'other', type: 'text' }]), primaryKey: ['id', 'other'] }
    const failure = await expectFailure(destination().open([changed]), 'destination_refused')
    expect(failure.message).toContain('things')
  })
}

/** Commits one row after the other; answers how many landed before a newer run was noticed. */
async function commitUntilRefused(tables: OpenTables): Promise<number> {
  for (let landed = 0; ; landed += 1) {
    try {
      await tables.commit(commitOf('contacts', [[`z${landed}`, 'zombie', 1]]))
    } catch (error) {
      if (error instanceof RunFailure && error.kind === 'fenced') return landed
      throw error
    }
  }
}
