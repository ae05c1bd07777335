import { Hono, type Context } from 'hono'
import { makeRepository, type GitHubRecord, type Repository } from './github-data.ts'
import { logRequests, serveFake, type LoggedRequest, type ServedFake } from './serve-fake.ts'

/** One repository behind a fake of GitHub's REST API, version 2022-11-28, as docs.github.com/rest describes it. */
export class GitHubFake {
  readonly owner = 'octo-org'
  readonly name = 'lighthouse'
  readonly token = 'github_pat_fake_0001'
  readonly requests: LoggedRequest[] = []
  /** Called once a request is answered and before the next: the moment to change something between two pages. */
  afterAnswer: ((request: LoggedRequest) => void) | undefined
  readonly repository: Repository
  /** Refusals that come before any answer, first in first out. */
  readonly refusals: {
    readonly status: number
    readonly message: string
    readonly headers: Record<string, string>
  }[] = []
  issuesEnabled = true
  #served: ServedFake | undefined
  #used = 0

  constructor(options: { readonly seed: number; readonly issues: number }) {
    this.repository = makeRepository(options)
  }

  static async start(options: { readonly seed: number; readonly issues: number }): Promise<GitHubFake> {
    const fake = new GitHubFake(options)
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

  #app(): Hono {
    const app = new Hono()
    logRequests(app, this.requests, (request) => this.afterAnswer?.(request))
    app.use(async (c, next) => this.#guard(c) ?? (await next()))
    const root = `/repos/${this.owner}/${this.name}`
    app.get(root, (c) =>
      c.json({
        id: 4242,
        name: this.name,
        full_name: `${this.owner}/${this.name}`,
        private: true,
        created_at: '2020-01-01T00:00:00Z',
      }),
    )
    app.get(`${root}/issues`, (c) => {
      if (!this.issuesEnabled) return c.json({ message: 'Issues has been disabled in this repository.' }, 410)
      const state = c.req.query('state') ?? 'open'
      const issues = this.repository.issues.filter((issue) => state === 'all' || issue.state === state)
      return this.#list(c, sortList(c, sinceOnly(c, issues), 'desc'))
    })
    app.get(`${root}/issues/comments`, (c) =>
      this.#list(
        c,
        sortList(c, sinceOnly(c, this.repository.comments), c.req.query('sort') ? 'desc' : 'asc'),
      ),
    )
    app.get(`${root}/labels`, (c) => this.#list(c, this.repository.labels))
    app.get(`${root}/milestones`, (c) => {
      const state = c.req.query('state') ?? 'open'
      return this.#list(
        c,
        this.repository.milestones.filter((one) => state === 'all' || one.state === state),
      )
    })
    app.get(`${root}/assignees`, (c) => this.#list(c, this.repository.assignees))
    app.notFound((c) =>
      c.json({ message: 'Not Found', documentation_url: 'https://docs.github.com/rest' }, 404),
    )
    return app
  }

  /** Rate limits, who is asking, and the version: what stands before every answer. */
  #guard(c: Context): Response | undefined {
    this.#used++
    c.header('X-RateLimit-Limit', '5000')
    c.header('X-RateLimit-Remaining', String(Math.max(0, 5000 - this.#used)))
    c.header('X-RateLimit-Used', String(this.#used))
    c.header('X-RateLimit-Reset', String(Math.ceil(Date.now() / 3_600_000) * 3600))
    c.header('X-RateLimit-Resource', 'core')
    c.header('X-GitHub-Api-Version-Selected', c.req.header('X-GitHub-Api-Version') ?? '2022-11-28')
    if (!c.req.header('User-Agent'))
      return c.text(
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
        403,
      )
    if (!/^(Bearer|token) /.test(c.req.header('Authorization') ?? ''))
      return c.json({ message: 'Not Found' }, 404)
    if (c.req.header('Authorization')?.split(' ')[1] !== this.token)
      return c.json({ message: 'Bad credentials' }, 401)
    const version = c.req.header('X-GitHub-Api-Version') ?? '2022-11-28'
    if (version !== '2022-11-28') return c.json({ message: `${version} is not a supported version.` }, 400)
    const refusal = this.refusals.shift()
    if (!refusal) return undefined
    for (const [name, value] of Object.entries(refusal.headers)) c.header(name, value)
    return Response.json(
      { message: refusal.message },
      { status: refusal.status, headers: new Headers(refusal.headers) },
    )
  }

  /** One page, with the Link header of RFC 8288; no header where all fits on one page. */
  #list(c: Context, records: readonly GitHubRecord[]): Response {
    const size = Math.min(100, Number(c.req.query('per_page') ?? 30))
    const page = Math.max(1, Number(c.req.query('page') ?? 1))
    const last = Math.max(1, Math.ceil(records.length / size))
    const link = (number: number, rel: string): string => {
      const url = new URL(c.req.url)
      url.searchParams.set('page', String(number))
      return `<${url.href}>; rel="${rel}"`
    }
    const links = [
      ...(page > 1 ? [link(page - 1, 'prev')] : []),
      ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
      ...(page > 1 ? [link(1, 'first')] : []),
    ]
    if (links.length > 0) c.header('Link', links.join(', '))
    return c.json(records.slice((page - 1) * size, page * size))
  }
}

function sinceOnly(c: Context, records: readonly GitHubRecord[]): readonly GitHubRecord[] {
  const since = c.req.query('since')
  if (since === undefined) return records
  const from = Date.parse(since)
  return records.filter((record) => Date.parse(String(record.updated_at)) >= from)
}

function sortList(c: Context, records: readonly GitHubRecord[], direction: string): readonly GitHubRecord[] {
  const field = c.req.query('sort') === 'updated' ? 'updated_at' : 'created_at'
  const sign = (c.req.query('direction') ?? direction) === 'asc' ? 1 : -1
  const key = (record: GitHubRecord): number => Date.parse(String(record[field]))
  return records.toSorted((a, b) => sign * (key(a) - key(b) || Number(a.id) - Number(b.id)))
}
