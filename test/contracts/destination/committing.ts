import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { expect, test } from 'vitest'
import { commitOf, contacts, tableOf, through } from './rows-of-tests.ts'
import { expectFailure } from './test-destination.ts'
import type { TestDestination } from './test-destination.ts'

/** Rows, checkpoints and rejected records. */
export function committingContract(destination: () => TestDestination): void {
  test('a new table has the columns of the records and two of ours', async () => {
    const tables = await destination().open([contacts])
    const result = await tables.commit(commitOf('contacts', [['a', 'Ada', 1]]))
    expect(result.get('contacts')).toEqual({ loaded: 1, unchanged: 0, deleted: 0 })
    const [row] = await destination().rows('contacts')
    expect(row).toEqual({
      id: 'a',
      name: 'Ada',
      updated_at: 1n,
      _synced_at: expect.anything(),
      _deleted_at: null,
    })
  })

  test('a row that is new or changed counts as loaded, one that is equal as unchanged', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(
      commitOf('contacts', [
        ['a', 'Ada', 1],
        ['b', 'Bo', 1],
        ['c', null, null],
      ]),
    )
    const again = [
      ['a', 'Ada', 1],
      ['b', 'Bob', 2],
      ['c', null, null],
      ['d', 'Di', 1],
    ]
    expect((await tables.commit(commitOf('contacts', again))).get('contacts')).toEqual({
      loaded: 2,
      unchanged: 2,
      deleted: 0,
    })
    expect(await destination().rows('contacts', 'id, name')).toEqual([
      { id: 'a', name: 'Ada' },
      { id: 'b', name: 'Bob' },
      { id: 'c', name: null },
      { id: 'd', name: 'Di' },
    ])
  })

  test('a row that stays as it is keeps its _synced_at, a changed one gets a new one', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(
      commitOf('contacts', [
        ['a', 'Ada', 1],
        ['b', 'Bo', 1],
      ]),
    )
    const before = await destination().rows('contacts', 'id, _synced_at')
    await tables.commit(
      commitOf('contacts', [
        ['a', 'Ada', 1],
        ['b', 'Bob', 1],
      ]),
    )
    const after = await destination().rows('contacts', 'id, _synced_at')
    expect(after[0]).toEqual(before[0])
    expect(after[1]).not.toEqual(before[1])
  })

  test('a row is never replaced by an older version of itself', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(commitOf('contacts', [['a', 'new', 20]]))
    expect((await tables.commit(commitOf('contacts', [['a', 'old', 10]]))).get('contacts')).toMatchObject({
      loaded: 0,
      unchanged: 1,
    })
    await tables.commit(commitOf('contacts', [['a', 'same second', 20]]))
    expect(await destination().rows('contacts', 'name')).toEqual([{ name: 'same second' }])
  })

  test('a version that is text is compared by its characters, whatever the language of the database', async () => {
    const spec = { ...tableOf([{ field: 'changed', type: 'text' }]), versionField: 'changed' }
    const tables = await destination().open([spec])
    await tables.commit(
      commitOf('things', [
        ['a', 'a'],
        ['b', 'Z'],
      ]),
    )
    expect(
      (
        await tables.commit(
          commitOf('things', [
            ['a', 'Z'],
            ['b', 'a'],
          ]),
        )
      ).get('things'),
    ).toMatchObject({ loaded: 1, unchanged: 1 })
    expect(await destination().rows('things', 'id, changed')).toEqual([
      { id: 'a', changed: 'a' },
      { id: 'b', changed: 'a' },
    ])
  })

  test('a version that is written in another way than the one before is not taken for older', async () => {
    const spec = { ...tableOf([{ field: 'changed', type: 'text' }]), versionField: 'changed' }
    const tables = await destination().open([spec])
    const before = [
      ['a', '2026-11-21T10:00:30Z'],
      ['b', '2026-11-01T01:59:00-04:00'],
      ['c', '2026-11-01T01:59:00-04:00'],
    ]
    const after = [
      ['a', '2026-11-21T10:00:30.5Z'],
      ['b', '2026-11-01T01:05:00-05:00'],
      ['c', '2026-11-01T01:05:00-04:00'],
    ]
    await tables.commit(commitOf('things', before))
    expect((await tables.commit(commitOf('things', after))).get('things')).toMatchObject({
      loaded: 2,
      unchanged: 1,
    })
    const rows = [after[0], after[1], before[2]].map((row) => ({ id: row?.[0], changed: row?.[1] }))
    expect(await destination().rows('things', 'id, changed')).toEqual(rows)
  })

  test('the same commit twice, as after a crash, leaves one row for each key', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => [`id${index}`, `name ${index}`, index])
    const first = await destination().open([contacts])
    await first.commit(commitOf('contacts', rows))
    const second = await destination().open([contacts])
    expect((await second.commit(commitOf('contacts', rows))).get('contacts')).toEqual({
      loaded: 0,
      unchanged: 500,
      deleted: 0,
    })
    expect(
      await destination().read(
        `select count(*) as n, count(distinct id) as ids from ${destination().quote('contacts')}`,
      ),
    ).toEqual([{ n: 500n, ids: 500n }])
  })

  test('a checkpoint moves with its rows, and stays where a commit brings none', async () => {
    const tables = await destination().open([contacts])
    expect(tables.checkpoints.get('contacts')).toBeUndefined()
    const checkpoint = {
      version: 1 as const,
      through: 5,
      reading: { through: 9, windows: [{ after: 1, position: 'é"\\' }] },
    }
    await tables.commit({
      ...commitOf('contacts', [['a', 'Ada', 1]]),
      checkpoints: new Map([['contacts', checkpoint]]),
    })
    await tables.commit(commitOf('contacts', [['b', 'Bo', 1]]))
    expect(await destination().checkpoint('contacts')).toEqual(checkpoint)
    const next = await destination().open([contacts])
    expect(next.checkpoints.get('contacts')).toEqual(checkpoint)
  })

  test('a commit that fails leaves neither rows nor checkpoint nor rejected records', async () => {
    const tables = await destination().open([contacts])
    await tables.commit({
      ...commitOf('contacts', [['a', 'Ada', 1]]),
      checkpoints: new Map([['contacts', through(1)]]),
    })
    const broken = {
      batches: [
        { object: 'contacts', rows: [['b', 'Bo', 2]] },
        { object: 'contacts_of_nobody', rows: [['c', 'Cy', 2]] },
      ],
      rejected: [{ object: 'contacts', key: '"z"', reason: 'no' }],
      checkpoints: new Map([['contacts', through(2)]]),
    }
    await expectFailure(tables.commit(broken), 'internal')
    const tooLarge = {
      ...commitOf('contacts', [['b', 'Bo', 2n ** 70n]]),
      checkpoints: new Map([['contacts', through(2)]]),
    }
    await expect(tables.commit(tooLarge)).rejects.toThrow(Error)
    expect(await destination().rows('contacts', 'id')).toEqual([{ id: 'a' }])
    expect(await destination().checkpoint('contacts')).toEqual(through(1))
    expect(await destination().rows('_penstock_rejected')).toEqual([])
    await tables.commit(commitOf('contacts', [['b', 'Bo', 2]]))
    expect(await destination().rows('contacts', 'id')).toHaveLength(2)
  })

  test('a record that cannot land is kept with its run, key and reason', async () => {
    const tables = await destination().open([contacts])
    const rejected = [
      { object: 'contacts', key: '["a"]', reason: 'id is not a string' },
      { object: 'contacts', key: 'with \0 and \ud800', reason: 'it’s "odd"\\' },
    ]
    await tables.commit({ batches: [], rejected, checkpoints: new Map() })
    expect(await destination().rows('_penstock_rejected', 'key, run, object, reason')).toEqual([
      { run: 'run_1', object: 'contacts', key: '["a"]', reason: 'id is not a string' },
      { run: 'run_1', object: 'contacts', key: 'with \uFFFD and \uFFFD', reason: 'it’s "odd"\\' },
    ])
  })

  test('a row that is gone at the source is marked, counted once, and comes back when it arrives again', async () => {
    const tables = await destination().open([contacts])
    await tables.commit(
      commitOf('contacts', [
        ['a', 'Ada', 5],
        ['b', 'Bo', 5],
      ]),
    )
    const gone = commitOf('contacts', [], { gone: [['a'], ['unheard of']] })
    expect((await tables.commit(gone)).get('contacts')).toEqual({ loaded: 0, unchanged: 0, deleted: 1 })
    expect((await tables.commit(gone)).get('contacts')).toEqual({ loaded: 0, unchanged: 0, deleted: 0 })
    const marked = '_deleted_at is null as here'
    expect(await destination().rows('contacts', `id, ${marked}`)).toEqual([
      { id: 'a', here: false },
      { id: 'b', here: true },
    ])
    expect((await tables.commit(commitOf('contacts', [['a', 'Ada', 5]]))).get('contacts')).toMatchObject({
      loaded: 1,
    })
    expect(await destination().rows('contacts', `id, ${marked}`)).toEqual([
      { id: 'a', here: true },
      { id: 'b', here: true },
    ])
  })

  test('a finished run is kept with its report', async () => {
    const made = await destination().make()
    const report: RunReport = {
      run: 'run_7',
      status: 'partial',
      startedAt: '2026-01-02T03:04:05.000Z',
      finishedAt: '2026-01-02T03:05:00.000Z',
      requests: 3,
      retries: 1,
      rateLimitWaitMs: 0,
      error: null,
      objects: [],
    }
    await made.recordRun(report)
    await made.recordRun({ ...report, status: 'succeeded' })
    const [row, ...others] = await destination().rows('_penstock_runs')
    expect(others).toEqual([])
    expect(row).toMatchObject({ run: 'run_7', status: 'succeeded' })
    expect(JSON.parse(String(row?.['report']))).toEqual({ ...report, status: 'succeeded' })
  })

  test('a check finds nothing wrong and leaves nothing behind', async () => {
    const made = await destination().make()
    const findings = await made.check()
    expect(findings.filter(({ ok }) => !ok)).toEqual([])
    expect(findings.map(({ what }) => what)).toContain('write')
    const left = await destination().read(
      `select table_name from information_schema.tables where table_schema = '${destination().namespace}'`,
    )
    expect(left).toEqual([])
    const schemas = `select schema_name from information_schema.schemata where schema_name = '${destination().namespace}'`
    expect(await destination().read(schemas)).toEqual([])
  })
}
