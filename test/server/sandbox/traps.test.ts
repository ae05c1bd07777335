import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, codeOf, everything, now, truth, walk } from './call-sandbox.ts'
import type { Json } from './call-sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({
    now,
    clock: 'stopped',
    sizes: { contacts: 400, companies: 80, conversations: 60, tickets: 40 },
  })
})
afterEach(() => sandbox.close())
const set = (switches: object) => Object.assign(sandbox.workspace.behaviour, switches)

describe('embedded lists', () => {
  test('hold ten, say that there are more, and the contact’s own lists hold all', async () => {
    const tagged = (await truth(sandbox, 'contacts')).filter((contact) => contact.tags.has_more)
    const joined = (await truth(sandbox, 'contacts')).filter((contact) => contact.companies.has_more)
    expect(tagged.length).toBeGreaterThan(2)
    expect(joined.length).toBeGreaterThan(2)
    for (const { id, tags } of tagged) {
      const own = (await call(sandbox, `/contacts/${id}/tags`)).body.data
      expect([tags.data.length, tags.total_count]).toEqual([10, own.length])
      expect(own[0]).toMatchObject({ type: 'tag', applied_by: { type: 'admin' } })
    }
    for (const { id, companies } of joined) {
      const own = (await call(sandbox, `/contacts/${id}/companies`)).body
      expect([companies.data.length, companies.total_count, own.total_count]).toEqual([
        10,
        own.data.length,
        own.data.length,
      ])
    }
  })

  test('total_count lies, and companies are under another key, where the switches say so', async () => {
    set({ subListTotalCount: 'wrong', contactCompaniesKey: 'companies' })
    const [contact] = (await call(sandbox, '/contacts?per_page=1')).body.data
    expect(contact.tags.total_count).toBe(contact.tags.data.length + 3)
    const own = (await call(sandbox, `/contacts/${contact.id}/companies`)).body
    expect(own.total_count).toBe(own.companies.length + 3)
  })
})

