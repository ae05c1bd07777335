import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { listConnectors, loadConnector } from '@penstock/connectors/load-connector.ts'
import type { Field, RecordSchema } from '@penstock/schemas/generated/record.ts'

const folder = join(import.meta.dirname, '../../connectors/intercom')
const { manifest, records } = await loadConnector(folder)
const declared: Record<string, Record<string, string>> = JSON.parse(
  await readFile(join(import.meta.dirname, 'intercom-2.15-fields.json'), 'utf8'),
)

/** object: mode, start date, primary key, the objects’ own words for their permission. */
const promised = `
contacts | incremental | yes | id | Read and list users and companies
companies | full_refresh | no | id | Read and list users and companies
conversations | incremental | yes | id | Read conversations
conversation_parts | incremental | no | conversation_id, id | Read conversations
admins | full_refresh | no | id | Read admins
teams | full_refresh | no | id | Read admins
tags | full_refresh | no | id | Read and list users and companies
segments | full_refresh | no | id | Read and list users and companies
subscription_types | full_refresh | no | id | Read and list users and companies
data_attributes | full_refresh | no | model, full_name | none
tickets | incremental | yes | id | Read tickets
ticket_types | full_refresh | no | id | Read tickets
articles | full_refresh | no | id | Read and list articles
collections | full_refresh | no | id | Read and list articles
help_centers | full_refresh | no | id | Read and list articles
activity_logs | incremental | yes | id | Read admin activity logs
contact_company | incremental | no | contact_id, company_id | Read and list users and companies
contact_tag | incremental | no | contact_id, tag_id | Read and list users and companies
company_tag | full_refresh | no | company_id, tag_id | Read and list users and companies
conversation_tag | incremental | no | conversation_id, tag_id | Read conversations
team_admin | full_refresh | no | team_id, admin_id | Read admins
email_address_header | incremental | no | conversation_id, conversation_part_id, header_index | Read conversations
`

test('the connectors that come with Penstock have no problems', async () => {
  for (const connector of await listConnectors()) expect(await checkConnector(connector.folder)).toEqual([])
})

test('Intercom offers 22 objects, with the promised modes, start dates, keys and permissions', () => {
  const rows = Object.entries(manifest.objects).map(([object, { mode, startDate, primaryKey }]) => {
    const scopes = Object.values(manifest.scopes ?? {}).filter(({ objects }) => objects.includes(object))
    const titles = scopes.map(({ title }) => title).join(', ') || 'none'
    return [object, mode, startDate ? 'yes' : 'no', primaryKey.join(', '), titles].join(' | ')
  })
  expect(rows.toSorted()).toEqual(promised.trim().split('\n').toSorted())
})

test('activity logs never change once made, and no other object is like that', () => {
  const appendOnly = Object.entries(manifest.objects).filter(([, { checkpoint }]) => checkpoint?.appendOnly)
  expect(appendOnly.map(([object]) => object)).toEqual(['activity_logs'])
})

describe('every field of Intercom’s description 2.15 is in the record schema, of its type:', () => {
  test.each(Object.entries(declared))('%s', (object, fields) => {
    const known = new Map(fieldsOf(recordOf(object)))
    for (const [path, type] of Object.entries(fields)) {
      const field = known.get(path)
      expect([path, ...(field ? typesOf(field) : [])]).toContain(type)
    }
  })

  test('711 of them', () => {
    expect(Object.values(declared).flatMap((fields) => Object.keys(fields))).toHaveLength(711)
  })
})

test('the promised fields are sensitive, and no others', () => {
  const sensitive = Object.fromEntries(
    [...records]
      .map(([object, record]) => [object, outermostSensitive(record)] as const)
      .filter(([, list]) => list[0]),
  )
  expect(sensitive).toEqual({
    contacts: sorted(
      'name email phone external_id location.city location.country location.region location.postal_code last_seen_ip',
      'avatar.image_url custom_attributes',
    ),
    companies: sorted('name company_id custom_attributes'),
    conversations: sorted('source.body source.author conversation_rating.remark'),
    conversation_parts: sorted('body author'),
    admins: sorted('name email avatar'),
    tickets: sorted('ticket_attributes'),
    activity_logs: sorted('performed_by metadata'),
    email_address_header: sorted('email_address name'),
  })
})

