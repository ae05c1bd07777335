import { Hono, type Context } from 'hono'
import { logRequests, serveFake, type LoggedRequest, type ServedFake } from './serve-fake.ts'

/** A change of something, at a moment in Unix seconds. */
export interface Event {
  readonly id: string
  at: number
  text: string
}

const page = 5
/** What a search gives at the most, and how many days it looks at. */
const mostFound = 12
const longestDays = 10

/** An API whose lists have the forms that lists have elsewhere: found by a query text, capped, keyed, wrapped, of values, or absent. */
export class ShapelyApi {
  readonly requests: LoggedRequest[] = []
  readonly now = Math.floor(Date.now() / 1000)
  readonly events: Event[] = Array.from({ length: 63 }, (_, index) => ({
    id: `e${String(index).padStart(3, '0')}`,
    at: this.now - 40 * 86_400 + index * 50_000,
    text: `text ${index}`,
  }))
  rates: Record<string, number> = { eur: 1, usd: 1.1 }
  #served: ServedFake | undefined
  #unready = 2

  static async start(): Promise<ShapelyApi> {
    const api = new ShapelyApi()
    api.#served = await serveFake(api.#app())
    return api
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

  /** The day of a change, where the account is: ten hours behind UTC. */
  dayOf({ at }: Event): string {
    return new Date((at - 10 * 3600) * 1000).toISOString().slice(0, 10)
  }

  #app(): Hono {
    const app = new Hono()
    logRequests(app, this.requests)
    app.use(async (c, next) => {
      const known = c.req.header('X-Key') === 'one' && c.req.query('second') === 'two'
      return known ? await next() : c.json({ ok: false, code: 17 })
    })
    app.get('/me', (c) => c.json({ id: 'acc' }))
    app.get('/search', (c) => this.#search(c))
    app.get('/days', (c) => {
      const after = c.req.query('from') ?? ''
      const found = this.events.filter((event) => this.dayOf(event) >= after)
      return c.json({ 'found.here': found.map((event) => ({ id: event.id, day: this.dayOf(event) })) })
    })
    app.get('/rates', (c) => c.json(this.rates))
    app.get('/rows', (c) => this.#rows(c))
    app.get('/none', (c) => c.body(null, 204))
    app.get('/lacking', (c) => c.json({ size: 0 }))
    app.get('/unfound', (c) => c.json({ code: 'nothing_found' }, 404))
    app.get('/ticks', (c) => this.#ticks(c))
    app.get('/repeated', (c) => {
      const found = this.events.filter(({ at }) => at >= Number(c.req.query('since')))
      const from = (Math.min(Number(c.req.query('page')), Math.ceil(found.length / 9)) - 1) * 9
      return c.json({
        list: found.slice(from, from + 9).map(({ id, at }) => ({ id, at })),
        total: found.length,
      })
    })
    app.get('/endless', (c) => {
      const from = Number(c.req.query('from') ?? 0)
      const list = this.events.slice(from, from + page).map(({ id, at }) => ({ id, at: at * 1e6 }))
      return c.json({ list, next: `/endless?from=${from + page}&second=two` })
    })
    app.get('/late', (c) =>
      this.#unready-- > 0 ? c.json({ state: 'pending' }, 202) : c.json({ list: [{ id: 'l' }] }),
    )
    app.get('/shops', (c) => c.json({ edges: [{ node: { id: 's1' } }, { node: { id: 's2' } }] }))
    app.get('/shops/:shop/shelves', (c) => c.json({ shelves: [{ id: 'a' }, { id: 'b' }] }))
    app.get('/shops/:shop/shelves/:shelf', (c) =>
      c.json({ label: `${c.req.param('shop')} ${c.req.param('shelf')}` }),
    )
    app.get('/warned', (c) => c.json({ list: [{ id: 'half' }], warnings: ['the rest is missing'] }))
    app.get('/refused', (c) => c.json({ ok: false, code: 99 }))
    return app
  }

  /** By a text, for so many days and so many records; each page after the last record of the one before. */
  #search(c: Context): Response {
    const asked = /^changed from (\S+) to (\S+)$/.exec(c.req.query('q') ?? '')
    const [from, to] = [Date.parse(asked?.[1] ?? ''), Date.parse(asked?.[2] ?? '')].map((ms) => ms / 1000)
    if (from === undefined || to === undefined || !(to - from <= longestDays * 86_400))
      return c.json({ code: 400 }, 400)
    const found = this.events
      .filter(({ at }) => at >= from && at <= to)
      .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
    const start = found.findIndex(({ id }) => id === c.req.query('after')) + 1
    if (start >= mostFound) return c.json({ code: 400 }, 400)
    const records = found.slice(start, start + page)
    const sent = records.map(({ id, at, text }) => ({ id, text, changed: new Date(at * 1000).toUTCString() }))
    return c.json({ count: String(found.length), hits: sent, more: start + page < found.length })
  }

  /** Changed since a moment in microseconds, from a place that is counted from one; 304 where nothing is left. */
  #ticks(c: Context): Response {
    const since = Number(c.req.query('since') ?? 0) / 1e6
    const start = Number(c.req.query('start'))
    if (!(start >= 1)) return c.json({ code: 400 }, 400)
    const found = this.events.filter(({ at }) => at >= since).slice(start - 1, start - 1 + 7)
    if (found.length === 0) return c.body(null, 304)
    return c.json({ list: found.map(({ id, at }) => ({ id, at: `/Date(${at}000+0000)/` })) })
  }

  /** Lists of values, the next page's name in a header. */
  #rows(c: Context): Response {
    const from = Number(c.req.query('from') ?? 0)
    if (from + page < this.events.length) c.header('X-Next', String(from + page))
    return c.json(this.events.slice(from, from + page).map(({ id, text }) => [id, text]))
  }
}
