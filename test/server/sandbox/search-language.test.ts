import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultBehaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, codeOf, everything, now, truth, walk } from './call-sandbox.ts'
import type { Json } from './call-sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({
    now,
    clock: 'stopped',
    sizes: { contacts: 300, companies: 60, conversations: 200, tickets: 120 },
  })
})
afterAll(() => sandbox.close())
beforeEach(() => void Object.assign(sandbox.workspace.behaviour, defaultBehaviour()))

const contacts = (field: string, operator: string, value: unknown) =>
  walk(sandbox, '/contacts/search', 'data', { query: { field, operator, value } })
const conversations = (field: string, operator: string, value: unknown) =>
  walk(sandbox, '/conversations/search', 'conversations', { query: { field, operator, value } })
const tickets = (field: string, operator: string, value: unknown) =>
  walk(sandbox, '/tickets/search', 'tickets', { query: { field, operator, value } })
const refusal = async (path: string, query: unknown, more: object = {}) =>
  codeOf(await call(sandbox, path, { query, ...more }))

/** A second in the middle of a day of the workspace, with contacts before and after it. */
const noon = Date.UTC(2025, 3, 10, 20) / 1000
const dayStartLosAngeles = Date.UTC(2025, 3, 10, 7) / 1000
const day = 86_400

describe('dates of contacts', () => {
  const updated = (list: Json[]) => list.map((one) => one.updated_at)
  test('match whole days of the workspace’s time zone: > begins with the next day, < ends before the day', async () => {
    const all = await truth(sandbox, 'contacts')
    const after = await contacts('updated_at', '>', noon)
    const before = await contacts('updated_at', '<', noon)
    const same = await contacts('updated_at', '=', String(noon))
    expect(Math.min(...updated(after))).toBeGreaterThanOrEqual(dayStartLosAngeles + day)
    expect(Math.max(...updated(before))).toBeLessThan(dayStartLosAngeles)
    expect(same).toHaveLength(
      all.filter((one) => one.updated_at >= dayStartLosAngeles && one.updated_at < dayStartLosAngeles + day)
        .length,
    )
    expect(after.length + before.length + same.length).toBe(all.length)
  })

  test('an hour ago matches nothing that changed today', async () => {
    await call(sandbox, '/_sandbox/change', { kind: 'update_contact' })
    expect(await contacts('updated_at', '>', now / 1000 - 3600)).toEqual([])
    expect((await contacts('updated_at', '>', now / 1000 - 2 * day)).length).toBeGreaterThan(0)
  })

  test('match UTC days, or seconds, where the switch says so', async () => {
    const all = await truth(sandbox, 'contacts')
    const [one] = all.filter((contact) => contact.updated_at > noon)
    sandbox.workspace.behaviour.contactDates = 'utc_day'
    const utc = Math.ceil((one.updated_at + 1) / day) * day
    expect(await contacts('updated_at', '>', one.updated_at)).toHaveLength(
      all.filter((contact) => contact.updated_at >= utc).length,
    )
    sandbox.workspace.behaviour.contactDates = 'second'
    expect(await contacts('updated_at', '>', one.updated_at)).toHaveLength(
      all.filter((contact) => contact.updated_at > one.updated_at).length,
    )
    sandbox.workspace.behaviour.contactAfterInclusive = true
    expect(await contacts('updated_at', '>', one.updated_at)).toHaveLength(
      all.filter((contact) => contact.updated_at >= one.updated_at).length,
    )
  })

  test.each(['!=', '>=', '<=', 'IN', 'NIN'])('refuse %s', async (operator) => {
    expect(await refusal('/contacts/search', { field: 'updated_at', operator, value: 1 })).toBe(
      '400 data_invalid',
    )
  })
})

describe('dates of conversations and tickets', () => {
  test('match seconds, > includes the same second unless the switch says otherwise', async () => {
    const all = await truth(sandbox, 'conversations')
    const { updated_at: at } = all[20]
    const count = (test: (updated: number) => boolean) => all.filter((one) => test(one.updated_at)).length
    expect(await conversations('updated_at', '>', at)).toHaveLength(count((updated) => updated >= at))
    expect(await conversations('updated_at', '>=', at)).toHaveLength(count((updated) => updated >= at))
    expect(await conversations('updated_at', '<', at)).toHaveLength(count((updated) => updated <= at))
    expect(await conversations('updated_at', 'IN', [at])).toHaveLength(count((updated) => updated === at))
    sandbox.workspace.behaviour.afterInclusive = false
    expect(await conversations('updated_at', '>', at)).toHaveLength(count((updated) => updated > at))
    expect(await tickets('updated_at', '>=', 0)).toHaveLength(120)
  })

  test('match whole UTC days where the switch says so', async () => {
    const all = await truth(sandbox, 'tickets')
    sandbox.workspace.behaviour.conversationDates = 'day'
    const start = Math.floor(noon / day) * day
    expect(await tickets('created_at', '>=', noon)).toHaveLength(
      all.filter((one) => one.created_at >= start).length,
    )
    expect(await tickets('created_at', '<=', noon)).toHaveLength(
      all.filter((one) => one.created_at < start + day).length,
    )
  })
})

