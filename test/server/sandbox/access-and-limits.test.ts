import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { call, codeOf, everything, now } from './call-sandbox.ts'
import type { Json } from './call-sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({
    now,
    sizes: { contacts: 60, companies: 20, conversations: 30, tickets: 20 },
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await sandbox.close()
})
const set = (switches: object) => Object.assign(sandbox.workspace.behaviour, switches)
const get = async (path: string, headers?: Record<string, string>) =>
  codeOf(await call(sandbox, path, undefined, headers))

describe('who may call', () => {
  test('a wrong or absent token is a 401 without rate limit headers', async () => {
    const wrong = await call(sandbox, '/me', undefined, { authorization: 'Bearer wrong' })
    expect(codeOf(wrong)).toBe('401 unauthorized')
    expect(wrong.body.errors[0].message).toBe('Access Token Invalid')
    expect(wrong.headers.has('x-ratelimit-limit')).toBe(false)
    expect((await fetch(`${sandbox.url}/me`)).status).toBe(401)
  })

  test('a token of another region is a 401', async () => {
    set({ wrongRegion: true })
    expect(await get('/me')).toBe('401 unauthorized')
  })

  test('a token is revoked after so many requests, until the switch is taken back', async () => {
    set({ revokeAfter: 2 })
    expect([await get('/me'), await get('/tags'), await get('/me'), await get('/me')]).toEqual([
      '200 undefined',
      '200 undefined',
      '401 token_revoked',
      '401 token_revoked',
    ])
    set({ revokeAfter: 0 })
    expect(await get('/me')).toBe('200 undefined')
  })

  test('a missing permission is a 401 token_unauthorized on its endpoints, and only there', async () => {
    set({ missingScopes: ['Read conversations', 'read and list articles'] })
    expect(await get('/conversations')).toBe('401 token_unauthorized')
    expect(codeOf(await call(sandbox, '/conversations/search', everything))).toBe('401 token_unauthorized')
    expect(await get('/help_center/collections')).toBe('401 token_unauthorized')
    expect(await get('/contacts')).toBe('200 undefined')
  })

  test.each([
    [
      'Read and list users and companies',
      ['/contacts', '/companies', '/companies/scroll', '/segments', '/teams', '/subscription_types'],
    ],
    ['Read one user and one company', ['/contacts/x', '/companies/x']],
    ['Read tags', ['/tags']],
    ['Read tickets', ['/ticket_types', '/ticket_states', '/tickets/1']],
    ['Read admins', ['/admins']],
    ['Read one admin', ['/me', '/admins/1']],
    ['Read admin activity logs', ['/admins/activity_logs?created_at_after=0']],
    ['Read and List articles', ['/articles', '/help_center/help_centers']],
  ])('the permission %s guards %j', async (label, paths) => {
    set({ missingScopes: [label] })
    for (const path of paths) expect(await get(path)).toBe('401 token_unauthorized')
  })

  test('an endpoint that the plan lacks is a 403', async () => {
    set({ planGates: ['/conversations', '/admins/activity_logs'] })
    const gated = await call(sandbox, '/conversations/1')
    expect(codeOf(gated)).toBe('403 api_plan_restricted')
    expect(gated.body.errors[0].message).toBe('Active subscription needed.')
    expect((await call(sandbox, '/admins/activity_logs?created_at_after=0')).body.errors[0].message).toBe(
      'This feature is not yet available to your app',
    )
  })

  test('nothing can be written, and an attempt is in the log', async () => {
    expect(codeOf(await call(sandbox, '/contacts', { email: 'a@example.com' }))).toBe('403 action_forbidden')
    const deleted = await fetch(`${sandbox.url}/contacts/1`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${sandbox.token}` },
    })
    expect(deleted.status).toBe(403)
    expect(sandbox.log.since().map(({ write, method, status }) => [write, method, status])).toEqual([
      [true, 'POST', 403],
      [true, 'DELETE', 403],
    ])
    expect(await get('/tickets')).toBe('404 not_found')
  })
})

describe('the version', () => {
  test('is echoed, or wrongly, or not at all', async () => {
    const echoed = async () => (await call(sandbox, '/me')).headers.get('intercom-version')
    expect(await echoed()).toBe('2.15')
    set({ versionEcho: 'wrong' })
    expect(await echoed()).toBe('2.3')
    set({ versionEcho: 'absent' })
    expect(await echoed()).toBe(null)
  })

  test('is the app’s where none is asked for', async () => {
    set({ appVersion: '2.11' })
    const response = await fetch(`${sandbox.url}/me`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    })
    expect(response.headers.get('intercom-version')).toBe('2.11')
  })

  test('an unknown version, or an endpoint of another one, is a 400', async () => {
    expect(await get('/me', { 'intercom-version': '9.9' })).toBe('400 intercom_version_invalid')
    for (const path of [
      '/conversations/deleted',
      '/contacts/1/merge_history',
      '/admins/activity_log_event_types',
    ])
      expect(await get(path)).toBe('400 intercom_version_invalid')
  })
})

describe('the rate limit', () => {
  const at = (second: number) => vi.useFakeTimers({ toFake: ['Date'], now: second * 1000 })

  test('counts calls in ten-second windows and says when the window ends', async () => {
    at(1_760_000_003)
    set({ rateLimitPerApp: 2 })
    const first = await call(sandbox, '/me')
    expect(first.headers.get('x-ratelimit-limit')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    expect(first.headers.get('x-ratelimit-reset')).toBe('1760000010')
    await call(sandbox, '/me')
    const refused = await call(sandbox, '/me')
    expect(codeOf(refused)).toBe('429 rate_limit_exceeded')
    expect(refused.body.errors[0].message).toBe('Exceeded rate limit of 2 in 10_seconds')
    expect(refused.headers.has('retry-after')).toBe(false)
    at(1_760_000_010)
    expect(await get('/me')).toBe('200 undefined')
  })

  test('Retry-After may be there, and the headers may not', async () => {
    at(1_760_000_003)
    set({ rateLimitPerApp: 1, retryAfter: true, rateLimitHeaders: false })
    await call(sandbox, '/me')
    const refused = await call(sandbox, '/me')
    expect(refused.headers.get('retry-after')).toBe('7')
    expect(refused.headers.has('x-ratelimit-limit')).toBe(false)
  })

  test('other apps use up the workspace’s budget while this one’s still has calls left', async () => {
    at(1_760_000_003)
    set({ rateLimitPerWorkspace: 100, otherAppCalls: 99 })
    expect(await get('/me')).toBe('200 undefined')
    const refused = await call(sandbox, '/me')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0)
  })

  test('is 1,667 calls of one token unless the switch says otherwise, and can be taken away', async () => {
    expect((await call(sandbox, '/me')).headers.get('x-ratelimit-limit')).toBe('1667')
    set({ rateLimitPerApp: 0, rateLimitPerWorkspace: 0 })
    const free = await call(sandbox, '/me')
    expect(free.status).toBe(200)
    expect(free.headers.has('x-ratelimit-limit')).toBe(false)
  })
})

describe('OAuth', () => {
  const authorize = (query: string) => fetch(`${sandbox.url}/oauth?${query}`, { redirect: 'manual' })
  const redirect = encodeURIComponent('http://127.0.0.1:9/callback?own=1')
  const codeFrom = async () =>
    new URL(
      (await authorize(`client_id=sandbox-client&state=a%2Bb&redirect_uri=${redirect}`)).headers.get(
        'location',
      ) ?? '',
    ).searchParams
  const exchange = (members: Record<string, string>, json = false) =>
    fetch(`${sandbox.url}/auth/eagle/token`, {
      method: 'POST',
      body: json ? JSON.stringify(members) : new URLSearchParams(members),
      ...(json ? { headers: { 'content-type': 'application/json' } } : {}),
    })
  const app = { client_id: 'sandbox-client', client_secret: 'sandbox-secret' }

  test('redirects with a code that ends in = and the state, and the code becomes a token, once', async () => {
    const query = await codeFrom()
    const code = query.get('code') ?? ''
    expect([query.get('state'), query.get('own'), code.endsWith('=')]).toEqual(['a+b', '1', true])
    const answer = (await (await exchange({ ...app, code })).json()) as Json
    expect(answer).toEqual({ token_type: 'Bearer', token: answer.access_token, access_token: answer.token })
    expect(await get('/me', { authorization: `Bearer ${answer.token}` })).toBe('200 undefined')
    expect((await exchange({ ...app, code })).status).toBe(401)
  })

  test('a token outlives the process only where a file is named, and the file holds no token', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'penstock-sandbox-'))
    const first = sandbox
    const sizes = { contacts: 1, companies: 1, conversations: 1, tickets: 1 }
    const tokensFile = join(folder, 'sandbox-tokens')
    sandbox = await startSandbox({ now, sizes, tokensFile })
    const code = (await codeFrom()).get('code') ?? ''
    const { token } = (await (await exchange({ ...app, code })).json()) as Json
    await sandbox.close()
    expect(await readFile(tokensFile, 'utf8')).not.toContain(token)
    sandbox = await startSandbox({ now, sizes, tokensFile })
    expect(await get('/me', { authorization: `Bearer ${token}` })).toBe('200 undefined')
    expect(await get('/me', { authorization: `Bearer ${token}0` })).toBe('401 unauthorized')
    await sandbox.close()
    await rm(folder, { recursive: true })
    sandbox = first
    expect(await get('/me', { authorization: `Bearer ${token}` })).toBe('401 unauthorized')
  })

  test('takes JSON, too, and refuses a wrong secret or a code older than five minutes', async () => {
    const code = async () => (await codeFrom()).get('code') ?? ''
    expect((await exchange({ ...app, code: await code() }, true)).status).toBe(200)
    const wrong = await exchange({ ...app, client_secret: 'wrong', code: await code() })
    expect([wrong.status, ((await wrong.json()) as Json).errors[0].message]).toEqual([
      401,
      'Unauthorized Code',
    ])
    const old = await code()
    sandbox.workspace.clock.advance(301)
    expect((await exchange({ ...app, code: old })).status).toBe(401)
  })

  test('redirects nowhere for an unknown app or address, shows a page, or reports a refusal', async () => {
    expect((await authorize(`client_id=other&redirect_uri=${redirect}`)).status).toBe(404)
    expect((await authorize('client_id=sandbox-client&redirect_uri=http://evil.example.com/')).status).toBe(
      400,
    )
    set({ oauthApproval: 'page' })
    const page = await authorize(`client_id=sandbox-client&state=%22%3E&redirect_uri=${redirect}`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('name="state" value="&quot;>"')
    expect((await authorize(`client_id=sandbox-client&approve=1&redirect_uri=${redirect}`)).status).toBe(302)
    set({ oauthApproval: 'denied' })
    expect(
      (await authorize(`client_id=sandbox-client&redirect_uri=${redirect}`)).headers.get('location'),
    ).toContain('error=access_denied')
  })
})
