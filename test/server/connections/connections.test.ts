import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { mergeBehaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { loadDestination } from '@penstock/server/connections/load-destination.ts'
import { loadSource } from '@penstock/server/connections/load-source.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../../egress/listen.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

const small = { contacts: 3, companies: 2, conversations: 2, tickets: 1 }
let sandbox: Sandbox
let penstock: TestServices

beforeAll(async () => {
  sandbox = await startSandbox({ sizes: small, timezone: 'UTC' })
  penstock = await startServices({ PENSTOCK_SANDBOX_URL: sandbox.url })
})
afterAll(async () => {
  await penstock.close()
  await sandbox.close()
})

const api = () => penstock.here.editor.api
const source = (name: string, more: Record<string, unknown> = {}) => ({
  connector: 'intercom',
  name,
  region: 'us',
  apiBaseUrl: sandbox.url,
  settings: { accessToken: sandbox.token },
  ...more,
})

describe('a source by access token', () => {
  test('is kept once the API has said whose it is, and tells of no token', async () => {
    const made = await api().connections.createSource(source('Sandbox'))
    expect(made).toMatchObject({
      kind: 'source',
      connectorTitle: 'Intercom',
      regionTitle: 'United States',
      state: 'healthy',
      method: 'settings',
      secretsSet: ['accessToken'],
      usedBy: [],
    })
    expect(made.account?.['id']).toBeTruthy()
    expect(made.check?.objects?.every(({ access }) => access === 'works')).toBe(true)
    expect(made.check?.scopes?.map(({ granted }) => granted)).not.toContain(false)
    const told = new Map(made.check?.objects?.map(({ object, records }) => [object, records]))
    expect(told.get('contacts')).toEqual({ count: small.contacts, approximate: true })
    // The list that counts companies leaves out those without users.
    expect(told.get('companies')).toMatchObject({ approximate: true })
    expect(told.get('collections')?.approximate).toBe(false)
    for (const untold of ['conversation_parts', 'contact_company', 'data_attributes', 'activity_logs'])
      expect([untold, told.get(untold)]).toEqual([untold, undefined])
    const listed = await penstock.here.viewer.api.connections.list()
    expect(JSON.stringify([made, listed])).not.toContain(sandbox.token)
    const [row] = await penstock.database.sql`select * from connections where id = ${made.id}`
    expect(JSON.stringify(row)).not.toContain(sandbox.token)
    const [audited] = await penstock.database
      .sql`select * from audit_log where action = 'connection.create' and subject_id = ${made.id}`
    expect(audited).toMatchObject({ outcome: 'done', user_id: penstock.here.editor.identity.userId })
  })

  test('opens for the engine, in its own workspace only', async () => {
    const made = await api().connections.createSource(source('To be opened'))
    const { connection, connector } = await loadSource(penstock.here.editor.actor, made.id)
    expect(connector.name).toBe('intercom')
    expect(connection).toMatchObject({ region: 'us', apiBaseUrl: sandbox.url })
    const token = connection.settings.get('accessToken')
    expect(token).toBeInstanceOf(Secret)
    expect(String(token)).not.toContain(sandbox.token)
    await expect(loadSource(penstock.elsewhere.admin.actor, made.id)).rejects.toThrow('no such source')
    await expect(penstock.elsewhere.admin.api.connections.get({ id: made.id })).rejects.toThrow('no such')
  })

  test.each([
    ['a dead token', () => source('Dead', { settings: { accessToken: 'wrong' } }), /refused the credential/],
    [
      'a token that no request can carry',
      () => source('Broken', { settings: { accessToken: 'to\nken' } }),
      /cannot be sent/,
    ],
    ['no token', () => source('None', { settings: {} }), /Access token is missing/],
    [
      'a setting that does not exist',
      () => source('Odd', { settings: { accesToken: 'x' } }),
      /Did you mean accessToken/,
    ],
    ['a region that does not exist', () => source('Mars', { region: 'mars' }), /no such region/],
    ['a region that is not the account’s', () => source('EU', { region: 'eu' }), /lives in United States/],
    [
      'a host that nobody allowed',
      () => source('SSRF', { apiBaseUrl: 'http://169.254.169.254' }),
      /not allowed it/,
    ],
    [
      'an address with credentials',
      () => source('SSRF', { apiBaseUrl: 'http://a:b@127.0.0.1' }),
      /credentials/,
    ],
    ['a path for a connector', () => source('Path', { connector: '../../test' }), /named by its/],
    ['another workspace’s project', () => source('P', { projectId: crypto.randomUUID() }), /no such project/],
  ])('is refused with %s, and nothing is kept', async (_, input, sentence) => {
    await expect(api().connections.createSource(input())).rejects.toThrow(sentence)
    const [row] = await penstock.database
      .sql`select count(*)::int as n from connections where name = ${input().name}`
    expect(row?.['n']).toBe(0)
  })

  test('keeps out of regions that an admin did not allow', async () => {
    const { sql } = penstock.database
    const { id } = penstock.here
    await sql`update workspace_settings set allowed_regions = ${sql.json({ intercom: ['eu'] })} where workspace_id = ${id}`
    await expect(api().connections.createSource(source('Restricted'))).rejects.toThrow(
      /does not connect Intercom in United States/,
    )
    const { regions } = await api().connectors.get({ name: 'intercom' })
    expect(regions.map(({ name, allowed }) => [name, allowed])).toEqual([
      ['us', false],
      ['eu', true],
      ['au', false],
    ])
    await sql`update workspace_settings set allowed_regions = '{}' where workspace_id = ${id}`
  })

  test('has a name of its own, also when two are made at once', async () => {
    const made = await Promise.allSettled([1, 2].map(() => api().connections.createSource(source('Twice'))))
    expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(api().connections.createSource(source(' Twice '))).rejects.toThrow(/Choose another name/)
  })
})

describe('a test of a connection', () => {
  test('says which objects lack a scope, and which the plan does not have', async () => {
    const made = await api().connections.createSource(source('Tested'))
    mergeBehaviour(sandbox.workspace.behaviour, {
      missingScopes: ['Read tickets'],
      planGates: ['/admins/activity_logs'],
    })
    const found = await api().connections.test({ id: made.id })
    mergeBehaviour(sandbox.workspace.behaviour, { missingScopes: [], planGates: [] })
    const access = Object.fromEntries((found.objects ?? []).map((one) => [one.object, one.access]))
    expect(access).toMatchObject({ tickets: 'missing_scope', activity_logs: 'plan_gate', contacts: 'works' })
    expect(found.scopes?.find(({ scope }) => scope === 'read_tickets')?.granted).toBe(false)
    expect((await api().connections.get({ id: made.id })).grantedScopes).not.toContain('read_tickets')
  })

  test('finds a token that was revoked, and says so', async () => {
    const made = await api().connections.createSource(source('Revoked'))
    mergeBehaviour(sandbox.workspace.behaviour, { wrongRegion: true })
    const found = await api().connections.test({ id: made.id })
    mergeBehaviour(sandbox.workspace.behaviour, { wrongRegion: false })
    expect(found.ok).toBe(false)
    expect(await api().connections.get({ id: made.id })).toMatchObject({ state: 'needs_reauthorisation' })
    await api().connections.test({ id: made.id })
    expect(await api().connections.get({ id: made.id })).toMatchObject({
      state: 'healthy',
      stateReason: null,
    })
  })
})

describe('a connection that is not wanted any more', () => {
  test('loses its token at once, and runs are told so', async () => {
    const made = await api().connections.createSource(source('Disconnected'))
    const after = await api().connections.disconnect({ id: made.id })
    expect(after).toMatchObject({ state: 'disconnected', secretsSet: [] })
    await expect(loadSource(penstock.here.editor.actor, made.id)).rejects.toThrow(/is disconnected/)
    const again = await api().connections.update({ id: made.id, settings: { accessToken: sandbox.token } })
    expect(again).toMatchObject({ state: 'healthy', secretsSet: ['accessToken'] })
  })

  test('stays while a pipeline names it', async () => {
    const made = await api().connections.createSource(source('In use'))
    const draft = { source: { connector: 'intercom', connection: made.id } }
    const { sql } = penstock.database
    await sql`insert into pipelines (workspace_id, name, draft) values (${penstock.here.id}, 'Uses it', ${sql.json(draft)})`
    await expect(api().connections.remove({ id: made.id })).rejects.toThrow(/used by “Uses it”/)
    expect((await api().connections.get({ id: made.id })).usedBy).toMatchObject([{ name: 'Uses it' }])
    await sql`update pipelines set deleted_at = now() where name = 'Uses it'`
    expect(await api().connections.remove({ id: made.id })).toEqual({ id: made.id })
  })
})

describe('a destination', () => {
  const duckdb = (name: string, path: string) => ({ type: 'duckdb', name, settings: { path } })

  test('is a file in the data directory’s warehouses', async () => {
    const made = await api().connections.createDestination(duckdb('Local', 'support/local.duckdb'))
    expect(made).toMatchObject({ kind: 'destination', connector: 'duckdb', state: 'healthy', secretsSet: [] })
    const loaded = await loadDestination(penstock.here.editor.actor, made.id)
    const destination = await loaded.open('intercom')
    expect((await destination.check()).every(({ ok }) => ok)).toBe(true)
    await destination.close()
    expect((await api().connections.test({ id: made.id })).ok).toBe(true)
  })

  test.each([
    '../out.duckdb',
    '/etc/penstock.duckdb',
    'a/../../out.duckdb',
    'linked/out.duckdb',
    'x\0y',
    'folder/',
    'first.duckdb.wal',
  ])('is never the file %j, which lies outside', async (path) => {
    const home = join(penstock.folder, 'warehouses', penstock.here.id)
    await mkdir(home, { recursive: true })
    await symlink('/tmp', join(home, 'linked')).catch(() => undefined)
    await expect(api().connections.createDestination(duckdb('Outside', path))).rejects.toThrow(
      /file|link|folder|Names that end so/,
    )
  })

  test.each([
    ['postgres://u:p@169.254.169.254:5432/x', /no database may be/],
    ['postgres://u:p@[::ffff:169.254.169.254]:5432/x', /no database may be/],
    ['postgres://u:p@[fe80::1]:5432/x', /no database may be/],
    ['postgres:///x?host=/var/run/postgresql', /socket/],
    ['postgres://u:p@localhost/x?sslmode=verify-full&sslrootcert=/etc/passwd', /may not read/],
    ['postgres://u:p@/x?sslmode=verify-full&sslrootcert=/etc/passwd', /may not read/],
    ['http://example.com', /is not one/],
    ['postgres://u:%zz@localhost/x', /is not one/],
    ['postgres://u:p@localhost/x?port=many', /is not one/],
    ['postgres://u:p@one,other:5432/x', /several hosts/],
  ])('is never at %s', async (url, sentence) => {
    const input = { type: 'postgres', name: 'Outside', settings: { url } }
    await expect(api().connections.createDestination(input)).rejects.toThrow(sentence)
  })

  test('is no PostgreSQL where another server hangs up, and that is said at once', async () => {
    const other = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const settings = { url: `postgres://u:p@127.0.0.1:${other.port}/x` }
    const made = api().connections.createDestination({ type: 'postgres', name: 'Outside', settings })
    await expect(made).rejects.toThrow(/was lost/)
    await other.close()
  })

  test('keeps its password when its name changes, and shows neither', async () => {
    const url = new URL(penstock.database.url)
    const socket = url.searchParams.get('host') ?? ''
    const more = await startServices({ PENSTOCK_ALLOWED_HOSTS: socket })
    try {
      const { editor } = more.here
      const settings = { url: more.database.url }
      // Where the test server is embedded, it is reached by its socket, which the operator listed.
      const made = await editor.api.connections.createDestination({
        type: 'postgres',
        name: 'Warehouse',
        settings,
      })
      expect(JSON.stringify(made)).not.toContain('postgres://')
      const renamed = await editor.api.connections.update({ id: made.id, name: 'Renamed' })
      expect(renamed).toMatchObject({ name: 'Renamed', secretsSet: ['url'] })
    } finally {
      await more.close()
    }
  })
})

test('a connector tells what its form asks for, and which fields cannot be protected', async () => {
  const intercom = await penstock.here.viewer.api.connectors.get({ name: 'intercom' })
  expect(intercom.methods).toEqual(['oauth', 'settings'])
  expect(intercom.settings.map(({ name, optional }) => [name, optional])).toEqual([['accessToken', false]])
  const contacts = intercom.objects.find(({ object }) => object === 'contacts')
  const field = (path: string) => contacts?.fields.find((one) => one.path === path)
  expect(field('email')).toMatchObject({ sensitive: 'email', lockedBecause: null, type: 'string' })
  expect(field('location.city')).toMatchObject({ sensitive: 'address' })
  expect(field('id')?.lockedBecause).toBe('It is the primary key of contacts.')
  expect(contacts).toMatchObject({ startAt: true, recommended: true, scope: 'read_users_and_companies' })
  const { manifest, records } = await penstock.here.viewer.api.connectors.source({ name: 'intercom' })
  expect(manifest).toContain('name: intercom')
  expect(Object.keys(records)).toContain('records/contact.schema.json')
  await expect(penstock.here.viewer.api.connectors.source({ name: '../intercom' })).rejects.toThrow(
    /manifest’s name/,
  )
  const names = (await penstock.here.viewer.api.connectors.list()).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['intercom', 'zendesk', 'duckdb', 'postgres']))
})
