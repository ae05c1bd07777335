import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkDocument } from '@penstock/server/pipelines/check-document.ts'
import type { CheckOptions } from '@penstock/server/pipelines/check-document.ts'
import type { Problem } from '@penstock/server/pipelines/problem.ts'
import type { DestinationSettings } from '@penstock/server/pipelines/validate-destination.ts'
import { sound, token, withConnection, withFields, withObjects } from './sound-document.ts'
import { wrongObjects } from './wrong-objects.ts'
import { wrongSettings } from './wrong-settings.ts'

const options: CheckOptions = {
  allowedHosts: ['127.0.0.1:4010'],
  destinations: new Map<string, DestinationSettings>([
    ['duckdb', { title: 'DuckDB', settings: { path: { title: 'File' } } }],
    ['postgres', { title: 'PostgreSQL', settings: { url: { title: 'URL', secret: true } } }],
  ]),
  now: new Date('2026-11-21T00:00:00Z'),
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-validate-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let files = 0
async function check(document: unknown, extra: Partial<CheckOptions> = {}) {
  files += 1
  const file = join(folder, `${files}.json`)
  await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document))
  return checkDocument(file, { ...options, ...extra })
}

async function problemsOf(document: unknown, extra: Partial<CheckOptions> = {}): Promise<readonly Problem[]> {
  const checked = await check(document, extra)
  return checked.sound ? [] : checked.problems
}

describe('a document without problems', () => {
  test('is sound, as JSON or YAML', async () => {
    const yaml = `
name: Support warehouse
source: { connector: intercom, connection: { region: us, accessToken: { env: INTERCOM_ACCESS_TOKEN } } }
objects:
  contacts:
    startAt: 2026-01-01
    fields: { phone: exclude, email: hash, location.city: hash, custom_attributes.plan: hash, custom_attributes.a.b: exclude }
  contact_tag: {}
  conversations: { startAt: 2026-01-01T08:00:00+02:00 }
  conversation_parts:
schedule: { cron: "*/20 6-22 * * 1-5", timezone: Europe/Dublin }
concurrency: 8
destination: { type: duckdb, connection: { path: ./warehouse.duckdb }, schema: intercom }
`
    expect(await problemsOf(yaml)).toEqual([])
    expect(await problemsOf(sound)).toEqual([])
  })

  test('may name a manifest folder by its path, and needs no region', async () => {
    const document = withConnection({ accessToken: token })
    const connector = join(import.meta.dirname, '../../../connectors/intercom')
    expect(await problemsOf({ ...document, source: { ...document.source, connector } })).toEqual([])
  })

  test('hears that newFields says nothing beside schemaChanges: block', async () => {
    const checked = await check({ ...sound, schemaChanges: 'block', newFields: 'hash' })
    expect(checked.sound).toBe(true)
    expect(checked.warnings.join()).toContain('newFields')
  })
})

describe('a problem says where it is, what it is and what to do:', () => {
  test.each([...wrongObjects, ...wrongSettings])('%s', async (_what, document, pointer, message, fix) => {
    const problems = await problemsOf(document)
    expect(problems.map((problem) => problem.pointer)).toEqual([pointer])
    expect(problems[0]?.message).toContain(message)
    expect(problems[0]?.fix).toContain(fix)
    expect(JSON.stringify(problems)).not.toContain('canary')
  })

  test('an ancestor of a key cannot be protected either', async () => {
    const manifestFolder = join(import.meta.dirname, '../../../connectors/intercom')
    const document = withFields('conversations', { statistics: 'exclude' })
    expect(
      await problemsOf({ ...document, source: { ...document.source, connector: manifestFolder } }),
    ).toEqual([])
    const problems = await problemsOf(
      withObjects({ contacts: { fields: { 'tags.data.id': 'exclude' } }, contact_tag: {} }),
    )
    expect(problems.map((problem) => problem.pointer)).toEqual(['/objects/contact_tag'])
  })

  test('a variable that is not set is a problem of a run, not of the document', async () => {
    expect(await problemsOf(sound)).toEqual([])
    const problems = await problemsOf(sound, { readSecret: () => undefined })
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/source/connection/accessToken/env'])
    expect(problems[0]?.message).toContain('INTERCOM_ACCESS_TOKEN is not set')
  })
})

describe('all problems are said at once', () => {
  test('those of form together with those of meaning', async () => {
    const problems = await problemsOf({
      source: { connector: 'intercom', connection: { region: 'mars', accessToken: 'canary' } },
      objects: {
        contacts: { startAt: 'soon', fields: { id: 'hash', email: 'mask' } },
        conversation: {},
        tags: { startAt: '2026-01-01' },
      },
      concurrency: 0,
      schedule: { every: '1m' },
      destination: { type: 'duckbd', connection: {}, schema: 'intercom' },
    })
    expect(problems.map(({ pointer }) => pointer).toSorted()).toEqual([
      '',
      '/concurrency',
      '/destination/type',
      '/objects/contacts/fields/email',
      '/objects/contacts/fields/id',
      '/objects/contacts/startAt',
      '/objects/conversation',
      '/objects/tags/startAt',
      '/schedule/every',
      '/source/connection/accessToken',
      '/source/connection/region',
    ])
    expect(problems.every(({ message, fix }) => message !== '' && fix !== '')).toBe(true)
  })

  test.each([
    ['not YAML', 'objects: [', ''],
    ['an alias', 'name: &a x\nother: *a', ''],
    ['a list', '[]', ''],
    ['nothing', '', ''],
  ])('a file that holds %s is refused in a sentence', async (_what, text, pointer) => {
    const problems = await problemsOf(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]?.pointer).toBe(pointer)
  })

  test('a file in another encoding is not guessed at', async () => {
    const file = join(folder, 'latin.yaml')
    await writeFile(file, Buffer.from('name: Büro', 'latin1'))
    const checked = await checkDocument(file, options)
    expect(checked.sound ? [] : checked.problems).toEqual([
      { pointer: '', message: 'The file is not written in UTF-8.', fix: 'Save it as UTF-8.' },
    ])
  })

  test('a file that is not there is refused in a sentence', async () => {
    const checked = await checkDocument(join(folder, 'missing.yaml'), options)
    expect(checked.sound ? [] : checked.problems).toEqual([
      { pointer: '', message: 'There is no such file.', fix: expect.any(String) },
    ])
  })
})
