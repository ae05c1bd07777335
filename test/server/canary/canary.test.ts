import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { tendAlerts } from '@penstock/server/alerts/tend-alerts.ts'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import { openLog } from '@penstock/server/log.ts'
import { digestPassword } from '@penstock/server/members/digest-password.ts'
import { startWorker } from '@penstock/server/runner/start-worker.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listProcedures } from '../api/list-procedures.ts'
import { TinyApi } from '../../fakes/tiny-api.ts'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'
import { newClient } from '../http/test-client.ts'
import type { Answer, TestClient } from '../http/test-client.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { dumpDatabase, findCanaries } from './find-canaries.ts'
import type { Place } from './find-canaries.ts'

/** A canary: nothing else looks like it, in whatever dress. */
const canary = (what: string) => `cnry/${what}+${randomBytes(12).toString('hex')}`

const secrets = {
  'an access token': canary('token'),
  'a token of an own connector': canary('own'),
  'a token that is refused': canary('refused'),
  'a database password': canary('db'),
  'an OAuth client secret': canary('client'),
  'the path of a hook': canary('hook'),
  'a signing secret': canary('signing'),
  'a password': canary('password'),
  'a wrong password': canary('wrong'),
  'the token of the metrics': canary('metrics'),
}

let sandbox: Sandbox
let tiny: TinyApi
let server: TestServices
let warehouse: TestDatabase
let client: TestClient
const logged: string[] = []
const answered: Place[] = []
let services: TestServices['services']

beforeAll(async () => {
  sandbox = await startSandbox({
    token: secrets['an access token'],
    sizes: { contacts: 30, companies: 3, conversations: 10, tickets: 2 },
  })
  tiny = await TinyApi.start(secrets['a token of an own connector'])
  warehouse = await createDatabase()
  server = await startServices({
    PENSTOCK_METRICS_TOKEN: secrets['the token of the metrics'],
    PENSTOCK_ALLOWED_HOSTS: [
      new URL(sandbox.url).host,
      tiny.host,
      readConnectionUrl(warehouse.url).host,
    ].join(','),
  })
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged.push(String(chunk))
      done()
    },
  })
  services = { ...server.services, log: openLog('info', stream) }
  client = newClient(services)
})
afterAll(async () => {
  await server.close()
  await warehouse.drop()
  await sandbox.close()
  await tiny.close()
})

/** Calls a procedure and keeps its answer to be searched; an answer that is allowed to hold a secret is left out by its caller. */
async function call(path: string, input?: unknown): Promise<Answer> {
  const answer = await client.call(`/api/${path.replace('.', '/')}`, input)
  answered.push({ name: `the answer of ${path}`, text: answer.text + JSON.stringify([...answer.headers]) })
  return answer
}

const idOf = (answer: Answer) => (answer.body as { id: string }).id

async function signIn(): Promise<void> {
  const { email, userId } = server.here.admin.identity
  await server.database.sql`insert into account (id, account_id, provider_id, user_id, password, updated_at)
    values ('a', ${userId}, 'credential', ${userId}, ${await digestPassword(secrets['a password'])}, now())`
  for (const password of [secrets['a wrong password'], secrets['a password']]) {
    const answer = await client.signIn(email, password)
    answered.push({ name: 'the answer of signing in', text: answer.text })
  }
}

async function connect(): Promise<{ sourceId: string; destinationId: string }> {
  const source = { connector: 'intercom', region: 'us', apiBaseUrl: sandbox.url }
  const refused = { accessToken: secrets['a token that is refused'] }
  expect(
    (await call('connections.createSource', { ...source, name: 'Refused', settings: refused })).status,
  ).not.toBe(200)
  const settings = { accessToken: secrets['an access token'] }
  const made = await call('connections.createSource', { ...source, name: 'Intercom', settings })
  const url = new URL(warehouse.url)
  url.password = secrets['a database password']
  if (url.username === '') url.username = 'postgres'
  const destination = { type: 'postgres', name: 'Warehouse', settings: { url: url.href } }
  const landed = await call('connections.createDestination', destination)
  for (const answer of [made, landed]) if (answer.status !== 200) throw new Error(answer.text)
  const wrong = new URL(url)
  wrong.port = '1'
  await call('connections.createDestination', {
    ...destination,
    name: 'Nowhere',
    settings: { url: wrong.href },
  })
  return { sourceId: idOf(made), destinationId: idOf(landed) }
}

/** Every sensitive field that can be hashed, of every object, as the connector says. */
async function hashEverything(): Promise<Record<string, { fields: Record<string, 'hash'> }>> {
  const { body } = await call('connectors.get', { name: 'intercom' })
  const { objects } = body as {
    objects: {
      object: string
      fields: { path: string; sensitive: string | null; lockedBecause: string | null }[]
    }[]
  }
  const wanted = ['contacts', 'conversations', 'conversation_parts', 'email_address_header']
  return Object.fromEntries(
    objects
      .filter(({ object }) => wanted.includes(object))
      .map(({ object, fields }) => {
        const sensitive = fields.filter((field) => field.sensitive !== null && field.lockedBecause === null)
        return [object, { fields: Object.fromEntries(sensitive.map(({ path }) => [path, 'hash' as const])) }]
      }),
  )
}

