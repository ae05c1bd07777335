import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Manifest, ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'

/** What a connector's manifest says beside its objects, where a test is about these: a bearer token, an account, one region. */
export const smallApi = {
  name: 'small',
  title: 'Small',
  api: { regions: { here: { title: 'Here', api: 'https://small.example' } } },
  settings: { token: { title: 'Token', secret: true } },
  authentication: [{ type: 'bearer', token: 'token' }],
  check: { request: { path: '/me' }, account: { id: 'id' } },
} satisfies Omit<Manifest, 'objects'>

/** A connector of the small API: its objects, and the fields of their records. */
export function smallConnector(
  objects: Manifest['objects'],
  fields: Readonly<Record<string, RecordSchema['properties']>>,
): Connector {
  const records = Object.entries(fields).map(([object, properties]): [string, RecordSchema] => [
    object,
    { type: 'object', properties },
  ])
  return { name: smallApi.name, folder: '', manifest: { ...smallApi, objects }, records: new Map(records) }
}

/** The fields of people who are read by the time of their change, and of their tags. */
export const peopleAndTags = {
  people: { id: { type: 'string' }, updated_at: { type: 'integer' } },
  person_tag: { person_id: { type: 'string' }, tag: { type: 'string' } },
} satisfies Record<string, RecordSchema['properties']>

/** What every list of people has in its manifest. */
export const peopleBasics = {
  title: 'People',
  primaryKey: ['id'],
  record: 'person.schema.json',
} satisfies Partial<ObjectManifest>

/** The tags inside people's records. */
export const personTags = {
  title: 'Tags of people',
  mode: 'incremental',
  primaryKey: ['person_id', 'tag'],
  record: 'person-tag.schema.json',
  read: {
    type: 'derived',
    parent: 'people',
    at: 'tags',
    fields: { person_id: { parent: 'id' }, tag: { at: '' } },
  },
} satisfies ObjectManifest

/** The same, where a record says that it has more of them: those come from a list of its own. */
export const personTagsWithRest = {
  ...personTags,
  read: {
    ...personTags.read,
    rest: {
      when: 'more',
      request: { path: '/people/{id}/tags', pathParameters: { id: { $from: 'parent.id' } } },
      recordsAt: 'tags',
      pagination: { type: 'none' },
    },
  },
} satisfies ObjectManifest
