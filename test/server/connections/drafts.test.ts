import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

interface Draft {
  readonly manifest: string
  readonly records: Record<string, string>
}

let sandbox: Sandbox
let penstock: TestServices
let connectionId: string
let intercom: Draft

beforeAll(async () => {
  sandbox = await startSandbox({ sizes: { contacts: 12, companies: 1, conversations: 2, tickets: 1 } })
  penstock = await startServices({ PENSTOCK_SANDBOX_URL: sandbox.url })
  const { api } = penstock.here.editor
  const settings = { accessToken: sandbox.token }
  const input = { connector: 'intercom', name: 'Sandbox', apiBaseUrl: sandbox.url, settings }
  connectionId = (await api.connections.createSource(input)).id
  const { manifest, records } = await api.connectors.source({ name: 'intercom' })
  intercom = { manifest, records }
})
afterAll(async () => {
  await penstock.close()
  await sandbox.close()
})

const api = () => penstock.here.editor.api
/** Where an API that repeats a request's address would give the secret back. */
const queryKey = '{ type: api_key, key: accessToken, in: query, name: key }'

describe('checking a manifest', () => {
  test('gives the form, the objects and TypeScript of one that is sound', async () => {
    const checked = await api().connectors.check(intercom)
    expect(checked).toMatchObject({ problems: [], warnings: [] })
    expect(checked.form).toMatchObject({ name: 'intercom', methods: ['oauth', 'settings'] })
    expect(checked.objects.length).toBe(checked.form?.objects)
    expect(checked.types).toMatch(/export interface ContactTag \{\n {2}/)
  })

  test('says in which file and line what is wrong, and what to do', async () => {
    const manifest = intercom.manifest.replace('path: /me', 'path: /me, methd: GET')
    const { problems, form } = await api().connectors.check({ ...intercom, manifest })
    expect(form).toBeNull()
    const line = manifest.split('\n').findIndex((text) => text.includes('methd')) + 1
    expect(problems).toMatchObject([
      { file: 'manifest.yaml', line, message: expect.stringContaining('methd') },
    ])
    expect(problems[0]?.fix).not.toBe('')
  })

  test('mentions a record that no object uses, which harms nobody', async () => {
    const records = { ...intercom.records, 'records/contcat.schema.json': '{}' }
    expect(await api().connectors.check({ ...intercom, records })).toMatchObject({
      problems: [],
      warnings: [{ file: 'records/contcat.schema.json', message: 'No object uses this file.' }],
    })
  })

  test('says which record was meant where its file is named otherwise', async () => {
    const manifest = intercom.manifest.replace('records/contact.schema.json', 'records/contcat.schema.json')
    const { problems } = await api().connectors.check({ ...intercom, manifest })
    expect(problems).toMatchObject([
      { fix: expect.stringMatching(/^Did you mean records\/contact\.schema\.json\?/) },
    ])
  })

  test('says of an empty manifest what to write, without naming a file that nobody in a browser can open', async () => {
    const { problems } = await api().connectors.check({ manifest: '', records: {} })
    expect(problems).toMatchObject([
      { message: 'This file is empty.', fix: expect.stringContaining('authentication') },
    ])
    expect(problems[0]?.fix).not.toMatch(/README/)
  })

  test.each([
    ['a file outside the folder', { '../../evil.json': '{}' }],
    ['an absolute path', { '/tmp/evil.json': '{}' }],
    ['a file that is no record', { 'manifest.yaml': 'name: x' }],
    ['too many files', Object.fromEntries([...Array(201).keys()].map((n) => [`r${n}.json`, '{}']))],
  ])('refuses %s', async (_, records) => {
    await expect(api().connectors.check({ manifest: 'name: x', records })).rejects.toThrow(
      /named as|More than/,
    )
  })

  test('is not harmed by what makes small files huge', async () => {
    const bomb = `a: &a [x,x]\n${'bcdefghij'
      .split('')
      .map((to, at) => `${to}: &${to} [*${'abcdefghi'[at]},*${'abcdefghi'[at]}]`)
      .join('\n')}`
    const { problems } = await api().connectors.check({ manifest: bomb, records: {} })
    expect(problems[0]?.message).toMatch(/not read/)
  })
})

describe('trying a manifest on a connection', () => {
  test('reads ten records, protected, and tells the requests without a secret', async () => {
    const tried = await api().connectors.try({ connectionId, object: 'contacts' })
    expect(tried.check).toMatchObject({ ok: true, problems: [] })
    expect(tried.rows).toHaveLength(10)
    expect(tried.rows.every(({ email }) => email === null || String(email).startsWith('h1:'))).toBe(true)
    expect(tried.requests.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/me', '/contacts/search']),
    )
    expect(JSON.stringify(tried)).not.toContain(sandbox.token)
    // What was asked for is named; with what value is not.
    const articles = await api().connectors.try({ connectionId, object: 'articles' })
    expect(articles.requests.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^\/articles\?.*per_page=…/),
    )
  })

  test('hashes what the installed connector marks, whatever the draft says', async () => {
    const file = 'records/contact.schema.json'
    const text = (intercom.records[file] ?? '')
      .replaceAll(/"x-sensitive": "\w+",?/g, '')
      .replaceAll(/,(\s*\})/g, '$1')
    const draft = { ...intercom, records: { ...intercom.records, [file]: text } }
    expect((await api().connectors.check(draft)).problems).toEqual([])
    const tried = await api().connectors.try({ connectionId, object: 'contacts', ...draft })
    expect(tried.check.problems).toEqual([])
    expect(tried.rows.every(({ email }) => email === null || String(email).startsWith('h1:'))).toBe(true)
  })

  test.each([
    ['another host', 'https://api.intercom.io', 'https://evil.example'],
    ['another token host', 'tokenUrl: /auth/eagle/token', 'tokenUrl: https://evil.example/token'],
    ['another path to post to', 'path: /contacts/search', 'path: /contacts/archive'],
    ['another connector’s name', 'name: intercom', 'name: incertom'],
    ['another place in a request', /type: bearer\n.*\n *token: accessToken/, queryKey],
  ])('sends the secret nowhere with a draft that names %s', async (_, from, to) => {
    const before = sandbox.log.since().length
    const draft = { ...intercom, manifest: intercom.manifest.replace(from, to) }
    const trying = api().connectors.try({ connectionId, object: 'contacts', ...draft })
    await expect(trying).rejects.toThrow(/names the host|posts to|is a connection of|in another way/)
    expect(sandbox.log.since()).toHaveLength(before)
  })

  test('says at once that the list is not where the manifest says, and what is there', async () => {
    const manifest = intercom.manifest.replace(/(path: \/contacts\/search[^]*?recordsAt: )data/, '$1dta')
    const tried = await api().connectors.try({ connectionId, object: 'contacts', ...intercom, manifest })
    expect(tried.check.message).toMatch(
      /no list of records at “dta”.* It has: type, data, .*recordsAt is the path/,
    )
    expect(tried.requests.filter(({ path }) => path === '/contacts/search')).toHaveLength(1)
  })

  test('is not for viewers, nor for another workspace', async () => {
    const input = { connectionId, object: 'contacts' }
    await expect(penstock.here.viewer.api.connectors.try(input)).rejects.toThrow(/role editor/)
    await expect(penstock.elsewhere.admin.api.connectors.try(input)).rejects.toThrow(/no such source/)
  })
})