describe('other fields', () => {
  test('text is compared whole, in part, at its beginning and its end, whatever its case', async () => {
    const all = await truth(sandbox, 'contacts')
    const { email } = all[17]
    expect(await contacts('email', '=', email.toUpperCase())).toHaveLength(1)
    expect(await contacts('email', '!=', email)).toHaveLength(all.length - 1)
    expect(await contacts('email', '^', 'person.1')).toHaveLength(
      all.filter((one) => one.email.startsWith('person.1')).length,
    )
    expect(await contacts('email', '$', 'example.org')).toHaveLength(
      all.filter((one) => one.email.endsWith('example.org')).length,
    )
    expect(await contacts('email', '~', 'mail')).toHaveLength(
      all.filter((one) => one.email.includes('mail')).length,
    )
    expect(await contacts('email', '!~', 'mail')).toHaveLength(
      all.filter((one) => !one.email.includes('mail')).length,
    )
    expect(await contacts('email', 'IN', [email, all[3].email])).toHaveLength(2)
    expect(await contacts('email', 'NIN', [email])).toHaveLength(all.length - 1)
    expect(await contacts('phone', '=', null)).toHaveLength(all.filter((one) => one.phone === null).length)
    expect(await contacts('location.city', '=', '東京')).toEqual([])
  })

  test('numbers may come as text, and contacts are found by owner, tag, segment and custom attribute', async () => {
    const all = await truth(sandbox, 'contacts')
    const owner = all.find((one) => one.owner_id).owner_id
    expect(await contacts('owner_id', '=', String(owner))).toHaveLength(
      all.filter((one) => one.owner_id === owner).length,
    )
    expect(await contacts('owner_id', '>=', owner)).toHaveLength(
      all.filter((one) => one.owner_id >= owner).length,
    )
    const tagged = await truth(sandbox, 'contact_tag')
    const tag = tagged[0].tag_id
    expect(await contacts('tag_id', '=', tag)).toHaveLength(tagged.filter((one) => one.tag_id === tag).length)
    expect(await contacts('custom_attributes.plan_tier', '=', 'gold')).toHaveLength(
      all.filter((one) => one.custom_attributes.plan_tier === 'gold').length,
    )
    expect((await contacts('custom_attributes.first.second.third', '^', 'dots')).length).toBeGreaterThan(0)
    const segmentsOf = async ({ id }: Json) => (await call(sandbox, `/contacts/${id}/segments`)).body.data
    const lists: Json[][] = await Promise.all(all.slice(0, 30).map(segmentsOf))
    const at = lists.findIndex((list) => list.length > 0)
    const found = await contacts('segment_id', '=', lists[at]?.[0].id)
    expect(found.map((one) => one.id)).toContain(all[at].id)
  })

  test('the body of a conversation is matched word by word, not inside words', async () => {
    expect((await conversations('source.body', '~', 'invoice')).length).toBeGreaterThan(0)
    expect(await conversations('source.body', '~', 'invoi')).toEqual([])
  })

  test('conversations are found by contact, tag, teammate and assignee', async () => {
    const [one] = (await truth(sandbox, 'conversations')).filter(
      (conversation) => conversation.tags.tags.length > 0 && conversation.admin_assignee_id,
    )
    const found = async (field: string, value: unknown) =>
      (await conversations(field, '=', value)).map((conversation) => conversation.id)
    expect(await found('contact_ids', one.contacts.contacts[0].id)).toContain(one.id)
    expect(await found('tag_ids', one.tags.tags[0].id)).toContain(one.id)
    expect(await found('teammate_ids', String(one.admin_assignee_id))).toContain(one.id)
    expect(await found('admin_assignee_id', one.admin_assignee_id)).toContain(one.id)
    expect(await found('id', one.id)).toEqual([one.id])
    expect((await conversations('open', '=', true)).every((conversation) => conversation.open)).toBe(true)
  })

  test('tickets are found by category in its other words, by type, by state, and by an attribute’s id', async () => {
    const all = await truth(sandbox, 'tickets')
    const count = (test: (one: Json) => boolean) => all.filter(test).length
    expect(await tickets('category', '=', 'request')).toHaveLength(
      count((one) => one.category === 'Customer'),
    )
    expect(await tickets('category', '=', 'Customer')).toEqual([])
    expect(await tickets('ticket_type_id', '=', '68')).toHaveLength(
      count((one) => one.ticket_type.id === '68'),
    )
    expect(await tickets('state', '=', 'resolved')).toHaveLength(
      count((one) => one.ticket_state.category === 'resolved'),
    )
    const bug = all.find((one) => one.ticket_type.id === '67')
    const attribute = bug.ticket_type.ticket_type_attributes.data[0].id
    const titled = await tickets(`ticket_attribute.${attribute}`, '=', bug.ticket_attributes._default_title_)
    expect(titled.length).toBeGreaterThan(0)
    expect(titled.every((one) => one.ticket_type.id === '67')).toBe(true)
  })
})

