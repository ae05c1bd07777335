import { IntercomClient } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { now, truth } from './call-sandbox.ts'

let sandbox: Sandbox
let client: IntercomClient
beforeAll(async () => {
  sandbox = await startSandbox({
    now,
    sizes: { contacts: 400, companies: 130, conversations: 120, tickets: 70, articles: 60 },
  })
  client = new IntercomClient({
    token: sandbox.token,
    baseUrl: sandbox.url,
    headers: { 'Intercom-Version': '2.15' },
    maxRetries: 0,
  })
})
afterAll(() => sandbox.close())

interface Page {
  readonly data: readonly unknown[]
  hasNextPage(): boolean
  getNextPage(): Promise<unknown>
}

/**
 * Every record that the client's own paging comes upon. An empty page is the end: of a scroll the client itself does
 * not see it, as every page, the last included, has a scroll_param.
 */
async function idsOf(page: Page): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    ids.push(...page.data.map((record) => String((record as { id: unknown }).id)))
    if (!page.hasNextPage() || page.data.length === 0) return ids
    await page.getNextPage()
  }
}

const all = { field: 'created_at', operator: '>', value: '0' } as never

test('the official client walks contacts, listed and searched', async () => {
  const listed = await idsOf(await client.contacts.list({ per_page: 150 }))
  const searched = await idsOf(await client.contacts.search({ query: all, pagination: { per_page: 50 } }))
  expect(new Set(listed).size).toBe(400)
  expect(listed).toHaveLength(400)
  expect(new Set(searched)).toEqual(new Set(listed))
})

test('the official client walks companies, listed and scrolled', async () => {
  const listed = await idsOf(await client.companies.list({ per_page: 50 }))
  const scrolled = await idsOf(await client.companies.scroll({}))
  expect(new Set(scrolled).size).toBe(130)
  const withUsers = (await truth(sandbox, 'companies')).filter((company) => company.user_count > 0)
  expect(withUsers.length).toBeLessThan(130)
  expect(new Set(listed)).toEqual(new Set(withUsers.map((company) => company.id)))
  expect(scrolled).toEqual(expect.arrayContaining(listed))
})

test('the official client walks conversations and finds each with its parts', async () => {
  const listed = await idsOf(await client.conversations.list({ per_page: 50 }))
  const searched = await idsOf(
    await client.conversations.search({ query: all, pagination: { per_page: 50 } }),
  )
  expect(new Set(listed).size).toBe(120)
  expect(new Set(searched)).toEqual(new Set(listed))
  for (const id of listed.slice(0, 20)) {
    const found = await client.conversations.find({ conversation_id: id })
    expect(found.conversation_parts?.conversation_parts).toHaveLength(
      Math.min(found.conversation_parts?.total_count ?? 0, 500),
    )
  }
})

test('the official client reads the lists that one answer holds', async () => {
  const { data } = sandbox.workspace
  expect((await client.admins.list()).admins).toHaveLength(data.admins.length)
  expect((await client.tags.list()).data).toHaveLength(data.tags.length)
  expect((await client.teams.list()).teams).toHaveLength(data.teams.length)
  expect((await client.segments.list()).segments).toHaveLength(data.segments.length)
  expect((await client.subscriptionTypes.list()).data).toHaveLength(data.subscriptionTypes.length)
  expect((await client.ticketTypes.list()).data).toHaveLength(data.ticketTypes.length)
  expect(
    (await client.dataAttributes.list({ model: 'contact', include_archived: true })).data?.length,
  ).toBeGreaterThan(5)
})

test('the official client walks tickets, articles, collections, help centers and the activity log', async () => {
  const { data } = sandbox.workspace
  expect(
    new Set(await idsOf(await client.tickets.search({ query: all, pagination: { per_page: 25 } }))).size,
  ).toBe(70)
  expect((await client.articles.list({ per_page: 25 })).data).toHaveLength(25)
  expect((await client.helpCenters.collections.list()).data).toHaveLength(data.collections.length)
  expect((await client.helpCenters.list()).data).toHaveLength(data.helpCenters.length)
  const logs = await client.admins.listAllActivityLogs({ created_at_after: '0' })
  expect(logs.activity_logs).toHaveLength(20)
  expect(logs.pages?.total_pages).toBe(25)
})
