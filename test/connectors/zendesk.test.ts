import { join } from 'node:path'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { loadConnector, type Connector } from '@penstock/connectors/load-connector.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actualRows, expectedRows, type PlainRow } from '../engine-generality/expected-rows.ts'
import { Warehouse, type WarehouseSource } from '../engine-generality/warehouse.ts'
import { ZendeskFake } from '../fakes/zendesk.ts'

const folder = join(import.meta.dirname, '../../connectors/zendesk')

test('Zendesk is a manifest and record schemas, and nothing is wrong with them', async () => {
  expect(await checkConnector(folder)).toEqual([])
})

describe('an account', () => {
  let fake: ZendeskFake
  let warehouse: Warehouse
  let connector: Connector
  /** What is known of comments: those of tickets that were deleted later stay. */
  let read: Map<unknown, PlainRow>
  beforeEach(async () => {
    fake = await ZendeskFake.start({ seed: 5, tickets: 110, exportPage: 25, exportsPerMinute: 100 })
    warehouse = await Warehouse.create()
    connector = await loadConnector(folder)
    read = new Map()
  })
  afterEach(async () => {
    await fake.close()
    await warehouse.remove()
  })

  const source = (settings: Readonly<Record<string, string>>): WarehouseSource => ({
    connector,
    region: 'global',
    apiBaseUrl: fake.url,
    host: fake.host,
    settings: { subdomain: 'acme', ...settings },
  })
  const byToken = (): WarehouseSource => source({ email: fake.tokens.email, apiToken: fake.tokens.apiToken })

  const expectTables = async (): Promise<void> => {
    for (const comment of readableComments(fake)) read.set(comment.id, comment)
    for (const [object, records] of Object.entries({
      ...tablesOf(fake),
      ticket_comments: [...read.values()],
    })) {
      const schema = connector.records.get(object)
      if (!schema) throw new Error(`There is no ${object}.`)
      const rows = actualRows(await warehouse.rows(object), schema)
      expect({ object, rows }).toEqual({ object, rows: expectedRows(records, schema) })
    }
  }

  test('lands whole, and again after each hour of changes, from where the export was left', async () => {
    expect(await warehouse.run(byToken())).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
    const first = fake.requests.filter(({ path }) => path.includes('incremental/tickets'))
    expect(first.map(({ query }) => [query.start_time, query.cursor === undefined])).toEqual([
      ['0', true],
      ...Array.from({ length: 4 }, () => [undefined, false]),
      // One more look at what changed while the pages were read.
      [expect.stringMatching(/^\d+$/), true],
    ])

    for (let hour = 0; hour < 2; hour++) {
      fake.account.change(fake.now())
      fake.settle()
      fake.requests.length = 0
      expect(await warehouse.run(byToken())).toMatchObject({ status: 'succeeded', error: null })
      await expectTables()
      const tickets = fake.requests.filter(({ path }) => path.includes('incremental/tickets'))
      expect(Number(tickets[0]?.query.start_time)).toBeGreaterThan(Date.now() / 1000 - 400)
      // A deleted ticket's comments are gone, and that is how its row is known to be of a deleted ticket.
      const marked = (await warehouse.rows('tickets')).filter(({ _deleted_at }) => _deleted_at !== null)
      expect(new Set(marked.map(({ id }) => Number(id)))).toEqual(deletedTickets(fake))
    }
  })

  test('finds in the next run what changed between two pages and so left the export', async () => {
    fake.afterAnswer = ({ path }) => {
      if (!path.includes('incremental/tickets')) return
      fake.afterAnswer = undefined
      for (const ticket of fake.account.tickets.slice(20, 50)) fake.account.addComment(ticket, fake.now())
    }
    expect(await warehouse.run(byToken())).toMatchObject({ status: 'succeeded', error: null })
    fake.settle()
    expect(await warehouse.run(byToken())).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
  })

  test('goes on within the export, by its cursor alone, after its token was revoked in the middle', async () => {
    const begun = Promise.withResolvers<void>()
    fake.beforeAnswer = async (path) => {
      if (!path.includes('/tickets/80/')) return
      await begun.promise
      fake.tokens.apiToken = 'another'
    }
    const stopped = await warehouse.run(byToken(), undefined, ({ checkpoints }) => {
      if (checkpoints.get('tickets')?.reading?.windows[0]?.position !== undefined) begun.resolve()
    })
    expect(stopped).toMatchObject({ error: { code: 'unauthorized' } })
    fake.requests.length = 0
    expect(await warehouse.run(byToken())).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
    const first = fake.requests.find(({ path }) => path.includes('incremental/tickets'))?.query
    expect([typeof first?.cursor, first?.start_time]).toEqual(['string', undefined])
  })

  test('lands whole while OAuth tokens expire and each refresh uses up the one before', async () => {
    fake.tokens.lifeMs = 150
    const { clientId, clientSecret, accessToken, refreshToken } = fake.tokens
    const settings = { clientId, clientSecret, accessToken, refreshToken }
    expect(await warehouse.run(source(settings))).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
    expect(fake.tokens.refreshes).toBeGreaterThan(1)
  })

  test('says that a token is dead', async () => {
    const report = await warehouse.run(source({ email: fake.tokens.email, apiToken: 'revoked' }), ['groups'])
    expect(report).toMatchObject({ status: 'failed', error: { code: 'unauthorized' } })
  })
})

function tablesOf({ account }: ZendeskFake): Readonly<Record<string, readonly PlainRow[]>> {
  return {
    tickets: account.tickets,
    users: account.users,
    organizations: account.organizations,
    groups: account.groups,
    ticket_fields: account.ticketFields,
    satisfaction_ratings: account.satisfactionRatings,
    ticket_tag: account.tickets.flatMap((ticket) =>
      (Array.isArray(ticket.tags) ? ticket.tags : []).map((tag) => ({ ticket_id: ticket.id, tag })),
    ),
  }
}

function deletedTickets({ account }: ZendeskFake): ReadonlySet<number> {
  return new Set(account.tickets.filter(({ status }) => status === 'deleted').map(({ id }) => Number(id)))
}

/** Comments that the API gives: those of tickets that are not deleted. */
function readableComments({ account }: ZendeskFake): readonly PlainRow[] {
  const open = account.tickets.filter(({ status }) => status !== 'deleted')
  return open.flatMap(({ id }) =>
    (account.comments.get(Number(id)) ?? []).map((comment) => ({ ...comment, ticket_id: id })),
  )
}