test('an e-mail address is of the same kind wherever it is sensitive, so that its tokens join', () => {
  const emails = [...records].flatMap(([object, record]) =>
    fieldsOf(record)
      .filter(([path, field]) => /email$|email_address$/.test(path) && field['x-sensitive'])
      .map(([path, field]) => `${object}.${path} ${field['x-sensitive']}`),
  )
  expect(emails.toSorted()).toEqual([
    'activity_logs.performed_by.email email',
    'admins.email email',
    'contacts.email email',
    'conversation_parts.author.email email',
    'conversations.source.author.email email',
    'email_address_header.email_address email',
  ])
})

test('identifiers that Intercom sends as numbers land as text', () => {
  const ids = [...records].flatMap(([object, { properties }]) =>
    Object.keys(properties)
      .filter((name) => properties[name]?.['x-id'])
      .map((name) => `${object}.${name}`),
  )
  expect(ids.toSorted()).toEqual(
    sorted(
      'contacts.owner_id conversations.admin_assignee_id conversations.team_assignee_id articles.author_id',
      'articles.parent_id collections.help_center_id data_attributes.id admins.away_status_reason_id',
      'conversation_parts.id team_admin.admin_id email_address_header.conversation_part_id',
      'contact_tag.applied_by_id conversation_tag.applied_by_id',
    ),
  )
  const numbers = [...records].flatMap(([object, { properties }]) =>
    Object.entries(properties)
      .filter(
        ([name, field]) => /(^|_)id$/.test(name) && typesOf(field).includes('integer') && !field['x-id'],
      )
      .map(([name]) => `${object}.${name}`),
  )
  expect(numbers).toEqual([])
})

test('attachments are never synced, and parts only as an object of their own', () => {
  const omitted = [...records].flatMap(([object, record]) =>
    fieldsOf(record)
      .filter(([, field]) => field['x-omit'])
      .map(([path]) => `${object}.${path}`),
  )
  expect(omitted.toSorted()).toEqual([
    'conversation_parts.attachments',
    'conversations.conversation_parts',
    'conversations.conversation_parts.conversation_parts.attachments',
    'conversations.source.attachments',
    'tickets.ticket_parts.ticket_parts.attachments',
  ])
})

test('every object tells a stranger what would surprise, and where we know it from', () => {
  for (const [object, { notes, description }] of Object.entries(manifest.objects)) {
    expect(notes ?? []).not.toHaveLength(0)
    expect(`${object}: ${description}`).toMatch(/\.$/)
    for (const { text, source } of notes ?? []) expect(`${text} ${source}`).toMatch(/^[A-Za-z_].*\. \S/s)
  }
})

function recordOf(object: string): RecordSchema {
  const record = records.get(object)
  if (!record) throw new Error(`No record schema of ${object}`)
  return record
}

/** Every field with its path; the elements of a list, and values under free keys (<locale>), count as inside. */
function fieldsOf(field: Field | RecordSchema, path = ''): (readonly [string, Field])[] {
  const inner = Object.entries(field.properties ?? {})
  const free = 'additionalProperties' in field ? field.additionalProperties : undefined
  if (typeof free === 'object') inner.push(['<locale>', free])
  const items = 'items' in field && field.items ? fieldsOf(field.items, path) : []
  return [
    ...items,
    ...inner.flatMap(([name, child]) => {
      const at = path === '' ? name : `${path}.${name}`
      return [[at, child] as const, ...fieldsOf(child, at)]
    }),
  ]
}

/** Sensitive fields that are not inside another sensitive one. */
function outermostSensitive(record: RecordSchema): readonly string[] {
  const paths = fieldsOf(record)
    .filter(([, field]) => field['x-sensitive'])
    .map(([path]) => path)
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`))).toSorted()
}

function typesOf({ type }: Field): readonly string[] {
  return typeof type === 'string' ? [type] : type
}

function sorted(...words: readonly string[]): readonly string[] {
  return words.flatMap((line) => line.split(' ')).toSorted()
}
