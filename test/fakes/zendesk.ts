import { Hono, type Context } from 'hono'
import { logRequests, serveFake, type LoggedRequest, type ServedFake } from './serve-fake.ts'
import { makeAccount, type ZendeskAccount, type ZendeskRecord } from './zendesk-data.ts'
import { ZendeskTokens } from './zendesk-tokens.ts'

export interface ZendeskOptions {
  readonly seed: number
  readonly tickets: number
  /** Records of an export's page, whatever is asked for; 1,000 at Zendesk. */
  readonly exportPage?: number
  /** 10 at Zendesk. */
  readonly exportsPerMinute?: number
}

/** One account behind a fake of Zendesk's Ticketing API, as developer.zendesk.com describes it. */
export class ZendeskFake {
  readonly requests: LoggedRequest[] = []
  /** Called once a request is answered and before the next: the moment to change something between two pages. */
  afterAnswer: ((request: LoggedRequest) => void) | undefined
  /** Awaited before a request is looked at: the way to hold an answer back until something has happened. */
  beforeAnswer: ((path: string) => Promise<void>) | undefined
  readonly account: ZendeskAccount
  readonly tokens = new ZendeskTokens()
  readonly #options: ZendeskOptions
  #served: ServedFake | undefined
  #ahead = 0
  #exports: number[] = []
  #used = 0

  constructor(options: ZendeskOptions) {
    this.#options = options
    this.account = makeAccount(options)
  }

  static async start(options: ZendeskOptions): Promise<ZendeskFake> {
    const fake = new ZendeskFake(options)
    fake.#served = await serveFake(fake.#app())
    return fake
  }

  get url(): string {
    return this.#served?.url ?? ''
  }

  get host(): string {
    return this.#served?.host ?? ''
  }

  async close(): Promise<void> {
    await this.#served?.close()
  }

  /** The account's own time, in milliseconds. */
  now(): number {
    return Date.now() + this.#ahead
  }

  /** Lets a minute and a bit go by, so that exports show what changed until now. */
  settle(): void {
    this.#ahead += 62_000
  }

