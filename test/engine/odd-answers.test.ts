import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { reportOf, troubles } from './pipeline-rig.ts'

const thing: RecordSchema = {
  type: 'object',
  properties: { id: { type: 'integer', 'x-id': true }, updated_at: { type: 'integer' } },
}

const connector: Connector = {
  name: 'odd',
  folder: '',
  manifest: {
    name: 'odd',
    title: 'Odd',
    api: { regions: { here: { title: 'Here', api: 'https://odd.example' } } },
    settings: { token: { title: 'Token', secret: true } },
    authentication: [{ type: 'bearer', token: 'token' }],
    check: { request: { path: '/me' }, account: { id: 'id' } },
    errorAt: { code: 'error' },
    errors: [
      { status: [200], codes: ['no_permission'], means: 'missing_scope' },
      { status: [200], codes: ['slow_down'], means: 'rate_limited', afterSeconds: [0.01] },
    ],
    objects: {
      changed: {
        title: 'By cursor',
        mode: 'incremental',
        primaryKey: ['id'],
        record: 'thing.schema.json',
        checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'server' },
        read: {
          type: 'list',
          request: { path: '/changed', query: { above: { $from: 'page.cursor' } } },
          recordsAt: 'things',
          pagination: { type: 'cursor', nextAt: 'last' },
        },
      },
      whole: {
        title: 'By page',
        mode: 'full_refresh',
        primaryKey: ['id'],
        record: 'thing.schema.json',
        read: {
          type: 'list',
          request: { path: '/whole', query: { page: { $from: 'page.number' } } },
          recordsAt: 'things',
          pagination: { type: 'page', totalPagesAt: 'pages', totalAt: 'total' },
        },
      },
    },
  },
  records: new Map([
    ['changed', thing],
    ['whole', thing],
  ]),
}

/** Only one list, which an API goes through by itself: each request for the same token gives what comes next. */
const scrolling: Connector = {
  ...connector,
  manifest: {
    ...connector.manifest,
    objects: {
      scrolled: {
        title: 'By scroll',
        mode: 'full_refresh',
        primaryKey: ['id'],
        record: 'thing.schema.json',
        read: {
          type: 'list',
          request: { path: '/scrolled', query: { token: { $from: 'page.cursor' } } },
          recordsAt: 'things',
          pagination: { type: 'scroll', tokenAt: 'token', idleSeconds: 60 },
        },
      },
    },
  },
  records: new Map([['scrolled', thing]]),
}

async function runOn(answers: Hono, warehouse: Warehouse, of = connector): Promise<RunReport> {
  const api = new Hono()
  api.get('/me', (context) => context.json({ id: 'account' }))
  api.route('/', answers)
  const fake = await serveFake(api)
  try {
    const settings = { token: 't' }
    const at = { region: 'here', apiBaseUrl: fake.url, host: fake.host, settings }
    return await warehouse.run({ connector: of, ...at })
  } finally {
    await fake.close()
  }
}

/** Nine identifiers, of which a double can hold every second: 9007199254740993 is not among them. */
const ids = Array.from({ length: 9 }, (_, index) => String(9_007_199_254_740_993n + BigInt(index)))
const written = (some: readonly string[]) =>
  some.map((id) => `{"id":${id},"updated_at":1760000000}`).join(',')

test('identifiers beyond 2^53 tell records apart, and are cursors, to their last digit', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  const json = { 'Content-Type': 'application/json' }
  api.get('/changed', (context) => {
    const above = context.req.query('above') ?? '0'
    const some = ids.filter((id) => BigInt(id) > BigInt(above)).slice(0, 2)
    return context.body(`{"things":[${written(some)}],"last":${some.at(-1) ?? 'null'}}`, 200, json)
  })
  api.get('/whole', (context) => {
    const page = Number(context.req.query('page'))
    const some = ids.slice(page * 3 - 3, page * 3)
    return context.body(`{"things":[${written(some)}],"pages":3,"total":9}`, 200, json)
  })
  try {
    expect(troubles(await runOn(api, warehouse))).toEqual([])
    for (const object of ['changed', 'whole'])
      expect(new Set((await warehouse.rows(object)).map(({ id }) => id))).toEqual(new Set(ids))
  } finally {
    await warehouse.remove()
  }
})

test('an error inside an answer of 200 means what the manifest says', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let asked = 0
  api.get('/changed', (context) => context.json({ error: 'no_permission' }))
  api.get('/whole', (context) =>
    context.json(asked++ === 0 ? { error: 'slow_down' } : { things: [], pages: 1, total: 0 }),
  )
  try {
    const report = await runOn(api, warehouse)
    expect(reportOf(report, 'changed')).toMatchObject({
      status: 'skipped',
      error: { code: 'missing_scope' },
    })
    expect(reportOf(report, 'whole').status).toBe('succeeded')
    expect(asked).toBe(2)
  } finally {
    await warehouse.remove()
  }
})