/** A connector of the workspace's own, connected, and tried with a draft that asks for another path. */
async function useOwnConnector(): Promise<void> {
  const { manifest, records } = tiny.files()
  await call('connectors.saveDraft', { name: 'tiny', baseRevision: null, manifest, records })
  await call('connectors.publish', { name: 'tiny', revision: 1 })
  const settings = { accessToken: secrets['a token of an own connector'] }
  const made = await call('connections.createSource', { connector: 'tiny', name: 'Tiny', settings })
  if (made.status !== 200) throw new Error(made.text)
  const wrong = manifest.replace('path: /notes', 'path: /nowhere')
  await call('connectors.try', { connectionId: idOf(made), object: 'notes', manifest: wrong, records })
  for (const draft of [manifest, wrong])
    await call('connectors.tryDraft', { manifest: draft, records, object: 'notes', settings })
}

async function runOnce(wiring: { sourceId: string; destinationId: string }): Promise<string> {
  const document = {
    name: 'Canaries',
    source: { connector: 'intercom', connection: wiring.sourceId },
    objects: await hashEverything(),
    destination: { type: 'postgres', connection: wiring.destinationId, schema: 'landed' },
  }
  const id = idOf(await call('pipelines.create', { name: 'Canaries', document }))
  const published = await call('pipelines.publish', { id, revision: 1 })
  if (published.status !== 200) throw new Error(published.text)
  await call('pipelines.plan', { id })
  // What a preview shows is personal; that it leaves no trace is what is looked at.
  await client.call('/api/pipelines/preview', { document, object: 'contacts', limit: 10 })
  const worker = await startWorker(services, { slots: 1 })
  const { runId } = (await call('runs.start', { pipelineId: id })).body as { runId: string }
  const ended = async (): Promise<{ state: string }> => {
    for (;;) {
      const { body } = await call('runs.get', { id: runId })
      if (body && (body as { finishedAt: string | null }).finishedAt !== null)
        return body as { state: string }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  expect((await ended()).state).toMatch(/succeeded|partial/)
  await worker.drain()
  for (const path of ['runs.get', 'runs.log']) await call(path, { id: runId })
  return id
}

/** E-mail addresses and telephone numbers of the people in the workspace, as the API itself tells them. */
async function personalValues(): Promise<Record<string, string>> {
  const answer = await request(`${sandbox.url}/contacts?per_page=50`, {
    headers: { authorization: `Bearer ${secrets['an access token']}` },
  })
  const { data } = (await answer.body.json()) as { data: { email: string | null; phone: string | null }[] }
  const values = data
    .flatMap(({ email, phone }) => [email, phone])
    .filter((value) => value !== null && value.length > 8)
  expect(values.length).toBeGreaterThan(20)
  return Object.fromEntries(values.map((value, index) => [`personal value ${index}`, String(value)]))
}

test('no secret and no protected value is in what was stored, landed, logged, answered, audited or measured', async () => {
  await signIn()
  const wiring = await connect()
  await call('oauthProfiles.create', {
    connector: 'intercom',
    name: 'Own',
    clientId: 'client-id-of-ours',
    clientSecret: secrets['an OAuth client secret'],
  })
  const hook = `https://127.0.0.1:1/${encodeURIComponent(secrets['the path of a hook'])}?key=${secrets['the path of a hook']}`
  const channel = {
    kind: 'webhook',
    name: 'Hook',
    target: hook,
    secret: secrets['a signing secret'],
    kinds: ['run_failed'],
  }
  const channelId = idOf(await call('alerts.createChannel', channel))
  await call('alerts.testChannel', { id: channelId })
  const pipelineId = await runOnce(wiring)
  await server.database.sql`update runs set state = 'failed' where pipeline_id = ${pipelineId}`
  await tendAlerts(services)
  const once = await client.call('/api/apiKeys/create', { name: 'CI', role: 'viewer' })
  const invited = await client.call('/api/invitations/create', { email: 'new@example.com', role: 'viewer' })
  for (const { path, type } of listProcedures()) if (type === 'query') await call(path, {})
  await call('members.setRole', { userId: secrets['a password'], role: secrets['a password'] })
  await call('connections.update', {
    id: wiring.sourceId,
    settings: { accessToken: secrets['a token that is refused'] },
  })
  await useOwnConnector()
  await call('audit.export', {})
  await call('pipelines.export', { id: pipelineId })
  const metrics = await client.get('/metrics', {
    authorization: `Bearer ${secrets['the token of the metrics']}`,
  })
  const link = new URL((invited.body as { link: string }).link)
  const canaries = {
    ...secrets,
    'an API key': (once.body as { key: string }).key,
    'the token of an invitation': link.searchParams.get('token') ?? '',
    'the token of a session': decodeURIComponent(client.cookie()).split('=')[1] ?? '',
    ...(await personalValues()),
  }
  const places = [
    ...(await dumpDatabase(server.database.sql, 'the database,')),
    ...(await dumpDatabase(warehouse.sql, 'the warehouse,')),
    { name: 'the log', text: logged.join('') },
    { name: 'the metrics', text: metrics.text },
    ...answered,
  ]
  const landed = places.find(({ name }) => name === 'the warehouse, landed.contacts')
  expect(landed?.text).toContain('"email":"h1:')
  expect(logged.join('')).toContain('request.done')
  expect(metrics.text).toContain('penstock_runs_ended_last_day{state="failed"} 1')
  expect(findCanaries(canaries, places)).toEqual([])
  // The search itself finds what is there.
  const planted = {
    name: 'a planted place',
    text: Buffer.from(`xx${secrets['a password']}yy`).toString('base64'),
  }
  expect(findCanaries(secrets, [planted])).toContain('a password in a planted place, base64')
})
