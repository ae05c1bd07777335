import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, everything, now } from './call-sandbox.ts'

const description = JSON.parse(readFileSync(new URL('openapi-2.15.schemas.json', import.meta.url), 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true })

/** Where the live API is known or reported to differ from its description: the sandbox follows the live one. */
const liveDiffers: readonly [pattern: RegExp, reason: string][] = [
  [
    /^\S+ \/(companies|articles|admins|contacts)\S* \/pages\/next type$/,
    'numbered lists: pages.next is a URL string (Intercom’s own overrides say so), described as an object',
  ],
  [
    /^GET \/data_attributes \/data\/\*\/model enum$/,
    'the model conversation may be asked for, but is not in the enum of answers',
  ],
  [
    /^GET \/data_attributes \/data\/\*\/data_type enum$/,
    'data types outside the enum, such as datetime, are seen live',
  ],
  [
    /^\S+ \/companies\S* (\/data\/\*)?\/custom_attributes\/.* type$/,
    'a company’s custom attributes are described as strings, and hold numbers, booleans and null live',
  ],
  [
    /^GET \/contacts\/\{contact_id\}\/companies \/data\/\*\/custom_attributes\/.* type$/,
    'the same, inside a contact’s companies',
  ],
  [
    /^\S+ \/conversations\S* (\/conversations\/\*)?\/statistics\/\w+ type$/,
    'members of a conversation’s statistics are null until computed',
  ],
]

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ now })
})
afterAll(() => sandbox.close())

const search = { ...everything, pagination: { per_page: 150 } }

/** Paths to ask for each operation; `{contact}` and so on stand for ids. */
const asked: Readonly<Record<string, readonly string[]>> = {
  'GET /me': ['/me'],
  'GET /admins': ['/admins', '/admins?display_avatar=true'],
  'GET /admins/{admin_id}': ['/admins/{admin}'],
  'GET /admins/activity_logs': ['/admins/activity_logs?created_at_after=0&per_page=100'],
  'GET /teams': ['/teams'],
  'GET /teams/{team_id}': ['/teams/{team}'],
  'GET /tags': ['/tags'],
  'GET /tags/{tag_id}': ['/tags/{tag}'],
  'GET /segments': ['/segments', '/segments?include_count=true'],
  'GET /segments/{segment_id}': ['/segments/{segment}'],
  'GET /subscription_types': ['/subscription_types'],
  'GET /data_attributes': ['contact', 'company', 'conversation'].map(
    (model) => `/data_attributes?model=${model}&include_archived=true`,
  ),
  'GET /ticket_types': ['/ticket_types'],
  'GET /ticket_types/{ticket_type_id}': ['/ticket_types/67'],
  'GET /ticket_states': ['/ticket_states'],
  'GET /articles': ['/articles?per_page=60'],
  'GET /articles/{article_id}': ['/articles/39'],
  'GET /articles/search': ['/articles/search?phrase=how'],
  'GET /help_center/collections': ['/help_center/collections'],
  'GET /help_center/collections/{collection_id}': ['/help_center/collections/159'],
  'GET /help_center/help_centers': ['/help_center/help_centers'],
  'GET /help_center/help_centers/{help_center_id}': ['/help_center/help_centers/79'],
  'GET /contacts': ['/contacts?per_page=150'],
  'POST /contacts/search': ['/contacts/search'],
  'GET /contacts/{contact_id}': ['/contacts/{contact}', '/contacts/{contact7}'],
  'GET /contacts/find_by_external_id/{external_id}': ['/contacts/find_by_external_id/user-1'],
  'GET /contacts/{contact_id}/companies': ['/contacts/{contact}/companies', '/contacts/{contact5}/companies'],
  'GET /contacts/{contact_id}/tags': ['/contacts/{contact7}/tags'],
  'GET /contacts/{contact_id}/subscriptions': ['/contacts/{contact}/subscriptions'],
  'GET /contacts/{contact_id}/segments': ['/contacts/{contact}/segments'],
  'GET /contacts/{contact_id}/notes': ['/contacts/{contact}/notes'],
  'GET /companies': ['/companies', '/companies?company_id=cust-3'],
  'POST /companies/list': ['/companies/list?per_page=60'],
  'GET /companies/scroll': ['/companies/scroll'],
  'GET /companies/{company_id}': ['/companies/{company}'],
  'GET /companies/{company_id}/contacts': ['/companies/{company}/contacts'],
  'GET /companies/{company_id}/segments': ['/companies/{company}/segments'],
  'GET /companies/{company_id}/notes': ['/companies/{company}/notes'],
  'GET /conversations': ['/conversations?per_page=150'],
  'POST /conversations/search': ['/conversations/search'],
  'GET /conversations/{conversation_id}': Array.from(
    { length: 40 },
    (_, at) => `/conversations/{conversation${at}}`,
  ),
  'GET /conversations/{id}/handling_events': ['/conversations/{conversation}/handling_events'],
  'POST /tickets/search': ['/tickets/search'],
  'GET /tickets/{ticket_id}': ['/tickets/{ticket}'],
}

