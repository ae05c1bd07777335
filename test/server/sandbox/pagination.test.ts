import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, codeOf, everything, now, walk } from './call-sandbox.ts'
import type { Json } from './call-sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({
    now,
    clock: 'stopped',
    sizes: { contacts: 500, companies: 230, conversations: 90, tickets: 60 },
  })
})
afterEach(() => sandbox.close())

const ids = (records: readonly { id: string }[]) => records.map((record) => record.id)

describe('cursors', () => {
  test('lead through every record once, also where more records share a second than fit on a page', async () => {
    const listed = ids(await walk(sandbox, '/contacts', 'data', undefined, 20))
    const found = ids(
      await walk(
        sandbox,
        '/contacts/search',
        'data',
        { ...everything, sort: { field: 'updated_at', order: 'ascending' } },
        20,
      ),
    )
    expect(listed).toHaveLength(500)
    expect(new Set(listed).size).toBe(500)
    expect(new Set(found)).toEqual(new Set(listed))
    const seconds = Map.groupBy(await walk(sandbox, '/contacts', 'data'), (contact) => contact.updated_at)
    expect(Math.max(...[...seconds.values()].map((group) => group.length))).toBeGreaterThan(20)
  })

  test('are base64 of a sort value in milliseconds, an id and a page; the last page has no next', async () => {
    const { body } = await call(sandbox, '/contacts?per_page=150')
    const [value, id, page] = JSON.parse(Buffer.from(body.pages.next.starting_after, 'base64').toString())
    expect(value).toBe(body.data.at(-1).updated_at * 1000)
    expect([id, page]).toEqual([body.data.at(-1).id, 2])
    expect(body.pages).toMatchObject({ type: 'pages', page: 1, per_page: 150, total_pages: 4 })
    expect(body.total_count).toBe(500)
    const last = await call(sandbox, '/conversations?per_page=150')
    expect('next' in last.body.pages).toBe(false)
  })

  test('point into a moving index: what changes while paging comes again or is missed', async () => {
    const first = await call(sandbox, '/contacts?per_page=100')
    sandbox.workspace.change({
      kind: 'update_contact',
      id: ids(await walk(sandbox, '/contacts', 'data')).at(-1) ?? '',
    })
    let after = first.body.pages.next?.starting_after
    const later: string[] = []
    while (after) {
      const page = await call(sandbox, `/contacts?per_page=100&starting_after=${encodeURIComponent(after)}`)
      later.push(...ids(page.body.data))
      after = page.body.pages.next?.starting_after
    }
    expect(later).toHaveLength(399)
  })

  test('defaults are 10 for listed and 50 for searched contacts, 20 for conversations and tickets', async () => {
    expect((await call(sandbox, '/contacts')).body.data).toHaveLength(10)
    expect((await call(sandbox, '/contacts/search', everything)).body.data).toHaveLength(50)
    expect((await call(sandbox, '/conversations')).body.conversations).toHaveLength(20)
    expect((await call(sandbox, '/tickets/search', everything)).body.tickets).toHaveLength(20)
  })

  test('per_page above 150 is an error, or lowered where the switch says so', async () => {
    const paths = ['/contacts?per_page=151', '/conversations?per_page=x', '/contacts?per_page=-1']
    for (const path of paths) expect(codeOf(await call(sandbox, path))).toBe('400 invalid_per_page')
    expect(
      codeOf(await call(sandbox, '/contacts/search', { ...everything, pagination: { per_page: 200 } })),
    ).toBe('400 invalid_per_page')
    sandbox.workspace.behaviour.perPageAboveMax = 'clamp'
    expect((await call(sandbox, '/contacts?per_page=151')).body.data).toHaveLength(150)
  })

  test('a bad cursor is a 500, or a 400 where the switch says so', async () => {
    for (const cursor of [
      'nonsense',
      'WzEsMl0=',
      Buffer.from('[1,"5f000000aaaaaaaaaa000001",2]').toString('base64'),
    ])
      expect(codeOf(await call(sandbox, `/contacts?starting_after=${cursor}`))).toBe('500 server_error')
    sandbox.workspace.behaviour.badCursor = 'bad_request'
    expect(codeOf(await call(sandbox, '/contacts?starting_after=nonsense'))).toBe('400 parameter_invalid')
  })

  test('loop or repeat where the switch says so', async () => {
    const cursors = async () => {
      const seen: string[] = []
      let after = ''
      for (let page = 0; page < 6; page++) {
        const { body } = await call(
          sandbox,
          `/contacts?per_page=50${after && `&starting_after=${encodeURIComponent(after)}`}`,
        )
        after = body.pages.next.starting_after
        seen.push(after)
      }
      return seen
    }
    sandbox.workspace.behaviour.cursors = 'loop'
    const looped = await cursors()
    expect(looped[2]).toBe(looped[0])
    expect(looped[4]).toBe(looped[2])
    sandbox.workspace.behaviour.cursors = 'repeat'
    expect(new Set((await cursors()).slice(1)).size).toBe(1)
  })

  test('total_count can lie', async () => {
    sandbox.workspace.behaviour.searchTotalCount = 'wrong'
    expect((await call(sandbox, '/contacts/search', everything)).body.total_count).toBe(503)
  })
})

