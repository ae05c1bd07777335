import { startHttp } from '@penstock/server/start/start-http.ts'
import type { HttpServer } from '@penstock/server/start/start-http.ts'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { newClient } from './test-client.ts'

let server: TestServices
let url: string
let http: HttpServer

beforeAll(async () => {
  server = await startServices()
  const env = { ...server.services.env, host: '127.0.0.1', port: 0, farewellMs: 0 }
  http = await startHttp({ ...server.services, env })
  url = `http://127.0.0.1:${http.port}`
})
afterAll(async () => {
  await http.stop()
  await server.close()
})

const get = async (path: string, headers: Record<string, string> = {}) => {
  const { statusCode, body } = await request(`${url}${path}`, { headers })
  return { status: statusCode, text: await body.text() }
}

test('says that it lives, and is ready while its database answers', async () => {
  expect(await get('/livez')).toEqual({ status: 200, text: 'ok\n' })
  expect(await get('/readyz')).toEqual({ status: 200, text: 'ok\n' })
  const lost = await startServices()
  await lost.services.database.close()
  expect((await newClient(lost.services).get('/readyz')).status).toBe(503)
  expect((await newClient(lost.services).get('/livez')).status).toBe(200)
  await lost.database.drop()
})

test('keeps a connection that rests for longer than proxies do, so that none sends a call into one that closes', async () => {
  const { headers, body } = await request(`${url}/livez`)
  await body.dump()
  expect(headers['keep-alive']).toBe('timeout=65')
})

test('without its database says so to whoever calls, in its own words, and counts on', async () => {
  const lost = await startServices()
  await lost.services.database.close()
  const client = newClient(lost.services)
  const key = { 'x-api-key': 'pnk_private-key' }
  const answers = [
    await client.call('/api/runs/list', {}, key),
    await client.get('/trpc/runs.list?input=%7B%7D', key),
    await client.get('/trpc/runs.watch?input=%7B%7D', { ...key, accept: 'text/event-stream' }),
    await client.signIn('ada@example.com', 'private-password'),
    await client.get('/oauth/callback?state=private-state', key),
  ]
  for (const { text, headers } of answers) {
    expect(text).toContain('own database does not answer')
    expect(text + JSON.stringify([...headers])).not.toMatch(/select|params|private/i)
  }
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 200, 503, 503])
  const metrics = await client.get('/metrics', { host: 'localhost' })
  expect(metrics.text).not.toContain('penstock_runs{')
  await lost.database.drop()
})

test('counts requests by route, never by path, and says what runs, what waits and what is wrong', async () => {
  await get('/invite?token=private-token')
  await get('/some/private-path')
  await request(`${url}/api/session/me`, { method: 'POST' }).then(({ body }) => body.dump())
  await request(`${url}/api/private-area/private-name`, { method: 'POST' }).then(({ body }) => body.dump())
  const { status, text } = await get('/metrics')
  expect(status).toBe(200)
  expect(text).toContain(
    'penstock_http_request_duration_seconds_count{route="api session.me",method="POST",status="2xx"} 1',
  )
  expect(text).toContain('penstock_runs{state="running"} 0')
  expect(text).toContain('penstock_queue_waiting{queue="run"} 0')
  expect(text).toContain('penstock_alerts_open{kind="run_failed"} 0')
  expect(text).not.toContain('private')
})

test('tells its numbers to this machine only, or to whoever has the token', async () => {
  expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401)
  // A name whose owner lets it stand for this machine, as a page of theirs would ask.
  expect((await get('/metrics', { host: 'rebound.example' })).status).toBe(401)
  const guarded = await startServices({ PENSTOCK_METRICS_TOKEN: 'a token of the operator' })
  const client = newClient(guarded.services)
  expect((await client.get('/metrics')).status).toBe(401)
  expect((await client.get('/metrics', { authorization: 'Bearer wrong' })).status).toBe(401)
  expect((await client.get('/metrics', { authorization: 'Bearer a token of the operator' })).status).toBe(200)
  await guarded.close()
})