describe('conversations', () => {
  test('more than 500 parts: only the newest 500 are shown, while the statistics count all', async () => {
    for (const [index, parts] of [
      [3, 503],
      [11, 640],
      [27, 1001],
    ] as const) {
      const { body } = await call(
        sandbox,
        `/conversations/${sandbox.workspace.data.conversations.idAt(index)}`,
      )
      expect(body.conversation_parts.conversation_parts).toHaveLength(500)
      expect([body.conversation_parts.total_count, body.statistics.count_conversation_parts]).toEqual([
        parts,
        parts,
      ])
      set({ partsTotalCount: 'returned' })
      expect((await call(sandbox, `/conversations/${body.id}`)).body.conversation_parts.total_count).toBe(500)
      set({ partsTotalCount: 'all' })
    }
  })

  test('lists have no parts, parts have no parent, and the opening message is no part', async () => {
    const [listed] = (await call(sandbox, '/conversations')).body.conversations
    expect('conversation_parts' in listed).toBe(false)
    const { body } = await call(sandbox, `/conversations/${sandbox.workspace.data.conversations.idAt(3)}`)
    const [part] = body.conversation_parts.conversation_parts
    expect('conversation_id' in part).toBe(false)
    expect(typeof part.id).toBe('string')
    expect(body.conversation_parts.conversation_parts.map((one: Json) => one.id)).not.toContain(
      body.source.id,
    )
  })

  test('attachment URLs are signed anew on every fetch, and plain text can be asked for', async () => {
    const withFile = sandbox.workspace.data.conversations
    const index =
      [...withFile.live()].find((at) => withFile.text(at).includes('attachments.example.com')) ?? 0
    const url = async () =>
      (await call(sandbox, `/conversations/${withFile.idAt(index)}`)).body.source.attachments[0].url
    const [first, second] = [await url(), await url()]
    expect(first).toMatch(/expires=\d+&signature=[0-9a-f]+$/)
    expect(first).not.toBe(second)
    const plain = await call(sandbox, `/conversations/${withFile.idAt(index)}?display_as=plaintext`)
    expect(plain.body.source.body).not.toMatch(/<p>/)
  })

  test('some are listed and gone when fetched; their parts are no truth', async () => {
    set({ goneOnRetrieve: 4 })
    const listed = await walk(sandbox, '/conversations', 'conversations')
    const codes = await Promise.all(
      listed.map(async ({ id }) => codeOf(await call(sandbox, `/conversations/${id}`))),
    )
    expect(codes.filter((code) => code === '404 not_found')).toHaveLength(15)
    const gone = listed.filter((_, at) => codes[at] === '404 not_found').map(({ id }) => id)
    expect(
      (await truth(sandbox, 'conversation_parts')).some((part) => gone.includes(part.conversation_id)),
    ).toBe(false)
    expect(await truth(sandbox, 'conversations')).toHaveLength(60)
  })

  test('a search may fail for one bad row, while the list goes on', async () => {
    const many = await startSandbox({
      now,
      sizes: { contacts: 50, companies: 10, conversations: 170, tickets: 0 },
    })
    const search = () => call(many, '/conversations/search', { ...everything, pagination: { per_page: 150 } })
    many.workspace.behaviour.poisonedSearch = true
    const later = (await walk(many, '/conversations', 'conversations')).findIndex(
      (one) => one.source.author.name === 'Gone Away',
    )
    expect(later).toBeGreaterThanOrEqual(0)
    expect((await search()).body.errors?.[0].message ?? 'fine').toBe(later < 150 ? 'User Not Found' : 'fine')
    expect((await call(many, '//')).status).toBe(500)
    await many.close()
  })

  test('unassigned is null, and assignees are integers; teammates come in two shapes', async () => {
    const all = await truth(sandbox, 'conversations')
    expect(new Set(all.map((one) => typeof one.admin_assignee_id))).toEqual(new Set(['number', 'object']))
    expect(all.find((one) => one.teammates).teammates.admins).toHaveLength(1)
    set({ teammatesShape: 'teammates' })
    expect(
      (await truth(sandbox, 'conversations')).find((one) => one.teammates).teammates.teammates,
    ).toHaveLength(1)
  })

  test('e-mail parts carry address headers, with repeated addresses and names that are null', async () => {
    const headers = await truth(sandbox, 'email_address_header')
    expect(new Set(headers.map((header) => header.type))).toEqual(new Set(['from', 'to', 'cc']))
    const one =
      Map.groupBy(headers, (header) => header.conversation_part_id).get(
        headers.find((header) => header.type === 'cc').conversation_part_id,
      ) ?? []
    expect(one.map((header) => header.header_index)).toEqual([0, 1, 2, 3])
    expect(one[2].email_address).toBe(one[3].email_address)
    expect(one[1].name).toBe(null)
  })
})