describe('page numbers', () => {
  test('lead on by a whole URL, and null on the last page', async () => {
    let path = '/companies/list?per_page=50'
    const seen: string[] = []
    for (;;) {
      const { body } = await call(sandbox, path, {})
      seen.push(...ids(body.data))
      if (body.pages.next === null) break
      expect(body.pages.next).toContain(`${sandbox.url}/companies/list?`)
      path = body.pages.next.slice(sandbox.url.length)
    }
    expect(new Set(seen).size).toBe(186)
  })

  test('companies without users are not listed, but scrolled; and past the ceiling only the scroll goes on', async () => {
    expect((await call(sandbox, '/companies/list?per_page=60', {})).body.total_count).toBe(186)
    sandbox.workspace.behaviour.companyListCeiling = 100
    expect(codeOf(await call(sandbox, '/companies/list?per_page=60&page=2', {}))).toBe('400 bad_request')
    sandbox.workspace.behaviour.scrollHidesUserless = true
    expect((await scrolled()).length).toBe(186)
  })

  test('order turns the companies around', async () => {
    const last = async (order: string) =>
      (await call(sandbox, `/companies/list?per_page=60&order=${order}`, {})).body.data.map(
        (one: Json) => one.last_request_at ?? 0,
      )
    expect(await last('asc')).toEqual((await last('asc')).toSorted((a: number, b: number) => a - b))
    expect(await last('desc')).toEqual((await last('desc')).toSorted((a: number, b: number) => b - a))
  })

  test('companies are found by name, company_id, tag and segment; a single one may come bare', async () => {
    const company = JSON.parse(sandbox.workspace.data.companies.text(8))
    const found = async (query: string) => (await call(sandbox, `/companies?${query}`)).body
    expect((await found(`company_id=${company.company_id}`)).data[0].id).toBe(company.id)
    expect((await found(`name=${encodeURIComponent(company.name)}`)).data[0].id).toBe(company.id)
    const tagged = JSON.parse(
      [...sandbox.workspace.data.companies.live()]
        .map((at) => sandbox.workspace.data.companies.text(at))
        .find((text) => !text.includes('"tags":[]')) ?? '',
    )
    expect(ids((await found(`per_page=60&tag_id=${tagged.tags.tags[0].id}`)).data)).toContain(tagged.id)
    expect(codeOf(await call(sandbox, '/companies?company_id=none'))).toBe('404 company_not_found')
    sandbox.workspace.behaviour.companyLookup = 'object'
    expect((await found(`company_id=${company.company_id}`)).type).toBe('company')
  })

  test('articles come last updated first; the activity log newest first, between two seconds, and never without the first', async () => {
    const articles = (await call(sandbox, '/articles?per_page=60')).body.data
    expect(articles).toEqual(articles.toSorted((a: Json, b: Json) => b.updated_at - a.updated_at))
    const after = now / 1000 - 300 * 86_400
    const logs = (
      await call(
        sandbox,
        `/admins/activity_logs?created_at_after=${after}&created_at_before=${after + 86_400 * 60}&per_page=100`,
      )
    ).body.activity_logs
    expect(logs.length).toBeGreaterThan(10)
    expect(logs.every((log: Json) => log.created_at >= after && log.created_at <= after + 86_400 * 60)).toBe(
      true,
    )
    expect(logs).toEqual(logs.toSorted((a: Json, b: Json) => b.created_at - a.created_at))
    expect(codeOf(await call(sandbox, '/admins/activity_logs'))).toBe('400 parameter_not_found')
  })

  test('a company’s contacts come by page number or by cursor', async () => {
    const id = sandbox.workspace.data.companies.idAt(3)
    const numbered = ids((await call(sandbox, `/companies/${id}/contacts?per_page=50`)).body.data)
    sandbox.workspace.behaviour.companyContactsPaging = 'cursor'
    expect(ids(await walk(sandbox, `/companies/${id}/contacts`, 'data', undefined, 1))).toEqual(numbered)
    expect(numbered.length).toBe(JSON.parse(sandbox.workspace.data.companies.text(3)).user_count)
  })
})

