import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkDocument } from '@penstock/server/pipelines/check-document.ts'
import type { CheckOptions } from '@penstock/server/pipelines/check-document.ts'
import type { Problem } from '@penstock/server/pipelines/problem.ts'

const options: CheckOptions = {
  allowedHosts: ['127.0.0.1:4010'],
  destinations: new Map([
    ['duckdb', { title: 'DuckDB', settings: { path: { title: 'File' } } }],
    ['postgres', { title: 'PostgreSQL', settings: { url: { title: 'URL', secret: true } } }],
  ]),
  now: new Date('2026-11-21T00:00:00Z'),
}

const sound = {
  name: 'Support warehouse',
  source: {
    connector: 'intercom',
    connection: { region: 'us', accessToken: { env: 'INTERCOM_ACCESS_TOKEN' }, apiBaseUrl: 'http://127.0.0.1:4010' },
  },
  objects: { contacts: {} },
  destination: { type: 'duckdb', connection: { path: './w.duckdb' }, schema: 'intercom' },
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

const withObjects = (objects: unknown) => ({ ...sound, objects })
const withFields = (object: string, fields: unknown) => withObjects({ [object]: { fields } })
const withConnection = (connection: unknown) => ({ ...sound, source: { ...sound.source, connection } })
const withDestination = (destination: unknown) => ({ ...sound, destination })
const token = { env: 'INTERCOM_ACCESS_TOKEN' }

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

/** A document, where its problem is, a part of its sentence, a part of its fix. */
const wrong: readonly (readonly [string, unknown, string, string, string])[] = [
  ['an unknown object', withObjects({ contact: {} }), '/objects/contact', 'no object named contact', 'Did you mean contacts?'],
  ['an object named after a built-in', withObjects({ constructor: {} }), '/objects/constructor', 'no object named constructor', 'contacts'],
  ['an unknown field', withFields('contacts', { emial: 'hash' }), '/objects/contacts/fields/emial', 'no field named emial', 'Did you mean email?'],
  ['an unknown nested field', withFields('contacts', { 'location.town': 'hash' }), '/objects/contacts/fields/location.town', 'contacts location has no field named town', 'city'],
  ['a path inside a text', withFields('contacts', { 'email.domain': 'hash' }), '/objects/contacts/fields/email.domain', 'no field named domain', 'single value'],
  ['a hashed primary key', withFields('contacts', { id: 'hash' }), '/objects/contacts/fields/id', 'primary key of contacts', 'Remove'],
  ['an excluded checkpoint field', withFields('conversations', { updated_at: 'exclude' }), '/objects/conversations/fields/updated_at', 'checkpointed', 'Remove'],
  ['an excluded parent key', withFields('conversation_parts', { conversation_id: 'exclude' }), '/objects/conversation_parts/fields/conversation_id', 'primary key', 'Remove'],
  ['a hashed key of a derived object', withFields('contact_tag', { contact_id: 'hash' }), '/objects/contact_tag/fields/contact_id', 'primary key', 'Remove'],
  ['a start date on a whole read', withObjects({ companies: { startAt: '2026-01-01' } }), '/objects/companies/startAt', 'read as a whole', 'Remove startAt'],
  ['a start date on a child', withObjects({ conversation_parts: { startAt: '2026-01-01' } }), '/objects/conversation_parts/startAt', 'takes that of conversations', 'set it on conversations'],
  ['a start date on a derived object', withObjects({ contact_tag: { startAt: '2026-01-01' } }), '/objects/contact_tag/startAt', 'takes that of contacts', 'set it on contacts'],
  ['a start date that is none', withObjects({ contacts: { startAt: 'last week' } }), '/objects/contacts/startAt', 'not a date', '2026-01-01'],
  ['a day that no calendar has', withObjects({ contacts: { startAt: '2026-02-30' } }), '/objects/contacts/startAt', 'not a date', '2026-01-01'],
  ['a time without its offset', withObjects({ contacts: { startAt: '2026-01-01T08:00:00' } }), '/objects/contacts/startAt', 'not a date', 'offset'],
  ['a derived object whose source is excluded', withObjects({ contacts: { fields: { tags: 'exclude' } }, contact_tag: {} }), '/objects/contact_tag', 'read out of contacts tags', 'stop excluding tags'],
  ['an interval under 15 minutes', { ...sound, schedule: { every: '14m' } }, '/schedule/every', 'less than 15 minutes', '15m'],
  ['an interval over a day', { ...sound, schedule: { every: '25h' } }, '/schedule/every', 'more than a day', '1d'],
  ['a cron that fires too often', { ...sound, schedule: { cron: '*/7 * * * *' } }, '/schedule/cron', 'twice within 15 minutes', '*/20'],
  ['a cron that cannot be read', { ...sound, schedule: { cron: '99 * * * *' } }, '/schedule/cron', 'not a cron expression', 'five fields'],
  ['a cron of six fields', { ...sound, schedule: { cron: '0 0 * * * *' } }, '/schedule/cron', '6 fields', 'five fields'],
  ['an unknown time zone', { ...sound, schedule: { cron: '0 * * * *', timezone: 'Europe/Dubin' } }, '/schedule/timezone', 'no time zone named Europe/Dubin', 'Europe/Dublin'],
  ['no concurrency', { ...sound, concurrency: 0 }, '/concurrency', '0', '1'],
  ['an unknown connector', { ...sound, source: { ...sound.source, connector: 'intercon' } }, '/source/connector', 'no connector named intercon', 'Did you mean intercom?'],
  ['a folder without a manifest', { ...sound, source: { ...sound.source, connector: './nowhere' } }, '/source/connector', 'no manifest.yaml', 'path'],
  ['an unknown region', withConnection({ region: 'uk', accessToken: token }), '/source/connection/region', 'no region named uk', 'us (United States)'],
  ['a secret in the clear', withConnection({ accessToken: 'dG9rOmNhbmFyeQ==' }), '/source/connection/accessToken', 'in the clear', 'accessToken: { env: ACCESS_TOKEN }'],
  ['no secret at all', withConnection({ region: 'eu' }), '/source/connection/accessToken', 'is missing', '{ env: ACCESS_TOKEN }'],
  ['an unknown setting', withConnection({ accessToken: token, acessToken: token }), '/source/connection/acessToken', 'no setting named acessToken', 'Did you mean accessToken?'],
  ['a saved connection', withConnection('c0ffee'), '/source/connection', 'in the app only', 'inline'],
  ['a host of someone’s choosing', withConnection({ accessToken: token, apiBaseUrl: 'https://evil.example' }), '/source/connection/apiBaseUrl', 'evil.example', 'PENSTOCK_ALLOWED_HOSTS=evil.example'],
  ['another port than was allowed', withConnection({ accessToken: token, apiBaseUrl: 'http://127.0.0.1:4011' }), '/source/connection/apiBaseUrl', '127.0.0.1:4011', 'PENSTOCK_ALLOWED_HOSTS=127.0.0.1:4011'],
  ['a base URL that is none', withConnection({ accessToken: token, apiBaseUrl: 'localhost' }), '/source/connection/apiBaseUrl', 'not a URL', 'http://127.0.0.1:4010'],
  ['a base URL with a password', withConnection({ accessToken: token, apiBaseUrl: 'http://a:b@127.0.0.1:4010' }), '/source/connection/apiBaseUrl', 'credentials', 'Leave user name'],
  ['an unknown destination', withDestination({ ...sound.destination, type: 'duckbd' }), '/destination/type', 'no destination of type duckbd', 'Did you mean duckdb?'],
  ['a destination without its setting', withDestination({ ...sound.destination, connection: {} }), '/destination/connection/path', 'path (File) is missing', 'Add path'],
  ['a destination’s secret in the clear', withDestination({ type: 'postgres', connection: { url: 'postgres://u:canary@h/db' }, schema: 's' }), '/destination/connection/url', 'in the clear', 'url: { env: URL }'],
  ['a part that is missing', { ...sound, destination: undefined }, '', 'destination', 'Add destination'],
]

describe('a problem says where it is, what it is and what to do:', () => {
  test.each(wrong)('%s', async (_what, document, pointer, message, fix) => {
    const problems = await problemsOf(document)
    expect(problems.map((problem) => problem.pointer)).toEqual([pointer])
    expect(problems[0]?.message).toContain(message)
    expect(problems[0]?.fix).toContain(fix)
    expect(JSON.stringify(problems)).not.toContain('canary')
  })

  test('an ancestor of a key cannot be protected either', async () => {
    const manifestFolder = join(import.meta.dirname, '../../../connectors/intercom')
    const document = withFields('conversations', { statistics: 'exclude' })
    expect(await problemsOf({ ...document, source: { ...document.source, connector: manifestFolder } })).toEqual([])
    const problems = await problemsOf(withObjects({ contacts: { fields: { 'tags.data.id': 'exclude' } }, contact_tag: {} }))
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
      objects: { contacts: { startAt: 'soon', fields: { id: 'hash', email: 'mask' } }, conversation: {}, tags: { startAt: '2026-01-01' } },
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

  test('a file that is not there is refused in a sentence', async () => {
    const checked = await checkDocument(join(folder, 'missing.yaml'), options)
    expect(checked.sound ? [] : checked.problems).toEqual([
      { pointer: '', message: 'There is no such file.', fix: expect.any(String) },
    ])
  })
})