  #app(): Hono {
    const app = new Hono()
    logRequests(app, this.requests, (request) => this.afterAnswer?.(request))
    app.get('/oauth/authorizations/new', (c) => this.tokens.authorize(c))
    app.post('/oauth/tokens', async (c) => this.tokens.exchange(c, this.now()))
    app.use('/api/*', async (c, next) => {
      await this.beforeAnswer?.(c.req.path)
      return this.#guard(c) ?? (await next())
    })
    const account = this.account
    for (const end of ['', '.json']) {
      app.get(`/api/v2/account/settings${end}`, (c) =>
        c.json({
          settings: {
            localization: { locale_ids: [1], time_zone: 'Dublin', iana_time_zone: 'Europe/Dublin' },
          },
        }),
      )
      app.get(`/api/v2/incremental/tickets/cursor${end}`, (c) =>
        this.#export(c, 'tickets', account.tickets, (one) => Number(one.generated_timestamp)),
      )
      app.get(`/api/v2/incremental/users/cursor${end}`, (c) =>
        this.#export(c, 'users', account.users, (one) => Date.parse(String(one.updated_at)) / 1000),
      )
      app.get(`/api/v2/organizations${end}`, (c) => listRecords(c, 'organizations', account.organizations))
      app.get(`/api/v2/groups${end}`, (c) => listRecords(c, 'groups', account.groups))
      app.get(`/api/v2/ticket_fields${end}`, (c) => listRecords(c, 'ticket_fields', account.ticketFields))
      app.get(`/api/v2/satisfaction_ratings${end}`, (c) =>
        listRecords(c, 'satisfaction_ratings', account.satisfactionRatings),
      )
    }
    app.get('/api/v2/tickets/:id/:comments{comments(\\.json)?}', (c) => {
      const ticket = account.tickets.find((one) => one.id === Number(c.req.param('id')))
      if (!ticket || ticket.status === 'deleted') return notFound(c)
      return listRecords(c, 'comments', account.comments.get(Number(ticket.id)) ?? [])
    })
    app.notFound(notFound)
    return app
  }

  /** Who is asking, and the limits of an account and of exports. */
  #guard(c: Context): Response | undefined {
    const now = this.now()
    const refused = this.tokens.refuse(c)
    if (refused) return refused
    const resets = 60 - (Math.floor(now / 1000) % 60)
    this.#used++
    for (const prefix of ['', 'x-']) {
      c.header(prefix === '' ? 'ratelimit-limit' : 'x-rate-limit', '700')
      c.header(
        prefix === '' ? 'ratelimit-remaining' : 'x-rate-limit-remaining',
        String(Math.max(100, 700 - this.#used)),
      )
    }
    c.header('ratelimit-reset', String(resets))
    if (!c.req.path.includes('/incremental/')) return undefined
    const most = this.#options.exportsPerMinute ?? 10
    this.#exports = this.#exports.filter((at) => at > now - 60_000)
    const left = most - this.#exports.length
    c.header(
      'zendesk-ratelimit-incremental-exports',
      `total=${most}; remaining=${Math.max(0, left - 1)}; resets=${resets}`,
    )
    if (left <= 0) {
      const wait = Math.ceil(((this.#exports[0] ?? now) + 60_000 - now) / 1000)
      return c.json(
        {
          error: 'TooManyRequests',
          description: 'Number of allowed incremental ticket export API requests per minute exceeded',
        },
        429,
        { 'Retry-After': String(wait) },
      )
    }
    this.#exports.push(now)
    return undefined
  }

  /** A cursor export: by time of change, then id, up to a minute ago. The cursor is in the form that Zendesk's examples show. */
  #export(
    c: Context,
    name: string,
    records: readonly ZendeskRecord[],
    changed: (record: ZendeskRecord) => number,
  ): Response {
    const { start_time: start, cursor } = c.req.query()
    const until = this.now() / 1000 - 60
    if (cursor === undefined && !/^\d+$/.test(start ?? ''))
      return c.json({ error: 'InvalidValue', description: 'Missing or invalid start_time' }, 422)
    if (cursor === undefined && Number(start) > until)
      return c.json(
        {
          error: 'StartTimeTooRecent',
          description: 'Too recent start_time. Use a start_time older than 60 seconds',
        },
        422,
      )
    const [fromTime = 0, fromId = 0] =
      cursor === undefined
        ? [Number(start), -1]
        : Buffer.from(cursor, 'base64')
            .toString()
            .split('||')
            .map((part) => Number.parseFloat(part))
    const size = Math.min(this.#options.exportPage ?? 1000, Number(c.req.query('per_page') ?? 1000))
    const after = records
      .filter(
        (one) =>
          changed(one) <= until &&
          (changed(one) > fromTime || (changed(one) === fromTime && Number(one.id) > fromId)),
      )
      .toSorted((a, b) => changed(a) - changed(b) || Number(a.id) - Number(b.id))
    const page = after.slice(0, size)
    const last = page.at(-1)
    const next = last
      ? Buffer.from(`${changed(last)}.0||${Number(last.id)}|`).toString('base64')
      : (cursor ?? null)
    const nextUrl =
      next === null ? null : `${new URL(c.req.url).origin}${c.req.path}?cursor=${encodeURIComponent(next)}`
    return c.json({
      [name]: page,
      after_url: nextUrl,
      after_cursor: next,
      before_url: null,
      before_cursor: null,
      end_of_stream: after.length <= size,
    })
  }
}

function notFound(c: Context): Response {
  return c.json({ error: 'RecordNotFound', description: 'Not found' }, 404)
}

/** With page[size], pages by cursor, its links there on the last page too; else by number, refused beyond 10,000 records. */
function listRecords(c: Context, name: string, records: readonly ZendeskRecord[]): Response {
  const url = new URL(c.req.url)
  const size = url.searchParams.get('page[size]')
  if (size === null) return listByNumber(c, name, records)
  const from = Number(Buffer.from(url.searchParams.get('page[after]') ?? '', 'base64').toString() || 0)
  const to = Math.min(records.length, from + Math.min(100, Number(size)))
  const cursor = (at: number): string => Buffer.from(String(at)).toString('base64')
  url.searchParams.set('page[after]', cursor(to))
  return c.json({
    [name]: records.slice(from, to),
    meta: {
      has_more: to < records.length,
      after_cursor: to > from ? cursor(to) : null,
      before_cursor: to > from ? cursor(from) : null,
    },
    links: { prev: null, next: to > from ? url.href : null },
  })
}

function listByNumber(c: Context, name: string, records: readonly ZendeskRecord[]): Response {
  const url = new URL(c.req.url)
  const size = Math.min(100, Number(c.req.query('per_page') ?? 100))
  const page = Number(c.req.query('page') ?? 1)
  if (page * size > 10_000)
    return c.json({ error: 'InvalidPaginationDepth', description: 'Page must be less than 100' }, 400)
  url.searchParams.set('page', String(page + 1))
  const more = page * size < records.length
  return c.json({
    [name]: records.slice((page - 1) * size, page * size),
    next_page: more ? url.href : null,
    previous_page: null,
    count: records.length,
  })
}