async function scrolled(): Promise<string[]> {
  const seen: string[] = []
  let token = ''
  for (;;) {
    const { body } = await call(sandbox, `/companies/scroll${token && `?scroll_param=${token}`}`)
    if (body.data.length === 0) return seen
    seen.push(...ids(body.data))
    token = body.scroll_param
  }
}

describe('the scroll', () => {
  const scroll = (token?: string) =>
    call(sandbox, `/companies/scroll${token ? `?scroll_param=${token}` : ''}`)

  test('gives a hundred companies a page under one token, ends with an empty page, and is then forgotten', async () => {
    const first = await scroll()
    const token = first.body.scroll_param
    const pages = [first, await scroll(token), await scroll(token), await scroll(token)]
    expect(pages.map((page) => page.body.data.length)).toEqual([100, 100, 30, 0])
    expect(new Set(pages.map((page) => page.body.scroll_param))).toEqual(new Set([token]))
    expect(pages[0]?.body).toMatchObject({ pages: null, total_count: null })
    expect(codeOf(await scroll(token))).toBe('404 not_found')
    expect((await scroll()).status).toBe(200)
  })

  test('there is one at a time, and it dies after a minute without a call', async () => {
    const { scroll_param: token } = (await scroll()).body
    expect(codeOf(await scroll())).toBe('400 scroll_exists')
    sandbox.workspace.clock.advance(59)
    expect((await scroll(token)).status).toBe(200)
    sandbox.workspace.clock.advance(61)
    expect(codeOf(await scroll(token))).toBe('404 not_found')
    expect((await scroll()).status).toBe(200)
    sandbox.workspace.behaviour.scrollLimit = 'many'
    expect((await scroll()).status).toBe(200)
  })

  test('it can fail in the middle and has to start over, and it can change its token', async () => {
    Object.assign(sandbox.workspace.behaviour, { scrollErrorEvery: 2, scrollToken: 'fresh' })
    const { scroll_param: token } = (await scroll()).body
    const failed = await scroll(token)
    expect(codeOf(failed)).toBe('500 server_error')
    expect(failed.body.errors[0].message).toContain('Please restart the scroll operation')
    sandbox.workspace.behaviour.scrollErrorEvery = 0
    expect((await scroll(token)).status).toBe(404)
    const again = await scroll()
    const next = await scroll(again.body.scroll_param)
    expect(next.body.scroll_param).not.toBe(again.body.scroll_param)
  })

  test('a company deleted while scrolling does not end the scroll early', async () => {
    const { scroll_param: token } = (await scroll()).body
    for (let index = 100; index < 200; index++)
      sandbox.workspace.change({ kind: 'delete_company', id: sandbox.workspace.data.companies.idAt(index) })
    expect((await scroll(token)).body.data).toHaveLength(30)
  })
})
