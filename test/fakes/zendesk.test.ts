import { afterEach, beforeEach, expect, test } from 'vitest'
import { ZendeskFake } from './zendesk.ts'

/** What these tests look at. */
interface Body {
  readonly tickets: readonly { readonly id: number }[]
  readonly organizations: readonly unknown[]
  readonly meta: { readonly has_more: boolean }
  readonly links: { readonly next: string | null }
  readonly end_of_stream: boolean
  readonly after_cursor: string
}

let fake: ZendeskFake
beforeEach(async () => {
  fake = await ZendeskFake.start({ seed: 3, tickets: 30, exportPage: 12, exportsPerMinute: 4 })
})
afterEach(() => fake.close())

test('an export goes from a start time to its end by cursors, and the last page has one too', async () => {
  const seen: unknown[] = []
  let query = 'start_time=0'
  for (const end of [false, false, true]) {
    const { status, body } = await ask(`/api/v2/incremental/tickets/cursor.json?${query}`)
    expect([status, body.end_of_stream, typeof body.after_cursor]).toEqual([200, end, 'string'])
    seen.push(...body.tickets.map(({ id }) => id))
    query = `cursor=${encodeURIComponent(body.after_cursor)}`
  }
  expect(new Set(seen).size).toBe(30)
})

test('an export leaves out what changed in the last minute, and refuses to start in it', async () => {
  const [ticket] = fake.account.tickets
  if (ticket) fake.account.addComment(ticket, fake.now())
  const since = Math.floor(fake.now() / 1000) - 120
  expect((await ask(`/api/v2/incremental/tickets/cursor.json?start_time=${since}`)).body.tickets).toEqual([])
  expect(await ask(`/api/v2/incremental/tickets/cursor.json?start_time=${since + 115}`)).toMatchObject({
    status: 422,
    body: { error: 'StartTimeTooRecent' },
  })
  fake.settle()
  expect(
    (await ask(`/api/v2/incremental/tickets/cursor.json?start_time=${since}`)).body.tickets,
  ).toHaveLength(1)
})

test('exports have a budget of their own, and a refusal says when to come back', async () => {
  for (let asked = 0; asked < 4; asked++) await ask('/api/v2/incremental/users/cursor.json?start_time=0')
  const refused = await ask('/api/v2/incremental/users/cursor.json?start_time=0')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(50)
  expect((await ask('/api/v2/groups.json')).status).toBe(200)
})

test('lists page by cursor where page[size] is given, by number where not, and not beyond 10,000', async () => {
  const first = await ask('/api/v2/organizations.json?page[size]=200')
  expect([first.body.organizations.length, first.body.meta.has_more]).toEqual([100, true])
  const last = await ask(`/api/v2/organizations.json?page[size]=100&page[after]=${btoa('200')}`)
  expect([last.body.organizations.length, last.body.meta.has_more]).toEqual([30, false])
  expect(last.body.links.next).toContain('/organizations.json')
  expect((await ask('/api/v2/ticket_fields.json?page=2')).body).toMatchObject({ count: 123, next_page: null })
  expect((await ask('/api/v2/ticket_fields.json?page=101')).status).toBe(400)
})

test('a refresh token is good for once', async () => {
  const { clientId, clientSecret, refreshToken } = fake.tokens
  const body = JSON.stringify({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  })
  const exchange = () =>
    fetch(`${fake.url}/oauth/tokens`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    })
  expect((await exchange()).status).toBe(200)
  expect((await exchange()).status).toBe(400)
  expect((await ask('/api/v2/groups.json', { Authorization: 'Bearer zd_access_0' })).status).toBe(401)
})

async function ask(path: string, headers?: Record<string, string>) {
  const pair = `${fake.tokens.email}/token:${fake.tokens.apiToken}`
  const response = await fetch(fake.url + path, {
    headers: headers ?? { Authorization: `Basic ${btoa(pair)}` },
  })
  const body: Body = JSON.parse(await response.text())
  return { status: response.status, headers: response.headers, body }
}
