import { describe, expect, test } from 'vitest'
import type { SchemaProblem } from '@penstock/schemas/schema-problem.ts'
import { parseCheckpoint, parseManifest, parsePipeline, parseRecordSchema } from '@penstock/schemas/parse.ts'
import type { Parsed } from '@penstock/schemas/parse.ts'

const pipeline = {
  name: 'Support warehouse',
  source: { connector: 'intercom', connection: { region: 'us', accessToken: { env: 'TOKEN' } } },
  objects: { contacts: { startAt: '2026-01-01', fields: { phone: 'exclude' } }, contact_tag: {}, tags: null },
  schedule: { every: '15m' },
  destination: { type: 'duckdb', connection: { path: './warehouse.duckdb' }, schema: 'intercom' },
}

describe('a pipeline document', () => {
  test('is read as it is', () => {
    expect(parsePipeline(pipeline)).toEqual({ value: pipeline })
  })

  test('has all of its problems said at once, each with its place and what to do', () => {
    const problems = problemsOf(
      parsePipeline({
        ...pipeline,
        objects: { contacts: { feilds: {}, fields: { phone: 'hide', email: 'hsh' } } },
        schedule: { evry: '15m' },
        concurrency: 0,
        destination: { type: 'duckdb', connection: [] },
      }),
    )
    expect(problems).toEqual([
      at('/objects/contacts/feilds', 'Nothing here is called “feilds”.', 'Did you mean fields?'),
      at('/objects/contacts/fields/phone', '“hide” is not one of the choices.', /replicate, hash, exclude/),
      at('/objects/contacts/fields/email', '“hsh” is not one of the choices.', /^Did you mean hash\?/),
      at('/concurrency', /too small/, 'Write 1 or more.'),
      at('/destination', '“schema” is missing.', /namespace/),
      at('/schedule', '“every” is missing.', 'Rename evry to every.'),
      at('/schedule/evry', /evry/, 'Did you mean every?'),
      at('/destination/connection', 'This is a list.', 'Write text or an object.'),
    ])
  })

  test('does not repeat what may be a secret in a message', () => {
    const pasted = { ...pipeline.source, connection: { accessToken: { env: 'dG9r:c2VjcmV0' } } }
    const problems = problemsOf(parsePipeline({ ...pipeline, source: pasted }))
    expect(problems).toHaveLength(1)
    expect(JSON.stringify(problems)).not.toContain('dG9r')
  })

  test('that is no object at all is refused', () => {
    for (const value of [null, undefined, 'text', 5, [], true]) {
      expect(problemsOf(parsePipeline(value))).toHaveLength(1)
    }
  })
})

describe('a manifest', () => {
  const read = { type: 'list', request: { path: '/things' }, recordsAt: 'data' }
  const manifest = (pagination: unknown, more: object = {}): unknown => ({
    name: 'things',
    title: 'Things',
    api: { regions: { here: { title: 'Here', api: 'https://api.example.com' } } },
    authentication: [{ type: 'bearer', token: 'token' }],
    check: { request: { path: '/me' } },
    objects: {
      things: {
        title: 'Things',
        mode: 'full_refresh',
        primaryKey: ['id'],
        record: 'things.schema.json',
        read: { ...read, pagination },
        ...more,
      },
    },
  })

  test('of a choice, only the branch that was meant is spoken of', () => {
    const place = '/objects/things/read/pagination'
    expect(problemsOf(parseManifest(manifest({ type: 'cursor', next: 'x' })))).toEqual([
      at(place, '“nextAt” is missing.', 'Rename next to nextAt.'),
      at(`${place}/next`, 'Nothing here is called “next”.', 'Did you mean nextAt?'),
    ])
    expect(problemsOf(parseManifest(manifest({ type: 'pages' })))).toEqual([
      at(
        `${place}/type`,
        'There is no type “pages” here.',
        /^Did you mean page\? The types are none, cursor, page/,
      ),
    ])
    expect(problemsOf(parseManifest(manifest({})))).toEqual([
      at(place, '“type” is missing.', /one of none, cursor/),
    ])
    expect(problemsOf(parseManifest(manifest('cursor')))).toEqual([
      at(place, 'This is text.', /^Write an object, such as \{ type: none \}/),
    ])
  })

  test('a type that is only a word of one of the types leads to that one, and a choice that is missing is told with what there is', () => {
    const signedBy = (authentication: object): unknown =>
      Object.assign(Object(manifest({ type: 'none' })), { authentication: [authentication] })
    for (const [type, meant] of [
      ['header', /^Did you mean api_key, with in: header\? /],
      ['client_credentials', /^Did you mean oauth2, with grant: client_credentials\? /],
      ['token', /^Did you mean bearer\? /],
      ['password', /^Did you mean basic\? /],
    ] as const) {
      const problem = at('/authentication/0/type', `There is no type “${type}” here.`, meant)
      expect(problemsOf(parseManifest(signedBy({ type })))).toEqual([problem])
    }
    const key = { type: 'api_key', key: 'token', name: 'X-Key' }
    expect(problemsOf(parseManifest(signedBy(key)))).toEqual([
      at('/authentication/0', '“in” is missing.', 'Add in: header or query.'),
    ])
  })

  test('a choice inside a choice is explained at its own place', () => {
    const derived = { type: 'derived', parent: 'things', at: 'tags', fields: { id: { from: 'id' } } }
    const problems = problemsOf(parseManifest(manifest(undefined, { read: derived })))
    expect(problems.map(({ pointer }) => pointer)).toContain('/objects/things/read/fields/id/from')
    expect(problems.every(({ pointer }) => pointer.startsWith('/objects/things/read/fields/id'))).toBe(true)
  })

  test('a key with a slash is pointed at by RFC 6901', () => {
    const value = Object.assign(Object(manifest({ type: 'none' })), { 'a/b~c': 1 })
    expect(problemsOf(parseManifest(value)).map(({ pointer }) => pointer)).toEqual(['/a~1b~0c'])
  })
})

test('a record schema may only use the part of JSON Schema that decides columns', () => {
  expect(
    parseRecordSchema({ type: 'object', properties: { id: { type: 'string', 'x-id': true } } }),
  ).toHaveProperty('value')
  const problems = problemsOf(
    parseRecordSchema({
      type: 'object',
      properties: { id: { $ref: '#/x' }, at: { type: 'text' }, tag: { type: ['sting'] } },
    }),
  )
  expect(problems.map(({ pointer }) => pointer)).toEqual([
    '/properties/id',
    '/properties/id/$ref',
    '/properties/at/type',
    '/properties/tag/type/0',
  ])
})

test('a checkpoint of another version is not read as one of this', () => {
  expect(parseCheckpoint({ version: 1, through: 5 })).toEqual({ value: { version: 1, through: 5 } })
  expect(problemsOf(parseCheckpoint({ version: 2 }))).toEqual([at('/version', /not the one/, 'Write 1.')])
})

function problemsOf(parsed: Parsed<unknown>): readonly SchemaProblem[] {
  return 'problems' in parsed ? parsed.problems : []
}

function at(pointer: string, message: string | RegExp, fix: string | RegExp): unknown {
  return {
    pointer,
    message: expect.stringMatching(asPattern(message)),
    fix: expect.stringMatching(asPattern(fix)),
  }
}

function asPattern(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : text
}