function withIds(path: string): string {
  const { contacts, companies, conversations, tickets, admins, teams, tags, segments } =
    sandbox.workspace.data
  const stores: Record<string, { idAt(index: number): string }> = {
    contact: contacts,
    company: companies,
    conversation: conversations,
    ticket: tickets,
  }
  const lists: Record<string, readonly { id: string }[]> = {
    admin: admins,
    team: teams,
    tag: tags,
    segment: segments,
  }
  return path.replace(
    /\{([a-z]+)(\d*)\}/,
    (_, name: string, at: string) => stores[name]?.idAt(Number(at)) ?? lists[name]?.[Number(at)]?.id ?? '',
  )
}

describe('every answer is what the OpenAPI description of 2.15 says, but for listed live differences', () => {
  test.each(Object.keys(description.operations).filter((operation) => operation !== 'error'))(
    '%s',
    async (operation) => {
      const validate = ajv.compile({ ...description.operations[operation], $defs: description.$defs })
      const [method] = operation.split(' ')
      const paths = asked[operation]
      expect(paths).toBeDefined()
      for (const path of paths ?? []) {
        const { status, body } = await call(sandbox, withIds(path), method === 'POST' ? search : undefined)
        expect(status).toBe(200)
        validate(body)
        const unexpected = (validate.errors ?? [])
          .map(({ instancePath, keyword, message }) => ({
            where: `${operation} ${instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${keyword}`,
            message,
          }))
          .filter(({ where }) => !liveDiffers.some(([pattern]) => pattern.test(where)))
        expect(unexpected).toEqual([])
      }
    },
  )
})

test('errors come in the described envelope, with a request id', async () => {
  const validate = ajv.compile({ ...description.operations.error, $defs: description.$defs })
  for (const path of [
    '/contacts/none',
    '/companies/none',
    '/nowhere',
    '/conversations/1',
    '/contacts?per_page=151',
  ]) {
    const { status, body } = await call(sandbox, path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(validate(body)).toBe(true)
    expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/)
  }
})

/** Declared fields that a record of the sandbox leaves out, and why. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  contact: [],
  company: ['size', 'website', 'industry', 'last_request_at', 'remote_created_at'], // absent when unset
  conversation: ['conversation_parts'], // only on retrieve
  ticket: ['snoozed_until'], // absent when unset
}
const undeclared: Readonly<Record<string, readonly string[]>> = {
  contact: [
    'opted_in_subscription_types',
    'opted_out_subscription_types',
    'utm_campaign',
    'utm_content',
    'utm_medium',
    'utm_source',
    'utm_term',
    'referrer',
    'enabled_push_messaging',
    'sms_consent',
    'unsubscribed_from_sms',
  ],
  company: [],
  conversation: ['topics', 'ticket'],
  ticket: ['channel'],
}

test.each(['contact', 'company', 'conversation', 'ticket'])(
  'a %s has every declared field, and no other but those seen live',
  async (name) => {
    const { data } = sandbox.workspace
    const store = {
      contact: data.contacts,
      company: data.companies,
      conversation: data.conversations,
      ticket: data.tickets,
    }[name]
    const declared = Object.keys(description.$defs[name].properties)
    for (let index = 0; index < 50; index++) {
      const fields = Object.keys(JSON.parse(store?.text(index) ?? ''))
      expect(
        fields.filter((field) => !declared.includes(field) && !undeclared[name]?.includes(field)),
      ).toEqual([])
      expect(declared.filter((field) => !fields.includes(field) && !leftOut[name]?.includes(field))).toEqual(
        [],
      )
    }
  },
)
