import type { OpenTables } from '@penstock/server/engine/destination.ts'
import { expect, test } from 'vitest'
import { commitOf, contacts, contactTag, none, threeContacts, through } from './rows-of-tests.ts'
import type { TestDestination } from './test-destination.ts'

/** What a run counted, which stands beside its rows. */
export function countingContract(destination: () => TestDestination): void {
  const open = async (run: string) => destination().open([contacts, contactTag], 'workspace_1', run)

  test('whoever goes on with a run begins with what its commits did, to the last of them', async () => {
    const tables = await open('run_a')
    expect(tables.counts).toEqual(new Map())
    await twoCommits(tables)
    const counted = new Map([
      ['contacts', { extracted: 8, loaded: 4, unchanged: 2, filtered: 1, rejected: 1, deleted: 1 }],
      ['contact_tag', { ...none, extracted: 4, loaded: 3, unchanged: 1, deleted: 2 }],
    ])
    const next = await open('run_a')
    expect(next.counts).toEqual(counted)
    expect(next.checkpoints.get('contacts')).toEqual(through(2))
    // One that is taken over before its first commit, too.
    expect((await open('run_a')).counts).toEqual(counted)
    const described = (await (await destination().make()).describe(['contacts'])).get('contacts')
    expect(described?.counted).toEqual({ run: 'run_a', counts: counted.get('contacts') })
    expect(described?.checkpoint).toEqual(through(2))
  })

  test('what could not land is counted with the rows that did', async () => {
    const tables = await open('run_a')
    await tables.commit({
      ...commitOf('contacts', [['a', 'Ada', 1]]),
      rejected: [{ object: 'contacts', key: '"z"', reason: 'no' }],
      checkpoints: new Map([['contacts', through(1)]]),
      counts: new Map([['contacts', { ...none, extracted: 2, rejected: 1 }]]),
    })
    expect((await open('run_a')).counts.get('contacts')).toEqual({
      ...none,
      extracted: 2,
      loaded: 1,
      rejected: 1,
    })
  })

  test('a generation is counted when it is published, and not while it waits', async () => {
    const tables = await open('run_a')
    await twoCommits(tables)
    const before = (await open('run_a')).counts
    const again = await open('run_a')
    await again.stage([
      {
        object: 'contacts',
        rows: [
          ['a', 'Ada', 2],
          ['e', 'Eve', 1],
        ],
      },
    ])
    const known = before.get('contacts') ?? none
    await again.publish({
      objects: ['contacts'],
      guard: false,
      rejected: [],
      checkpoints: new Map([['contacts', through(7)]]),
      counts: new Map([['contacts', { ...known, extracted: known.extracted + 2 }]]),
    })
    const after = (await open('run_a')).counts
    // Ada stands as she is; Bo goes, and Cy, who was marked.
    expect(after.get('contacts')).toEqual({
      ...known,
      extracted: known.extracted + 2,
      loaded: known.loaded + 1,
      unchanged: known.unchanged + 1,
      deleted: known.deleted + 2,
    })
    expect(after.get('contact_tag')).toEqual(before.get('contact_tag'))
  })

  test('a run that begins anew has counted nothing, whatever the one before did', async () => {
    await twoCommits(await open('run_a'))
    expect((await open('run_b')).counts).toEqual(new Map())
  })

  test('of a checkpoint that was written without counts, as by an earlier version, nothing is known', async () => {
    const tables = await open('run_a')
    await tables.commit({
      ...commitOf('contacts', [['a', 'Ada', 1]]),
      checkpoints: new Map([['contacts', through(1)]]),
    })
    const next = await open('run_a')
    expect(next.counts).toEqual(new Map())
    expect(next.checkpoints.get('contacts')).toEqual(through(1))
  })
}

/** New, changed and equal rows, some that are gone, and parents that lose theirs. */
async function twoCommits(tables: OpenTables): Promise<void> {
  await tables.commit({
    batches: [
      { object: 'contacts', rows: threeContacts },
      {
        object: 'contact_tag',
        rows: [
          ['a', 't1', 1],
          ['a', 't2', 1],
          ['b', 't1', 1],
        ],
        parents: [['a'], ['b']],
      },
    ],
    rejected: [],
    checkpoints: new Map([
      ['contacts', through(1)],
      ['contact_tag', through(1)],
    ]),
    counts: new Map([
      ['contacts', { ...none, extracted: 5, filtered: 1, rejected: 1 }],
      ['contact_tag', { ...none, extracted: 3 }],
    ]),
  })
  await tables.commit({
    batches: [
      {
        object: 'contact_tag',
        rows: [['a', 't2', 1]],
        parents: [['a'], ['b']],
      },
      {
        object: 'contacts',
        rows: [
          ['a', 'Ada', 2],
          ['b', 'Bo', 1],
        ],
        gone: [['c'], ['nobody']],
      },
    ],
    rejected: [],
    checkpoints: new Map([
      ['contacts', through(2)],
      ['contact_tag', through(2)],
    ]),
    counts: new Map([
      // A repeat never reached the destination, so it is among what was met as it is already.
      ['contacts', { extracted: 8, loaded: 3, unchanged: 1, filtered: 1, rejected: 1, deleted: 0 }],
      ['contact_tag', { ...none, extracted: 4, loaded: 3 }],
    ]),
  })
}
