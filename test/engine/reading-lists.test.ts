import { describe, expect, test } from 'vitest'
import type { Manifest, Pagination } from '@penstock/schemas/generated/manifest.ts'
import type { HttpResponse } from '@penstock/server/egress/collect-response.ts'
import { buildRequest } from '@penstock/server/engine/build-request.ts'
import { classifyResponse } from '@penstock/server/engine/classify-response.ts'
import { RunFailure, type FailureKind } from '@penstock/server/engine/failures.ts'
import { nextPage, type PageAt } from '@penstock/server/engine/next-page.ts'
import { parseAnswer } from '@penstock/server/engine/parse-answer.ts'
import { retrying } from '@penstock/server/engine/retry.ts'
import { selectRecords } from '@penstock/server/engine/select-records.ts'
import { loadIntercom } from './intercom-workspace.ts'
import { hastyClock } from './pipeline-rig.ts'

function respond(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, body, headers: new Map(Object.entries(headers)), receivedAt: 0, elapsedMs: 1 }
}

const base = new URL('https://api.example.com/v1/things?page=1')
const size = 2

type Case = readonly [Pagination, body: unknown, at: PageAt, count: number, PageAt | undefined]
const cursor = { type: 'cursor', nextAt: 'pages.next.after', size } as const
const flagged = { type: 'cursor', nextAt: 'next', moreAt: 'has_more', size } as const
const numbered = { type: 'page', totalPagesAt: 'pages.total', nextAt: 'pages.next', size } as const
const whole = { type: 'page', nextAt: 'pages.next', absentMeansEnd: true, omitFirst: true } as const
const offset = { type: 'offset', totalAt: 'total', moreAt: 'more', size } as const
const always = { type: 'next_url', nextAt: 'next', emptyMeansEnd: true } as const
const fromOne = { type: 'offset', first: 1, totalAt: 'total', size } as const
const cases: readonly Case[] = [
  [{ type: 'none' }, {}, {}, 5, undefined],
  [cursor, { pages: { next: { after: 'c2' } } }, {}, 2, { cursor: 'c2' }],
  [cursor, { pages: { next: { after: 7 } } }, {}, 2, { cursor: 7 }],
  [cursor, { pages: { next: { after: 'c2' } } }, {}, 0, { cursor: 'c2' }],
  [cursor, { pages: { next: null } }, {}, 2, undefined],
  [cursor, { pages: {} }, {}, 2, undefined],
  [cursor, { pages: { next: { after: '' } } }, {}, 2, undefined],
  [cursor, { pages: { next: 'https://api.example.com/things?after=c9&x=1' } }, {}, 2, { cursor: 'c9' }],
  [flagged, { next: 'c2', has_more: true }, {}, 2, { cursor: 'c2' }],
  [flagged, { next: 'c2', has_more: false }, {}, 2, undefined],
  [numbered, { pages: { total: 3, next: null } }, { number: 1 }, 2, { number: 2 }],
  [numbered, { pages: { total: 3, next: null } }, { number: 3 }, 2, undefined],
  [numbered, { pages: { total: 1, next: 'https://x' } }, { number: 1 }, 2, { number: 2 }],
  [numbered, { pages: {} }, { number: 1 }, 2, { number: 2, unsaid: true }],
  [numbered, { pages: {} }, { number: 1 }, 1, undefined],
  [numbered, { pages: { total: 9 } }, { number: 2 }, 0, undefined],
  [whole, {}, { number: 1 }, 500, undefined],
  [whole, { pages: { next: 'x' } }, { number: 1 }, 50, { number: 2 }],
  [offset, { total: 5 }, { offset: 2 }, 2, { offset: 4 }],
  [offset, { total: 4 }, { offset: 2 }, 2, undefined],
  [offset, { total: 4, more: true }, { offset: 2 }, 2, { offset: 4 }],
  [offset, {}, { offset: 2 }, 1, undefined],
  [{ type: 'scroll', tokenAt: 't' }, { t: 'same' }, { cursor: 'same' }, 1, { cursor: 'same' }],
  [{ type: 'scroll', tokenAt: 't' }, { t: 'same' }, { cursor: 'same' }, 0, undefined],
  [
    { type: 'next_url', nextAt: 'next' },
    { next: '?page=2' },
    {},
    2,
    { url: 'https://api.example.com/v1/things?page=2' },
  ],
  [{ type: 'next_url', nextAt: 'next' }, { next: null }, {}, 2, undefined],
  [{ type: 'next_url', nextAt: 'next' }, { next: [] }, {}, 2, undefined],
  [always, { next: '/v1/2' }, {}, 1, { url: 'https://api.example.com/v1/2' }],
  [always, { next: '/v1/2' }, {}, 0, undefined],
  [{ ...cursor, emptyMeansEnd: true }, { pages: { next: { after: 'c2' } } }, {}, 0, undefined],
  [{ type: 'cursor', nextAt: ['a.next', 'b.next'] }, { b: { next: 'c2' } }, {}, 2, { cursor: 'c2' }],
  [{ type: 'cursor', nextAt: ['a.next', 'b.next'] }, { b: { next: null } }, {}, 2, undefined],
  [fromOne, {}, { offset: 1 }, 2, { offset: 3 }],
  [fromOne, { total: 4 }, { offset: 3 }, 2, undefined],
  [cursor, { pages: { next: { after: [1, 'b'] } } }, {}, 2, { cursor: [1, 'b'] }],
]

