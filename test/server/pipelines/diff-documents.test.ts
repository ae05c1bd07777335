import { expect, test } from 'vitest'
import { diffDocuments } from '@penstock/server/pipelines/diff-documents.ts'

const document = {
  name: 'Support warehouse',
  source: { connector: 'intercom', connection: 'us' },
  objects: { contacts: { fields: { phone: 'exclude', email: 'hash' } }, tags: {} },
  schedule: { every: '1h' },
  destination: { type: 'duckdb', connection: 'lake', schema: 'intercom' },
}
const names: Readonly<Record<string, string>> = { us: 'US account', eu: 'EU account', lake: 'Lake' }
const sentences = (after: unknown, before: unknown = document) =>
  diffDocuments(before, after, (id) => names[id]).map(({ sentence }) => sentence)

test('two documents that mean the same have no difference', () => {
  const same = {
    destination: { schema: 'intercom', connection: 'lake', type: 'duckdb' },
    schemaChanges: 'auto_sync',
    newFields: 'hash_sensitive',
    schedule: { every: '60m' },
    objects: { tags: null, contacts: { fields: { email: 'hash', phone: 'exclude' } } },
    source: { connection: 'us', connector: 'intercom' },
    name: 'Support warehouse',
  }
  expect(sentences(same)).toEqual([])
  const zoned = { ...document, schedule: { cron: '0 6 * * *' } }
  expect(sentences({ ...document, schedule: { cron: '0 6 * * *', timezone: 'UTC' } }, zoned)).toEqual([])
})

test('each difference is a sentence with its place and its values', () => {
  const after = { ...document, objects: { contacts: { fields: { phone: 'hash' }, startAt: '2026-01-01' } } }
  expect(diffDocuments(document, after)).toEqual([
    {
      pointer: '/objects/contacts/startAt',
      sentence: 'contacts: records are picked up from 2026-01-01 on',
      before: null,
      after: '2026-01-01',
    },
    {
      pointer: '/objects/contacts/fields/phone',
      sentence: 'contacts: phone is now hashed',
      before: 'exclude',
      after: 'hash',
    },
    {
      pointer: '/objects/contacts/fields/email',
      sentence: 'contacts: email is now replicated as it is',
      before: 'hash',
      after: null,
    },
    { pointer: '/objects/tags', sentence: 'tags is no longer read', before: {}, after: null },
  ])
})

test('schedules, policies and connections are told in words', () => {
  expect(
    sentences({
      ...document,
      name: 'Warehouse',
      source: { connector: 'intercom', connection: 'eu' },
      schemaChanges: 'block',
      newFields: 'hash',
      concurrency: 4,
      schedule: { cron: '*/20 6-22 * * 1-5', timezone: 'Europe/Dublin' },
      destination: { type: 'duckdb', connection: 'gone', schema: 'raw' },
    }),
  ).toEqual([
    'is now called Warehouse',
    'reads from EU account instead of US account',
    'new fields wait for a decision instead of being added',
    'new fields are hashed',
    'at most 4 API operations at once',
    'runs every 20 minutes from 06:00 to 22:59 on weekdays (Europe/Dublin) instead of hourly',
    'writes to another connection',
    'tables land in raw instead of intercom',
  ])
})

test('a first version is told as a whole', () => {
  expect(sentences(document, null)).toEqual([
    'is called Support warehouse',
    'reads from intercom',
    'reads from US account',
    'contacts is read',
    'contacts: phone is now left out',
    'contacts: email is now hashed',
    'tags is read',
    'runs hourly',
    'writes to duckdb',
    'writes to Lake',
    'tables land in intercom',
  ])
})

test('whatever a draft holds can be compared', () => {
  const odd = { objects: 7, schedule: 'never', source: [], destination: null, extra: 1, newFields: { a: 1 } }
  expect(sentences(odd)).toContain('extra is changed')
  for (const broken of [
    null,
    3,
    'x',
    [],
    { schedule: { every: '5s' } },
    { objects: { a: 3, b: [], c: { x: 1 } } },
  ])
    expect(() => [sentences(broken), sentences(document, broken)]).not.toThrow()
})
