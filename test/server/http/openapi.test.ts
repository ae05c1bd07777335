import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listProcedures } from '../api/list-procedures.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { newClient } from './test-client.ts'

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } }
  readonly responses: {
    readonly '200': { readonly content: { readonly 'application/json': { readonly schema: object } } }
    readonly default: unknown
  }
}

interface Description {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

let server: TestServices
let document: Description

beforeAll(async () => {
  server = await startServices()
  const answer = await newClient(server.services).get('/api/openapi.json')
  document = answer.body as Description
})
afterAll(() => server.close())

test('the description says of OpenAPI 3.1 what it must, and names every procedure that answers once', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: 'Penstock', version: expect.stringMatching(/^\d/) })
  const expected = listProcedures().flatMap(({ path, type }) =>
    type === 'subscription' ? [] : [`/api/${path.replace('.', '/')}`],
  )
  expect(new Set(Object.keys(document.paths))).toEqual(new Set(expected))
  const operations = Object.values(document.paths).flatMap((item) => Object.entries(item))
  expect(operations.filter(([method]) => method !== 'post')).toEqual([])
  const names = operations.map(([, { operationId }]) => operationId)
  expect(new Set(names).size).toBe(names.length)
  const tags = new Set(document.tags.map(({ name }) => name))
  for (const [, operation] of operations) {
    expect(operation.tags.every((tag) => tags.has(tag))).toBe(true)
    // It needs words in act-words.ts.
    expect(operation.summary).not.toBe(operation.operationId)
    expect(operation.responses).toMatchObject({ '200': { description: expect.any(String) }, default: {} })
  }
})

test('every schema in it is valid JSON Schema 2020-12, refers to nothing outside, and fits what the API answers', async () => {
  const ajv = addFormats.default(new Ajv2020({ strict: false }))
  for (const { post } of Object.values(document.paths)) {
    const schemas = [post?.requestBody?.content, post?.responses['200'].content]
    for (const content of schemas) {
      const schema = content?.['application/json'].schema
      if (schema === undefined) continue
      expect({ of: post?.operationId, valid: ajv.validateSchema(schema) }).toMatchObject({ valid: true })
      expect(JSON.stringify(schema)).not.toContain('"$ref":"#')
    }
  }
  const me = await newClient(server.services).call('/api/session/me')
  const schema =
    document.paths['/api/session/me']?.['post']?.responses['200'].content['application/json'].schema ?? false
  expect(ajv.validate(schema, me.body)).toBe(true)
})

test('a program learns by plain HTTP what was wrong with its call', async () => {
  const client = newClient(server.services)
  expect(await client.call('/api/no/such')).toMatchObject({
    status: 404,
    body: { error: { code: 'NOT_FOUND' } },
  })
  expect(await client.call('/api/__proto__/constructor')).toMatchObject({ status: 404 })
  expect(await client.call('/api/members/list')).toMatchObject({
    status: 401,
    body: { error: { code: 'UNAUTHORIZED' } },
  })
  const { key } = await server.here.admin.api.apiKeys.create({ name: 'CI', role: 'admin' })
  const headers = { 'x-api-key': key }
  expect(await client.call('/api/members/list', undefined, headers)).toMatchObject({ status: 200 })
  expect(await client.call('/api/members/setRole', { userId: 1, extra: true }, headers)).toMatchObject({
    status: 400,
    body: { error: { code: 'BAD_REQUEST', problems: [{ path: 'userId' }, { path: 'role' }, { path: '' }] } },
  })
  const nobody = '00000000-0000-4000-8000-000000000000'
  for (const [path, input] of [
    ['runs/list', { cursor: `2026-01-01T00:00:00Z~${'-'.repeat(36)}` }],
    ['runs/list', { from: '0000-01-01T00:00:00Z' }],
    ['changes/list', { cursor: `999999999999999_${nobody}` }],
    ['runs/log', { id: nobody, after: 99_999_999_999 }],
  ] as const)
    expect({ path, ...(await client.call(`/api/${path}`, input, headers)) }).toMatchObject({
      path,
      status: 400,
      body: { error: { code: 'BAD_REQUEST' } },
    })
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  expect(await client.call('/api/workspaces/rename', { name: 'Taken' }, form)).toMatchObject({ status: 400 })
  const foreign = { ...headers, origin: 'https://elsewhere.example' }
  expect(await client.call('/api/workspaces/rename', { name: 'Taken' }, foreign)).toMatchObject({
    status: 403,
  })
  expect(await client.get('/api/workspaces/rename', headers)).toMatchObject({
    status: 405,
    body: { error: { code: 'METHOD_NOT_SUPPORTED' } },
  })
  expect(await client.get('/trpc/members.list?input=%7B', headers)).toMatchObject({
    status: 400,
    body: { error: { data: { code: 'BAD_REQUEST' } } },
  })
  expect(await client.get('/api/workspaces/nothing', headers)).toMatchObject({
    status: 404,
    body: { error: { code: 'NOT_FOUND' } },
  })
})
