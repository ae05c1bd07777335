import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { penstock } from './start-penstock.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const wrong = {
  name: 'Wrong in three places',
  source: { connector: 'intercom', connection: { region: 'us', accessToken: 'canary-secret' } },
  objects: { contact: {}, contacts: { fields: { id: 'hash' } } },
  destination: { type: 'duckdb', connection: { path: './w.duckdb' }, schema: 'intercom' },
}

async function fileWith(name: string, document: unknown): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, JSON.stringify(document))
  return file
}

describe.concurrent('help', () => {
  test.each([
    [[]],
    [['run']],
    [['validate']],
    [['check']],
    [['connectors']],
    [['connectors', 'check']],
    [['sandbox']],
    [['demo']],
  ])('penstock %s --help shows an example', async (words) => {
    const { code, out } = await penstock([...words, '--help'])
    expect(code).toBe(0)
    expect(out).toContain('Example:')
    expect(out).toContain('npm run --silent penstock -- ')
  })

  test.each([[['nope']], [['run']], [['run', '--nope', 'x']], [['connectors', 'check']]])(
    'penstock %s says in a line what was wrong, and exits with 2',
    async (words) => {
      const { code, out, err } = await penstock(words)
      expect(code).toBe(2)
      expect(out).toBe('')
      expect(err).toMatch(/^error: /)
      expect(err).not.toMatch(/\n\s+at /)
    },
  )
})

describe('a document that is not valid', () => {
  test('is not run: every problem with its place and what to do, exit 2', async () => {
    const file = await fileWith('wrong.json', wrong)
    const { code, out, err } = await penstock(['run', file])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    for (const place of [
      '/objects/contact\n',
      '/objects/contacts/fields/id\n',
      '/source/connection/accessToken\n',
    ])
      expect(err).toContain(`${file}#${place}`)
    expect(err).toContain('→ Did you mean contacts?')
    expect(err).toContain('Nothing ran.')
    expect(err).not.toContain('canary')
  })

  test('is told as one JSON document with --json, by run and validate alike', async () => {
    const file = await fileWith('wrong.json', wrong)
    for (const command of ['run', 'validate']) {
      const { code, out } = await penstock([command, file, '--json'])
      expect(code).toBe(2)
      const answer: {
        file: string
        valid: boolean
        problems: { pointer: string; message: string; fix: string }[]
      } = JSON.parse(out)
      expect(answer.valid).toBe(false)
      expect(answer.problems.map(({ pointer }) => pointer)).toEqual([
        '/source/connection/accessToken',
        '/objects/contact',
        '/objects/contacts/fields/id',
      ])
    }
  })

  test('says which environment variable is not set, only when it is about to be used', async () => {
    const file = await fileWith('right.json', {
      ...wrong,
      source: { connector: 'intercom', connection: { accessToken: { env: 'NOT_SET_ANYWHERE' } } },
      objects: { contacts: {} },
    })
    expect((await penstock(['validate', file])).code).toBe(0)
    for (const command of ['run', 'check']) {
      const { code, err } = await penstock([command, file])
      expect(code).toBe(2)
      expect(err).toContain('NOT_SET_ANYWHERE is not set')
    }
  })

  test('is refused when --only names an object it does not have', async () => {
    const file = await fileWith('only.json', {
      ...wrong,
      source: { connector: 'intercom', connection: { accessToken: { env: 'TOKEN' } } },
      objects: { contacts: {} },
    })
    const { code, err } = await penstock(['run', file, '--only', 'contact'], { env: { TOKEN: 'x' } })
    expect(code).toBe(2)
    expect(err).toContain('Did you mean contacts?')
    const empty = await penstock(['run', file, '--only', ''], { env: { TOKEN: 'x' } })
    expect(empty.err).toContain('--only names an object without a name')
  })
})

describe('validate', () => {
  test.each(['support-warehouse', 'own-workspace'])(
    'finds nothing wrong with the example %s',
    async (name) => {
      const env = { PENSTOCK_ALLOWED_HOSTS: '127.0.0.1:4010' }
      const { code, out } = await penstock(['validate', `examples/${name}.yaml`], { env })
      expect(out).toContain(`✓ examples/${name}.yaml is valid.`)
      expect(out).toContain('next runs:')
      expect(code).toBe(0)
    },
  )

  test('finds a file named from the folder that npm was called in', async () => {
    const env = {
      PENSTOCK_ALLOWED_HOSTS: '127.0.0.1',
      INIT_CWD: join(import.meta.dirname, '../../../examples'),
    }
    expect((await penstock(['validate', 'support-warehouse.yaml'], { env })).code).toBe(0)
  })

  test('colours a terminal only, unless it is asked to', async () => {
    const file = await fileWith('wrong.json', wrong)
    const escape = '\u001b['
    expect((await penstock(['validate', file])).out).not.toContain(escape)
    expect((await penstock(['validate', file], { env: { FORCE_COLOR: '1' } })).out).toContain(escape)
    expect(
      (await penstock(['validate', file], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out,
    ).not.toContain(escape)
  })
})

describe('connectors', () => {
  test('lists what Penstock can read', async () => {
    const { code, out } = await penstock(['connectors'])
    expect(code).toBe(0)
    expect(out).toMatch(/intercom\s+Intercom\s+22\s+us, eu, au/)
  })

  test('checks a manifest folder', async () => {
    expect((await penstock(['connectors', 'check', 'connectors/intercom'])).code).toBe(0)
    const file = await penstock(['connectors', 'check', 'connectors/intercom/manifest.yaml'])
    expect(file).toMatchObject({ code: 2, out: expect.stringContaining('is no folder') })
    await writeFile(join(folder, 'manifest.yaml'), 'name: Bad Name\ntitle: x\n')
    const { code, out } = await penstock(['connectors', 'check', folder])
    expect(code).toBe(2)
    expect(out).toContain('manifest.yaml#/name')
    expect(out).toContain('→ ')
  })
})