describe('groups', () => {
  const filter = (value: string) => ({ field: 'email', operator: '^', value: `person.${value}` })
  const search = async (query: object) => (await walk(sandbox, '/contacts/search', 'data', { query })).length

  test('AND and OR nest two deep', async () => {
    const either = { operator: 'OR', value: [filter('10'), filter('20')] }
    expect(await search(either)).toBe(22)
    expect(
      await search({ operator: 'AND', value: [either, { field: 'email', operator: '~', value: '.10' }] }),
    ).toBe(11)
    const deep = {
      operator: 'AND',
      value: [{ operator: 'OR', value: [{ operator: 'AND', value: [filter('11')] }, filter('12')] }],
    }
    expect(await search(deep)).toBe(22)
  })

  test('a third level, a sixteenth filter and an empty group are refused', async () => {
    const nest = (query: object, times: number): object =>
      times === 0 ? query : nest({ operator: 'AND', value: [query] }, times - 1)
    expect(await refusal('/contacts/search', nest(filter('1'), 4))).toBe('400 bad_request')
    expect(await refusal('/contacts/search', { operator: 'OR', value: Array(16).fill(filter('1')) })).toBe(
      '400 bad_request',
    )
    expect(await refusal('/contacts/search', { operator: 'OR', value: [] })).toBe('400 invalid_value')
    expect(await search({ operator: 'OR', value: Array(15).fill(filter('1')) })).toBeGreaterThan(0)
  })
})

describe('refusals', () => {
  test.each([
    ['/contacts/search', { field: 'nonsense', operator: '=', value: 1 }, '400 invalid_field'],
    ['/contacts/search', { field: 'companies.id', operator: '=', value: 'x' }, '400 invalid_field'],
    ['/tickets/search', { field: 'ticket_state', operator: '=', value: 'x' }, '400 invalid_field'],
    ['/tickets/search', { field: 'company_id', operator: '=', value: 'x' }, '400 invalid_field'],
    ['/contacts/search', { field: 'tag_id', operator: 'IN', value: ['1'] }, '400 data_invalid'],
    ['/contacts/search', { field: 'email', operator: '>', value: 'a' }, '400 data_invalid'],
    ['/contacts/search', { field: 'email', operator: '==', value: 'a' }, '400 data_invalid'],
    ['/contacts/search', { field: 'created_at', operator: '>', value: 'yesterday' }, '400 invalid_value'],
    ['/contacts/search', { field: 'email', operator: 'IN', value: 'a' }, '400 invalid_value'],
    ['/conversations/search', { field: 'open', operator: '=', value: 'perhaps' }, '400 invalid_value'],
    ['/contacts/search', undefined, '400 parameter_missing'],
  ])('%s %j is %s', async (path, query, code) => {
    expect(await refusal(path, query)).toBe(code)
  })

  test('a body that is no JSON is refused', async () => {
    expect(codeOf(await call(sandbox, '/contacts/search', '{'))).toBe('400 client_error')
  })

  test('a sort order or field that does not exist is refused', async () => {
    expect(
      await refusal('/contacts/search', everything.query, { sort: { field: 'created_at', order: 'desc' } }),
    ).toBe('400 invalid_sort_order')
    expect(
      await refusal('/contacts/search', everything.query, {
        sort: { field: 'shoe_size', order: 'ascending' },
      }),
    ).toBe('400 invalid_field')
  })
})