test.each(cases)('after a page of %j that says %j (asked for %j, %d records) comes %j', (...one) => {
  const [pagination, body, at, count, expected] = one
  expect(
    nextPage(pagination, parseAnswer(respond(JSON.stringify(body)), base), at, Array(count).fill({})),
  ).toEqual(expected)
})

test.each([
  ['<https://api.example.com/v1/things?page=2>; rel="next"', 'https://api.example.com/v1/things?page=2'],
  ['</v1/things?page=2>; rel=next', 'https://api.example.com/v1/things?page=2'],
  ['<https://a/1>; rel="prev", <https://a/3,4>; title="a, b"; rel="next last"', 'https://a/3,4'],
  ['<https://a/1>; rel="prev"', undefined],
  ['', undefined],
])('the Link header %s leads to %s', (link, url) => {
  const answer = parseAnswer(respond('[]', 200, { link }), base)
  expect(nextPage({ type: 'link_header' }, answer, {}, [1, 2])?.url).toBe(url)
})

test.each([
  ['results="true"', 'https://a/2'],
  ['results="false"', undefined],
  ['RESULTS=false', undefined],
  ['title="results=false"', 'https://a/2'],
])('a Link header that always names a next page says with %s whether there is one', (told, url) => {
  const link = `<https://a/0>; rel="previous"; results="false", <https://a/2>; rel="next"; ${told}; cursor="0:100:0"`
  const answer = parseAnswer(respond('[]', 200, { link }), base)
  const pages = { type: 'link_header', endWhen: { results: 'false' } } as const
  expect(nextPage(pages, answer, {}, [])?.url).toBe(url)
})

test('a list that must say whether there is more, and does not, is no answer', () => {
  const answer = parseAnswer(respond('{"next":"c2"}'), base)
  expect(() => nextPage(flagged, answer, {}, [1, 2])).toThrow(RunFailure)
})

test.each([{ href: '/v1/2' }, true, 2])(
  'a next URL that is none (%j) is no answer and never the end',
  (next) => {
    const answer = parseAnswer(respond(JSON.stringify({ next })), base)
    expect(() => nextPage({ type: 'next_url', nextAt: 'next' }, answer, {}, [1, 2])).toThrow(RunFailure)
    const flag = parseAnswer(respond('{"next":true}'), base)
    expect(() => nextPage({ type: 'cursor', nextAt: 'next' }, flag, {}, [1, 2])).toThrow(RunFailure)
  },
)

test('a cursor of several values is sent back with every digit', () => {
  const text = '{"things":[{"sort":[9007199254740993,"x"]}],"next":[9007199254740993,"x"]}'
  const answer = parseAnswer(respond(text), base)
  const last = selectRecords(answer, 'things')
  for (const pages of [
    { type: 'cursor', nextAt: 'next' } as const,
    { type: 'last_record', at: 'sort' } as const,
  ])
    expect(JSON.stringify(nextPage(pages, answer, {}, last)?.cursor)).toBe('[9007199254740993,"x"]')
})

test.each(['c2', 'https://api.example.com/things?page=2'])(
  'a next page that is named (%s), but not in a way that is known, is no answer and never the end',
  (next) => {
    const answer = parseAnswer(respond(JSON.stringify({ pages: { next } })), base)
    expect(() => nextPage(cursor, answer, {}, [1, 2])).toThrow(RunFailure)
  },
)

