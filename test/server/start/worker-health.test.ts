import { readEnvironment } from '@penstock/server/env.ts'
import { startHealth } from '@penstock/server/start/start-health.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let server: TestServices
beforeAll(async () => {
  server = await startServices({ PENSTOCK_HEALTH_PORT: '0' })
})
afterAll(() => server.close())

test('a worker answers whoever watches over it, and nothing else, and says when it leaves', async () => {
  const health = await startHealth(server.services)
  const url = `http://127.0.0.1:${health?.port}`
  const status = async (path: string) => (await fetch(url + path)).status
  const paths = ['/livez', '/readyz', '/metrics', '/', '/api/pipelines/list', '/trpc/session.me']
  expect(await Promise.all(paths.map(status))).toEqual([200, 200, 200, 404, 404, 404])
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('penstock_runs{state="running"} 0')
  health?.leave()
  expect([await status('/readyz'), await status('/livez')]).toEqual([503, 200])
  await health?.stop()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test.each([undefined, '', 'x', '-1', '70000', '1.5'])(
  'it does so only where a port is named, and not at %j',
  (port) => {
    expect(readEnvironment({ PENSTOCK_HEALTH_PORT: port }).healthPort).toBeUndefined()
  },
)
