import { execFileSync } from 'node:child_process'
import { mkdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { loadConnector } from '@penstock/connectors/load-connector.ts'
import { ManifestProblems } from '@penstock/connectors/manifest-problems.ts'
import { soundConnector, temporaryFolder, writeConnector, type ConnectorFiles } from './write-connector.ts'

const rows = (await readFile(join(import.meta.dirname, 'mistakes.md'), 'utf8')).split('\n')
const mistakes = rows.filter((row) => row.startsWith('| ') && !row.startsWith('| mistake')).map(readMistake)

describe('the checker explains, by file, place and what to do,', () => {
  test.each(mistakes)('$mistake', async ({ change, place, message, fix }) => {
    const { files } = soundConnector()
    change(files)
    const problems = await checkConnector(await writeConnector(files))
    const found = problems.find(({ file, pointer }) => `${file} ${pointer}` === place)
    expect(found ?? problems).toEqual(
      expect.objectContaining({
        message: expect.stringContaining(message),
        fix: expect.stringContaining(fix),
      }),
    )
    expect(problems.every((one) => /[.?]$/.test(one.message) && /[.?]$/.test(one.fix))).toBe(true)
  })

  test('more than fifty kinds of mistakes', () => {
    expect(mistakes.length).toBeGreaterThan(50)
  })
})

test('a sound connector has no problems', async () => {
  expect(await checkConnector(await writeConnector(soundConnector().files))).toEqual([])
})

test('all problems are said at once, and loading throws them all', async () => {
  const { files } = soundConnector()
  put(files, 'manifest.yaml', '/objects/orders/primaryKey', ['nope'])
  put(files, 'manifest.yaml', '/objects/shops/record', 'records/none.schema.json')
  put(files, 'manifest.yaml', '/api/defaultRegion', 'moon')
  const folder = await writeConnector(files)
  const thrown = await loadConnector(folder).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(ManifestProblems)
  const problems = thrown instanceof ManifestProblems ? thrown.problems : []
  expect(problems.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/api/defaultRegion',
    '/objects/orders/primaryKey/0',
    '/objects/shops/record',
  ])
})

describe('a connector stands alone:', () => {
  test('a record file above the folder is refused', async () => {
    const { files } = soundConnector()
    const beside = await writeConnector(files)
    put(files, 'manifest.yaml', '/objects/shops/record', `../${basename(beside)}/records/shop.schema.json`)
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'manifest.yaml'), JSON.stringify(files['manifest.yaml']))
    const problems = await checkConnector(folder)
    expect(problems.filter(({ pointer }) => pointer === '/objects/shops/record')).toHaveLength(1)
  })

  test('a link that leads out of the folder is refused', async () => {
    const target = join(await temporaryFolder(), 'shop.schema.json')
    await writeFile(target, JSON.stringify({ type: 'object', properties: { id: { type: 'string' } } }))
    const folder = await writeConnector(soundConnector().files)
    await unlink(join(folder, 'records/shop.schema.json'))
    await symlink(target, join(folder, 'records/shop.schema.json'))
    expect(await checkConnector(folder)).toEqual([
      expect.objectContaining({
        pointer: '/objects/shops/record',
        message: expect.stringMatching(/outside/),
      }),
    ])
  })

  test('a folder without a manifest, or that is none, is a problem and no crash', async () => {
    for (const folder of ['/nonexistent/connector', await temporaryFolder()]) {
      expect(await checkConnector(folder)).toEqual([
        expect.objectContaining({ file: 'manifest.yaml', message: 'This file is missing.' }),
      ])
    }
  })
})

describe('what is no text is told as such:', () => {
  test('a folder or a pipe in a file’s place', async () => {
    const { files } = soundConnector()
    const folder = await writeConnector(files)
    await unlink(join(folder, 'records/shop.schema.json'))
    await mkdir(join(folder, 'records/shop.schema.json'))
    expect(await checkConnector(folder)).toEqual([
      {
        file: 'records/shop.schema.json',
        pointer: '',
        message: 'This file was not read. It is a folder.',
        fix: 'Put a file in its place.',
      },
    ])
    await unlink(join(folder, 'manifest.yaml'))
    execFileSync('mkfifo', [join(folder, 'manifest.yaml')])
    expect(await checkConnector(folder)).toMatchObject([
      { message: 'This file was not read. It is no file.' },
    ])
  })

  test('a file in another encoding, and none that begins with the mark of its own', async () => {
    const { files } = soundConnector()
    const folder = await writeConnector(files)
    const record = join(folder, 'records/shop.schema.json')
    await writeFile(record, `\ufeff${JSON.stringify(files['records/shop.schema.json'])}`)
    expect(await checkConnector(folder)).toEqual([])
    const manifest = JSON.stringify(files['manifest.yaml']).replace('Order lines', 'Zähler')
    for (const encoding of ['latin1', 'utf16le'] as const) {
      await writeFile(
        join(folder, 'manifest.yaml'),
        Buffer.from(`\ufeff${manifest}`.slice(encoding === 'latin1' ? 1 : 0), encoding),
      )
      expect(await checkConnector(folder)).toMatchObject([
        {
          file: 'manifest.yaml',
          message: 'This file was not read. It is not written in UTF-8.',
          fix: 'Save it as UTF-8.',
        },
      ])
    }
  })
})

interface Mistake {
  readonly mistake: string
  readonly change: (files: ConnectorFiles) => void
  readonly place: string
  readonly message: string
  readonly fix: string
}

/** `/path = value` or `remove /path`, in manifest.yaml; another file stands before a #. */
function readMistake(row: string): Mistake {
  const [mistake = '', change = '', place = '', message = '', fix = ''] = row.slice(2, -2).split(' | ')
  const [where = '', value] = change.replace('remove ', '').split(' = ')
  const [pointer = '', file = 'manifest.yaml'] = where.split('#').toReversed()
  const parsed: unknown = value === undefined ? undefined : JSON.parse(value)
  return { mistake, change: (files) => put(files, file, pointer, parsed), place, message, fix }
}

/** Sets the value at a pointer, or removes it where the value is undefined. */
function put(files: ConnectorFiles, file: string, pointer: string, value: unknown): void {
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  let place: unknown = files[file]
  for (const step of steps) place = Reflect.get(Object(place), step)
  if (value === undefined) Reflect.deleteProperty(Object(place), last)
  else Reflect.set(Object(place), last, value)
}
