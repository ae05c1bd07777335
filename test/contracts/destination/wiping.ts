import type { RunReport } from '@penstock/schemas/generated/run.ts'
import type { OpenTables } from '@penstock/server/engine/destination.ts'
import { expect, test } from 'vitest'
import { commitOf, contacts, contactTag, tableOf, threeContacts, through } from './rows-of-tests.ts'
import { expectFailure } from './test-destination.ts'
import type { TestDestination } from './test-destination.ts'

function reportFor(run: string, objects: readonly string[]): RunReport {
  const counts = {
    extracted: 1,
    loaded: 1,
    unchanged: 0,
    filtered: 0,
    rejected: 0,
    deleted: 0,
    requests: 1,
  }
  const object = { status: 'succeeded', mode: 'incremental', checkpoint: null, error: null } as const
  const at = '2026-11-20T00:00:00.000Z'
  return {
    run,
    status: 'succeeded',
    startedAt: at,
    finishedAt: at,
    requests: 1,
    retries: 0,
    rateLimitWaitMs: 0,
    error: null,
    objects: objects.map((name) => ({
      object: name,
      ...object,
      ...counts,
      warnings: [],
      schemaChanges: [],
    })),
  }
}

/** Counting what is there, and taking it away for good. */
export function wipingContract(destination: () => TestDestination): void {
  /** Two objects with rows, checkpoints, a rejected record each, and the reports of two runs. */
  const fill = async (): Promise<OpenTables> => {
    const tables = await destination().open([contacts, contactTag])
    await tables.commit({
      batches: [
        { object: 'contacts', rows: threeContacts },
        { object: 'contact_tag', rows: [['a', 't', 1]], parents: [['a']] },
      ],
      rejected: [
        { object: 'contacts', key: '{"id":"x"}', reason: 'its key id is missing' },
        { object: 'contact_tag', key: '{}', reason: 'its key tag_id is missing' },
      ],
      checkpoints: new Map([
        ['contacts', through(5)],
        ['contact_tag', through(5)],
      ]),
    })
    await tables.commit(commitOf('contacts', [], { gone: [['c']] }))
    const made = await destination().make()
    await made.recordRun(reportFor('one', ['contacts']))
    await made.recordRun(reportFor('both', ['contacts', 'contact_tag']))
    return tables
  }

  test('rows are counted, and those that are marked as deleted', async () => {
    await fill()
    const made = await destination().make()
    expect(await made.countRows(['contacts', 'contact_tag', 'companies'])).toEqual(
      new Map([
        ['contacts', { rows: 3, deleted: 1 }],
        ['contact_tag', { rows: 1, deleted: 0 }],
      ]),
    )
  })

  test('numbers in a field, or inside a JSON field, are added up, and only up to a limit', async () => {
    const tables = await destination().open([
      tableOf([
        { field: 'n', type: 'integer' },
        { field: 'stats', type: 'json' },
      ]),
    ])
    await tables.commit(
      commitOf('things', [
        ['1', 3, '{"a.b":{"parts":7},"parts":"many"}'],
        ['2', 600, '{"a.b":null,"c":{"d/e":{"parts":501}}}'],
        ['3', null, null],
        ['4', 90, '{"c":{"d/e":{"parts":20}},"x":"\\u0000 \\ud800 \\\\u0000"}'],
        ['5', 1000, '{"c":{"d/e":{"parts":9}}}'],
      ]),
    )
    await tables.commit(commitOf('things', [], { gone: [['5']] }))
    const made = await destination().make()
    expect(await made.sumField('things', 'n', 500)).toEqual({ sum: 693, upTo: 593, over: 1 })
    expect(await made.sumField('things', 'stats.c.d/e.parts', 500)).toEqual({ sum: 521, upTo: 520, over: 1 })
    expect(await made.sumField('things', 'stats.parts', 500)).toEqual({ sum: 0, upTo: 0, over: 0 })
    expect(await made.sumField('things', 'nowhere.parts', 500)).toBeUndefined()
    expect(await made.sumField('nothing', 'n', 500)).toBeUndefined()
  })

  test('a wipe removes tables, checkpoints, rejected records and reports, and says how many rows went', async () => {
    await fill()
    const made = await destination().make()
    const told: string[] = []
    const onObject = (object: string, rows: number) => told.push(`${object} ${rows}`)
    const removed = await made.wipe(['contacts', 'contact_tag', 'companies'], { onObject })
    expect(removed).toEqual(
      new Map([
        ['contacts', 3],
        ['contact_tag', 1],
        ['companies', 0],
      ]),
    )
    expect(told).toEqual(['contacts 3', 'contact_tag 1', 'companies 0'])
    expect(await made.describe(['contacts', 'contact_tag'])).toEqual(new Map())
    expect(await made.countRows(['contacts', 'contact_tag'])).toEqual(new Map())
    for (const table of ['_penstock_checkpoints', '_penstock_rejected', '_penstock_runs'])
      expect(await destination().rows(table)).toEqual([])
    const left = await destination().read(
      `select table_name::varchar as name from information_schema.tables where table_schema = '${destination().namespace}' order by 1`,
    )
    expect(left.map(({ name }) => name)).toEqual([
      '_penstock_checkpoints',
      '_penstock_rejected',
      '_penstock_runs',
    ])
  })

  test('a wipe of one object leaves the others, and goes on when it is called again', async () => {
    const tables = await fill()
    const made = await destination().make()
    const stop = () => {
      throw new Error('the process ended here')
    }
    await expect(made.wipe(['contacts', 'contact_tag'], { onObject: stop })).rejects.toThrow(
      'the process ended here',
    )
    expect(await destination().rows('contact_tag', 'contact_id')).toHaveLength(1)
    expect(await destination().rows('_penstock_rejected', 'object')).toEqual([{ object: 'contact_tag' }])
    await made.wipe(['contacts'])
    expect(await destination().rows('_penstock_runs', 'run')).toEqual([{ run: 'both' }])
    await expectFailure(tables.commit(commitOf('contact_tag', [])), 'fenced')
    const removed = await made.wipe(['contacts', 'contact_tag'])
    expect([...removed.values()]).toEqual([0, 1])
    expect(await destination().rows('_penstock_runs', 'run')).toEqual([])
    expect((await made.wipe(['contacts', 'contact_tag'])).get('contact_tag')).toBe(0)
  })

  test('a run under way can bring nothing back after a wipe, not even once the tables are made again', async () => {
    const older = await fill()
    await older.stage([{ object: 'contacts', rows: [['s', 'Staged', 9]] }])
    const made = await destination().make()
    await made.wipe(['contacts', 'contact_tag'])
    const write = {
      ...commitOf('contacts', [['z', 'Zoe', 9]]),
      rejected: [{ object: 'contacts', key: '{}', reason: 'none' }],
      checkpoints: new Map([['contacts', through(9)]]),
    }
    const replace = { objects: ['contacts'], guard: false, rejected: [], checkpoints: new Map() }
    const tryAll = async () => {
      await expectFailure(older.commit(write), 'fenced')
      await expectFailure(older.stage([{ object: 'contacts', rows: [['y', 'Yan', 9]] }]), 'fenced')
      await expectFailure(older.publish(replace), 'fenced')
      await expectFailure(
        older.alter({ ...contacts, columns: [...contacts.columns, { field: 'x', type: 'text' }] }),
        'fenced',
      )
    }
    await tryAll()
    expect(await made.countRows(['contacts', 'contact_tag'])).toEqual(new Map())
    expect(await destination().rows('_penstock_rejected')).toEqual([])
    const newer = await destination().open([contacts, contactTag])
    await tryAll()
    expect(newer.checkpoints.get('contacts')).toBeUndefined()
    await newer.commit(commitOf('contacts', [['n', 'Nia', 1]]))
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'n' }])
  })

  test('a wipe of what never was is done at once', async () => {
    const made = await destination().make()
    expect(await made.wipe(['contacts'])).toEqual(new Map([['contacts', 0]]))
    expect(await made.countRows(['contacts'])).toEqual(new Map())
  })
}