test('a cursor that is refused in the middle of a list is forgotten, and nothing of the list with it', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let refusals = 0
  api.get('/changed', (context) => {
    const above = Number(context.req.query('above') ?? '0')
    if (above === 4 && refusals++ < 2) return context.json({ error: 'bad_cursor' }, 400)
    const some = [1, 2, 3, 4, 5, 6].filter((id) => id > above).slice(0, 2)
    const last = some.at(-1)
    return context.json({
      things: some.map((id) => ({ id, updated_at: 1_760_000_000 })),
      last: last === 6 ? null : last,
    })
  })
  api.get('/whole', (context) => context.json({ things: [], pages: 1, total: 0 }))
  try {
    expect(troubles(await runOn(api, warehouse))).toEqual([])
    expect(refusals).toBeGreaterThan(2)
    expect(new Set((await warehouse.rows('changed')).map(({ id }) => id))).toEqual(
      new Set(['1', '2', '3', '4', '5', '6']),
    )
  } finally {
    await warehouse.remove()
  }
})

test.each([
  [404, 'not_found', 1],
  [400, 'bad_request', 20],
] as const)(
  'a scroll that the API has forgotten begins anew, in whatever words it says so, and however often: %i',
  async (status, error, times) => {
    const warehouse = await Warehouse.create()
    const api = new Hono()
    let [token, next, forgotten] = [0, 0, 0]
    api.get('/scrolled', (context) => {
      const asked = context.req.query('token')
      if (asked === undefined) [token, next] = [token + 1, 0]
      else if (next === 2 && forgotten++ < times) return context.json({ error }, status)
      next++
      const things = next > 4 ? [] : [{ id: next, updated_at: 1_760_000_000 }]
      return context.json({ things, token: `scroll-${token}` })
    })
    try {
      expect(troubles(await runOn(api, warehouse, scrolling))).toEqual([])
      expect(token).toBe(times + 1)
      expect(new Set((await warehouse.rows('scrolled')).map(({ id }) => id))).toEqual(
        new Set(['1', '2', '3', '4']),
      )
    } finally {
      await warehouse.remove()
    }
  },
)

test('a scroll that moved on although it was refused with 429 loses nothing', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let [token, next, refused] = [0, 0, 0]
  api.get('/scrolled', (context) => {
    if (context.req.query('token') === undefined) [token, next] = [token + 1, 0]
    if (++next === 3 && refused++ < 1) return context.json({ error: 'too_many' }, 429)
    const things = next > 4 ? [] : [{ id: next, updated_at: 1_760_000_000 }]
    return context.json({ things, token: `scroll-${token}` })
  })
  try {
    expect(troubles(await runOn(api, warehouse, scrolling))).toEqual([])
    const found = (await warehouse.rows('scrolled')).map(({ id }) => id)
    expect(new Set(found)).toEqual(new Set(['1', '2', '3', '4']))
  } finally {
    await warehouse.remove()
  }
})

test.each([
  [429, 8, 'succeeded'],
  [500, 40, 'failed'],
] as const)(
  'a scroll that is interrupted at one place by every pass, with %d, ends after %d passes, and has %s',
  async (status, passes, outcome) => {
    const warehouse = await Warehouse.create()
    const api = new Hono()
    let [token, next, interrupted] = [0, 0, 0]
    api.get('/scrolled', (context) => {
      if (context.req.query('token') === undefined) [token, next] = [token + 1, 0]
      if (next === 2 && interrupted < token) {
        interrupted = token
        return context.json({ error: 'interrupted' }, status, { 'Retry-After': '0.01' })
      }
      const things = ++next > 4 ? [] : [{ id: next, updated_at: 1_760_000_000 }]
      return context.json({ things, token: `scroll-${token}` })
    })
    try {
      const report = reportOf(await runOn(api, warehouse, scrolling), 'scrolled')
      expect(token).toBe(passes)
      expect(report.error?.code).toBe(status === 429 ? undefined : 'incomplete_read')
      expect(report.status).toBe(outcome)
      expect(await warehouse.rows('scrolled')).toHaveLength(status === 429 ? 4 : 0)
    } finally {
      await warehouse.remove()
    }
  },
)

test('a scroll that begins anew without a word is no list, and does not go on for ever', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let asked = 0
  api.get('/scrolled', (context) =>
    asked > 500
      ? context.json({ error: 'enough' }, 403)
      : context.json({ things: [{ id: 1 + (asked++ % 4), updated_at: 1_760_000_000 }], token: 'scroll' }),
  )
  try {
    expect(reportOf(await runOn(api, warehouse, scrolling), 'scrolled')).toMatchObject({
      status: 'failed',
      error: { code: 'incomplete_read' },
    })
  } finally {
    await warehouse.remove()
  }
})

test('a scroll that is refused from its very beginning is no scroll that was forgotten', async () => {
  const warehouse = await Warehouse.create()
  const api = new Hono()
  let asked = 0
  api.get('/scrolled', (context) => {
    asked++
    return context.json({ error: 'bad_request' }, 400)
  })
  try {
    expect(reportOf(await runOn(api, warehouse, scrolling), 'scrolled')).toMatchObject({
      status: 'failed',
      error: { code: 'invalid_request' },
    })
    expect(asked).toBe(1)
  } finally {
    await warehouse.remove()
  }
})