test.each(['<html>', '', '{}', '{"errors":[{"code":"x"}]}', 'null', '[]', '{"data":{}}', '{"data":null}'])(
  'the answer %j is never taken for an empty list',
  (body) => {
    expect(() => selectRecords(parseAnswer(respond(body), base), 'data')).toThrow(RunFailure)
  },
)

test('a byte order mark before an answer is no part of it', () => {
  const answer = parseAnswer(respond('\ufeff{"data":[{"id":9007199254740993}]}'), base)
  expect(JSON.stringify(selectRecords(answer, 'data'))).toBe('[{"id":9007199254740993}]')
})

describe('an answer’s meaning', () => {
  const intercomError = (code: string, message = '') =>
    JSON.stringify({ type: 'error.list', errors: [{ code, message }] })
  const meanings: readonly (readonly [number, string, FailureKind | undefined])[] = [
    [200, '<html>', undefined],
    [401, intercomError('token_unauthorized'), 'missing_scope'],
    [401, intercomError('token_revoked'), 'unauthorized'],
    [401, '<html>', 'unauthorized'],
    [403, intercomError('api_plan_restricted'), 'plan_gate'],
    [403, '', 'forbidden'],
    [404, intercomError('not_found', 'User Not Found'), 'gone'],
    [404, intercomError('not_found', 'scroll parameter not found'), 'restart'],
    [400, intercomError('scroll_exists'), 'busy'],
    [500, intercomError('server_error', 'Please restart the scroll operation.'), 'restart'],
    [400, intercomError('intercom_version_invalid'), 'version_mismatch'],
    [429, '<html>', 'rate_limited'],
    [408, '', 'unavailable'],
    [502, '<html>', 'unavailable'],
    [400, intercomError('parameter_invalid'), 'invalid_request'],
    [302, '', 'not_an_answer'],
  ]
  test.each(meanings)('%d %s is %s', async (status, body, kind) => {
    const manifest: Manifest = (await loadIntercom()).manifest
    const meaning = classifyResponse(manifest, respond(body, status))
    expect(meaning instanceof RunFailure ? meaning.kind : meaning).toBe(kind)
  })

  test('never repeats what the API said', async () => {
    const { manifest } = await loadIntercom()
    const body = intercomError('jo@example.com is <bad>', 'jo@example.com')
    expect(classifyResponse(manifest, respond(body, 400))).toMatchObject({
      message: expect.not.stringContaining('jo@'),
    })
  })
})

describe('a request that fails', () => {
  const input = (waits: number[]) => ({
    clock: hastyClock((ms) => waits.push(ms)),
    random: () => 0.5,
    onWait: () => () => undefined,
    onRetry: () => undefined,
    signal: new AbortController().signal,
  })
  const failing = (failure: RunFailure, times: number) => {
    let left = times
    return async () => {
      if (left-- > 0) throw failure
      return 'done'
    }
  }

  test('for the moment is tried again, with growing waits, and not for ever', async () => {
    const waits: number[] = []
    const moment = new RunFailure('unavailable', 'x')
    expect(await retrying(input(waits), failing(moment, 8))).toBe('done')
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800])
    await expect(retrying(input([]), failing(moment, 99))).rejects.toBe(moment)
  })

  test('for good is not tried again', async () => {
    const waits: number[] = []
    const refused = new RunFailure('missing_scope', 'x')
    await expect(retrying(input(waits), failing(refused, 1))).rejects.toBe(refused)
    expect(waits).toEqual([])
  })

  test('because another is busy waits as the manifest says, then gives up', async () => {
    const waits: number[] = []
    const busy = new RunFailure('busy', 'x', { afterSeconds: [1, 2] })
    await expect(retrying(input(waits), failing(busy, 9))).rejects.toBe(busy)
    expect(waits.map((ms) => Math.floor(ms / 1000))).toEqual([1, 2])
  })
})

const aside = { path: '/things/{id}/parts', pathParameters: { id: { $from: 'parent.id' } } } as const

test.each(['%2e%2e', '../../admins', 'a/b', 'a?b', 'a#b', '\\..\\', 'ü', '...'])(
  'the path parameter %j stays in its place',
  (id) => {
    const { pathname } = new URL(buildRequest(aside, () => id).path, 'https://api.example.com')
    expect(pathname).toMatch(/^\/things\/[^/]+\/parts$/)
  },
)

test.each(['..', '.', ''])('the path parameter %j is refused', (id) => {
  expect(() => buildRequest(aside, () => id)).toThrow(RunFailure)
})