describe('shapes', () => {
  test('tickets: the id is not the number, unassigned is "0", types come whole and their attributes under two keys', async () => {
    const tickets = await walk(sandbox, '/tickets/search', 'tickets', everything, 25)
    expect(tickets.every((ticket) => ticket.id !== ticket.ticket_id)).toBe(true)
    expect(tickets.some((ticket) => ticket.admin_assignee_id === '0')).toBe(true)
    expect(tickets[0].ticket_type.ticket_type_attributes.data[0].ticket_type_id).toBe(
      Number(tickets[0].ticket_type.id),
    )
    const types = (await call(sandbox, '/ticket_types')).body.data
    expect(types.map((type: Json) => type.archived)).toEqual([false, false, false, true])
    set({ ticketTypeAttributesKey: 'ticket_type_attributes' })
    expect(
      (await call(sandbox, '/ticket_types')).body.data[0].ticket_type_attributes.ticket_type_attributes,
    ).toHaveLength(4)
    expect(
      (await call(sandbox, '/tickets/search', everything)).body.tickets[0].ticket_type.ticket_type_attributes
        .data,
    ).toBeUndefined()
  })

  test('data attributes: names repeat, only custom ones have an id, archived ones have to be asked for', async () => {
    const attributes = (await call(sandbox, '/data_attributes?model=conversation')).body.data
    expect(new Set(attributes.map((one: Json) => one.name)).size).toBeLessThan(attributes.length)
    expect(new Set(attributes.map((one: Json) => one.full_name)).size).toBe(attributes.length)
    expect(attributes.every((one: Json) => 'id' in one === one.custom)).toBe(true)
    const contact = async (query: string) =>
      (await call(sandbox, `/data_attributes?model=contact${query}`)).body.data.length
    expect(await contact('&include_archived=true')).toBe((await contact('')) + 1)
    expect(codeOf(await call(sandbox, '/data_attributes?model=shoe'))).toBe('422 parameter_invalid')
  })

  test('drafts have no URL, collections nest, statistics and avatars and counts come only when asked for', async () => {
    const articles = (await call(sandbox, '/articles?per_page=60')).body.data
    expect(articles.filter((one: Json) => one.state === 'draft').every((one: Json) => one.url === null)).toBe(
      true,
    )
    expect('statistics' in articles[0]).toBe(false)
    expect((await call(sandbox, `/articles/${articles[0].id}`)).body.statistics.type).toBe(
      'article_statistics',
    )
    const collections = (await call(sandbox, '/help_center/collections')).body.data
    const nested = collections.find((one: Json) =>
      collections.some((parent: Json) => parent.id === one.parent_id && parent.parent_id !== null),
    )
    expect(nested.help_center_id).toBe(null)
    expect('avatar' in (await call(sandbox, '/admins')).body.admins[0]).toBe(false)
    expect('avatar' in (await call(sandbox, '/admins?display_avatar=true')).body.admins[0]).toBe(true)
    expect('count' in (await call(sandbox, '/segments')).body.segments[0]).toBe(false)
    expect('count' in (await call(sandbox, '/segments?include_count=true')).body.segments[0]).toBe(true)
  })

  test('companies leave out what is unset, and an owner’s id may be text', async () => {
    const companies = await truth(sandbox, 'companies')
    for (const field of ['size', 'website', 'industry', 'last_request_at', 'remote_created_at'])
      expect(new Set(companies.map((company) => field in company))).toEqual(new Set([true, false]))
    set({ ownerId: 'string' })
    expect((await truth(sandbox, 'contacts')).some((contact) => typeof contact.owner_id === 'string')).toBe(
      true,
    )
  })

  test('the workspace tells its region and time zone', async () => {
    expect((await call(sandbox, '/me')).body.app).toMatchObject({
      region: 'US',
      timezone: 'America/Los_Angeles',
      id_code: 'sandbox_workspace',
    })
  })
})

describe('transport', () => {
  test('Content-Length may be too small or too large, and the client sees it', async () => {
    const read = (path: string) =>
      new Promise<string>((resolve) => {
        const client = request(
          sandbox.url + path,
          { headers: { authorization: `Bearer ${sandbox.token}` } },
          (response) => {
            let text = ''
            response.on('data', (chunk) => (text += String(chunk)))
            response.on('end', () => resolve(response.complete ? text : 'incomplete'))
            response.on('error', () => resolve('incomplete'))
          },
        )
        client.on('error', () => resolve('incomplete'))
        client.end()
      })
    expect(JSON.parse(await read('/tags')).type).toBe('list')
    set({ contentLength: 'short' })
    await expect(read('/tags').then((text) => JSON.parse(text))).rejects.toThrow(SyntaxError)
    set({ contentLength: 'long' })
    expect(await read('/tags')).toBe('incomplete')
  })

  test('answers are compressed for clients that want it, when the switch is on', async () => {
    set({ gzip: true })
    const answer = await call(sandbox, '/contacts?per_page=50', undefined, { 'accept-encoding': 'gzip' })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.body.data).toHaveLength(50)
  })

  test('every answer can be made to wait', async () => {
    const slow = await startSandbox({
      now,
      latencyMs: 60,
      sizes: { contacts: 10, conversations: 0, tickets: 0 },
    })
    const began = performance.now()
    await call(slow, '/me')
    expect(performance.now() - began).toBeGreaterThan(55)
    await slow.close()
  })
})

test('records change while they are read, every so many requests', async () => {
  set({ changeEvery: 2, changeKinds: ['update_contact'] })
  const before = sandbox.workspace.data.contacts.version
  for (let calls = 0; calls < 6; calls++) await call(sandbox, '/me')
  expect(sandbox.workspace.data.contacts.version).toBe(before + 3)
})
