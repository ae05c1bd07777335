import { expect, test } from 'vitest'
import { beginRecord } from '@penstock/web/connectors/begin-record.ts'

const file = 'records/person.schema.json'
const fieldsOf = (manifest: string): unknown =>
  (JSON.parse(beginRecord(manifest, file, 'person')) as { properties: unknown }).properties

test('a record schema begins with what its objects tell records apart and checkpoints by, so that the API can be tried at once', () => {
  const manifest = `objects:
  people:
    primaryKey: [uid, tenant]
    record: ${file}
    checkpoint: { field: meta.changed, format: iso8601, filter: server }
  others: { primaryKey: [code], record: records/other.schema.json }
`
  expect(fieldsOf(manifest)).toEqual({
    uid: { type: 'string', 'x-id': true },
    tenant: { type: 'string', 'x-id': true },
    meta: { type: 'object', properties: { changed: { type: 'string', format: 'date-time' } } },
  })
  expect(fieldsOf(manifest.replace('iso8601', 'unix_millis'))).toMatchObject({
    meta: { properties: { changed: { type: 'integer' } } },
  })
})

test('it begins with an id where the manifest names none, or cannot be read', () => {
  for (const manifest of ['', 'objects: { people: {} }', 'objects: [', '\tobjects:', `objects: { a: 1 }`])
    expect(fieldsOf(manifest)).toEqual({ id: { type: 'string' } })
})
