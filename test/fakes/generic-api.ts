import { Hono, type Context } from 'hono'
import { GenericAccess, type Access } from './generic-access.ts'
import { GenericData, type Thing, type Times } from './generic-data.ts'
import { GenericPages, type Pages } from './generic-pages.ts'
import { logRequests, serveFake, type LoggedRequest, type ServedFake } from './serve-fake.ts'

/** How the API writes what is asked for: the bounds of its filter. */
export type Asked = 'iso8601' | 'unix_seconds' | 'unix_millis' | 'date'

/** An API of one's own choosing: each of the things in which APIs differ, and nothing else. */
export interface GenericOptions {
  readonly seed: number
  readonly access: Access
  readonly pages: Pages
  readonly times: Times
  /** server: by `since` and `until`. newest_first and none: no filter, and the order is that of change or of nothing. */
  readonly filter: 'server' | 'newest_first' | 'none'
  readonly asked?: Asked
  /** How questions come: in the query, as a JSON body or as a form. */
  readonly questions: 'query' | 'json' | 'form'
  /** Where the answer keeps its records; empty: the answer is the list. */
  readonly recordsAt: '' | 'items' | 'result.page.items'
  readonly records?: number
  readonly pageSize?: number
}

/** A small API that speaks as its options say, over real HTTP. */
export class GenericApi {
  readonly requests: LoggedRequest[] = []
  readonly data: GenericData
  readonly access: GenericAccess
  readonly options: GenericOptions
  readonly #pages: GenericPages
  #served: ServedFake | undefined

  constructor(options: GenericOptions) {
    this.options = options
    this.data = new GenericData({ seed: options.seed, records: options.records ?? 57, times: options.times })
    this.access = new GenericAccess(options.access)
    this.#pages = new GenericPages(options.pages, options.pageSize ?? 10, options.recordsAt)
  }

  static async start(options: GenericOptions): Promise<GenericApi> {
    const api = new GenericApi(options)
    api.#served = await serveFake(api.#app())
    return api
  }

  get url(): string {
    return `${this.#served?.url ?? ''}/base`
  }

  get host(): string {
    return this.#served?.host ?? ''
  }

  async close(): Promise<void> {
    await this.#served?.close()
  }

  /** What a connection needs to be let in, by setting. */
  settings(): Readonly<Record<string, string>> {
    return { tenant: 'tenant 7', ...this.access.settings() }
  }

  /** The odd things or the even ones, by the last digit of their id. */
  half(half: string): readonly Thing[] {
    const rest = half === 'odd' ? 1 : 0
    return this.data.things.filter(({ id }) => Number(id) % 2 === rest).map(({ id, name }) => ({ id, name }))
  }

  #app(): Hono {
    const app = new Hono().basePath('/base')
    logRequests(app, this.requests)
    app.post('/oauth/token', async (c) => this.access.exchange(c))
    app.use('/v1/*', async (c, next) => {
      if (c.req.header('X-Tenant') !== 'tenant 7') return c.json({ code: 'no_tenant' }, 400)
      return this.access.refuse(c) ?? (await next())
    })
    app.get('/v1/me', (c) => c.json({ account: { id: 'acc-1', name: 'Acme' } }))
    app.on(this.options.questions === 'query' ? 'GET' : 'POST', '/v1/things', async (c) => {
      const question = await this.#readQuestion(c)
      const wrong = this.#refuseBounds(question)
      return wrong === undefined
        ? this.#pages.answer(c, question, this.#select(question))
        : c.json({ code: wrong }, 400)
    })
    app.get('/v1/things/:id/notes', (c) => {
      const notes = this.data.notes.get(Number(c.req.param('id')))
      if (!notes) return c.json({ code: 'not_found' }, 404)
      const [page, size] = [Number(c.req.query('page')), Number(c.req.query('size'))]
      return c.json({ notes: notes.slice(page * size, page * size + size) })
    })
    app.get('/v1/things/:id/labels', (c) =>
      c.json({ labels: this.data.labels.get(Number(c.req.param('id'))) ?? [] }),
    )
    // Each half of the things is a list of its own, and its records do not say which.
    app.get('/v1/halves/:half', (c) => c.json({ half: this.half(c.req.param('half')) }))
    app.notFound((c) => c.json({ code: 'no_such_path' }, 404))
    return app
  }

  async #readQuestion(c: Context): Promise<ReadonlyMap<string, string>> {
    if (this.options.questions === 'query') return new Map(Object.entries(c.req.query()))
    const isJson = c.req.header('Content-Type')?.startsWith('application/json') ?? false
    if (isJson !== (this.options.questions === 'json')) return new Map([['since', 'body in the wrong form']])
    const body: Record<string, unknown> = isJson ? await c.req.json() : await c.req.parseBody()
    return new Map(
      Object.entries(body).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
  }

  /** A bound that is not in the form this API asks for is an error, as it should be. */
  #refuseBounds(question: ReadonlyMap<string, string>): string | undefined {
    const form = {
      iso8601: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
      unix_seconds: /^\d{1,10}$/,
      unix_millis: /^(0|\d{12,13})$/,
      date: /^\d{4}-\d\d-\d\d$/,
    }
    const good = form[this.options.asked ?? 'unix_seconds']
    return ['since', 'until'].find((name) => !good.test(question.get(name) ?? '') && question.has(name))
  }

  #select(question: ReadonlyMap<string, string>): readonly Thing[] {
    const { filter } = this.options
    const changed = (thing: Thing): number => this.data.changedAt(thing)
    if (filter === 'newest_first') return this.data.things.toSorted((a, b) => changed(b) - changed(a))
    if (filter === 'none') return this.data.things
    const [since, until] = [this.#bound(question.get('since')), this.#bound(question.get('until'))]
    return this.data.things
      .filter(
        (thing) =>
          this.#comparable(thing) >= (since ?? -Infinity) && this.#comparable(thing) < (until ?? Infinity),
      )
      .toSorted((a, b) => changed(a) - changed(b) || Number(a.id) - Number(b.id))
  }

  #bound(asked: string | undefined): number | undefined {
    if (asked === undefined) return undefined
    if (!/^\d+$/.test(asked)) return Date.parse(asked)
    return Number(asked) * (this.options.asked === 'unix_millis' ? 1 : 1000)
  }

  /** What the filter compares; asked by date, it is the day in a zone that is 14 hours ahead. */
  #comparable(thing: Thing): number {
    const changed = this.data.changedAt(thing)
    if (this.options.asked !== 'date') return changed
    return Math.floor((changed + 14 * 3_600_000) / 86_400_000) * 86_400_000
  }
}
