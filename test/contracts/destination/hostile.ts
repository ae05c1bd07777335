import { expect, test } from 'vitest'
import { commitOf, tableOf } from './rows-of-tests.ts'
import type { TestDestination } from './test-destination.ts'

const hostileNames = [
  'a"b',
  "a'b",
  'a.b',
  'a\\b',
  'a b ',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  '😀',
  'é',
  'e\u0301',
  'select',
  '$1',
  '${x}',
  '"; drop table things; --',
  'tab\tnew\nline',
  '%s',
  '*',
  'rowid',
  'ctid',
  'xmin',
  'tableoid',
  '_synced_at',
  '_DELETED_AT',
  '_penstock_order',
  'Name',
  'name',
  'NAME',
  'old',
  'new',
  'excluded',
  'at',
  '',
  'nul\0byte',
  '\ud800',
  '\udc00',
  'x'.repeat(63),
  'x'.repeat(64),
  `${'x'.repeat(199)}1`,
  `${'x'.repeat(199)}2`,
  '😀'.repeat(50),
  'ﬀ',
  'İ',
  'ı',
  'ß',
  'SS',
]

/** Names and values that someone may send. */
export function hostileContract(destination: () => TestDestination): void {
  test('any field name lands in a column of its own and can be told by describe', async () => {
    const spec = tableOf(hostileNames.map((field) => ({ field, type: 'text' as const })))
    const tables = await destination().open([spec])
    await tables.commit(
      commitOf('things', [['1', ...hostileNames.map((name) => `is ${JSON.stringify(name)}`)]]),
    )
    const names = await columnsByField(destination(), 'things')
    const quoted = hostileNames.map(
      (name, index) => `"${names.get(name)?.replaceAll('"', '""')}" as v${index}`,
    )
    const [row = {}] = await destination().rows('things', quoted.join(', '))
    expect(Object.values(row)).toEqual(hostileNames.map((name) => `is ${JSON.stringify(name)}`))
    expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(spec.columns.length)
    const described = await (await destination().make()).describe(['things'])
    expect(described.get('things')?.columns).toEqual(spec.columns)
  })

  test('plain names stay as they are, and those that collide keep what they got, in whatever order they come', async () => {
    const first = await destination().open([
      tableOf([
        { field: 'name', type: 'text' },
        { field: 'custom.Größe', type: 'text' },
      ]),
    ])
    const before = await columnsByField(destination(), 'things')
    expect(before.get('custom.Größe')).toBe('custom.Größe')
    await first.alter(
      tableOf([
        { field: 'NAME', type: 'text' },
        { field: 'name', type: 'text' },
      ]),
    )
    await first.commit(commitOf('things', [['1', 'upper', 'lower']]))
    const after = await columnsByField(destination(), 'things')
    expect(after.get('name')).toBe('name')
    expect(after.get('NAME')?.toLowerCase()).not.toBe('name')
    const second = await destination().open([tableOf([{ field: 'NAME', type: 'text' }])])
    await second.commit(commitOf('things', [['2', 'upper']]))
    expect(await columnsByField(destination(), 'things')).toEqual(after)
  })

  test('any object name lands in a table of its own', async () => {
    const names = hostileNames.filter((name) => name !== '' && name.isWellFormed() && !name.includes('\0'))
    const tables = await destination().open(names.map((name) => tableOf([], name)))
    await tables.commit({
      batches: names.map((object) => ({ object, rows: [[`in ${JSON.stringify(object)}`]] })),
      rejected: [],
      checkpoints: new Map(),
    })
    const stored = await destination().rows('_penstock_checkpoints', 'object, table_name')
    expect(stored).toHaveLength(names.length)
    for (const { object, table_name } of stored) {
      expect(await destination().rows(String(table_name), 'id')).toEqual([
        { id: `in ${JSON.stringify(object)}` },
      ])
    }
  })

  test('values of every kind come out as they went in', async () => {
    const texts = [
      '',
      ' ',
      '\t\n\r',
      '\\N',
      '\\.',
      "'",
      '"',
      '\u0001',
      '😀',
      '\u2028',
      'é',
      'e\u0301',
      'x\uFEFF',
      'NULL',
      'x'.repeat(100_000),
    ]
    const integers = [
      0,
      -1,
      2 ** 53,
      -(2 ** 53),
      2n ** 63n - 1n,
      -(2n ** 63n),
      2 ** 31,
      -(2 ** 31) - 1,
      4294967296,
      2 ** 53 - 1,
    ]
    const doubles = [0, -0, 1e308, -1e308, 5e-324, 0.1, 1 / 3, 2 ** 53 + 2, -1.5, 123456789.123]
    const count = Math.max(texts.length, integers.length, doubles.length)
    const spec = tableOf([
      { field: 't', type: 'text' },
      { field: 'i', type: 'integer' },
      { field: 'd', type: 'double' },
      { field: 'b', type: 'boolean' },
    ])
    const rows = Array.from({ length: count }, (_, index) => [
      String(index + 100),
      texts[index] ?? null,
      integers[index] ?? null,
      doubles[index] ?? null,
      index % 3 === 0 ? null : index % 3 === 1,
    ])
    const tables = await destination().open([spec])
    await tables.commit(commitOf('things', rows))
    const landed = await destination().rows('things', 'id, t, i, d, b')
    const values = (name: string) => landed.map((row) => row[name])
    expect(values('t')).toEqual(rows.map((row) => row[1]))
    expect(values('i')).toEqual(
      rows.map((row) => (row[2] === null ? null : BigInt(row[2] as number | bigint))),
    )
    expect(values('d').every((value, index) => Object.is(value, rows[index]?.[3]))).toBe(true)
    expect(values('b')).toEqual(rows.map((row) => row[4]))
    expect((await tables.commit(commitOf('things', rows))).get('things')).toMatchObject({ unchanged: count })
  })

  test('a text of ten megabytes lands whole', async () => {
    const long = 'ä'.repeat(5 * 1024 * 1024)
    const tables = await destination().open([tableOf([{ field: 't', type: 'text' }])])
    await tables.commit(
      commitOf('things', [
        ['1', long],
        ['2', 'short'],
      ]),
    )
    const [row] = await destination().rows('things', 'id, t')
    expect(row?.['t'] === long).toBe(true)
  })

  test('keys of every kind are told apart', async () => {
    const keys = ['a', 'A', 'a ', ' a', '', 'á', 'a\u0301', '0', '00', 'ß', 'ss', '😀']
    const tables = await destination().open([tableOf([{ field: 'n', type: 'integer' }])])
    await tables.commit(
      commitOf(
        'things',
        keys.map((key, index) => [key, index]),
      ),
    )
    expect(
      (
        await tables.commit(
          commitOf(
            'things',
            keys.map((key, index) => [key, index + 1]),
          ),
        )
      ).get('things'),
    ).toMatchObject({
      loaded: keys.length,
    })
    const landed = new Map((await destination().rows('things', 'id, n')).map(({ id, n }) => [id, n]))
    expect(landed).toEqual(new Map(keys.map((key, index) => [key, BigInt(index + 1)])))
  })
}

/** Field → column, as remembered beside the checkpoint. */
async function columnsByField(destination: TestDestination, object: string): Promise<Map<string, string>> {
  const [row = {}] = await destination.read(
    `select columns from ${destination.quote('_penstock_checkpoints')} where object = '${object}'`,
  )
  const columns: { field: string; column: string }[] = JSON.parse(String(row['columns']))
  return new Map(columns.map(({ field, column }) => [field, column]))
}
