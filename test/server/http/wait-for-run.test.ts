import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { buildApp } from '@penstock/server/http/app.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunRig } from '../runs/run-rig.ts'

let rig: RunRig
let http: ReturnType<typeof serve>
let url: string

beforeAll(async () => {
  rig = await RunRig.start()
  const { promise, resolve } = Promise.withResolvers<number>()
  const app = buildApp(rig.test.services)
  http = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port))
  url = `http://127.0.0.1:${await promise}`
  await rig.work()
})
afterAll(async () => {
  http.close()
  await rig.close()
})

/** Runs the script that docs/api.md shows, as it stands there. */
async function runScript(
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8')
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? []
  const child = spawn('sh', ['-c', script], { env: { ...process.env, PENSTOCK_URL: url, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)))
  return await new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

test('the shell script of the documentation starts a run, waits for it and says how it ended', async () => {
  const pipelineId = await rig.pipeline(['tags', 'admins'])
  const { key } = await rig.test.here.admin.api.apiKeys.create({ name: 'cron', role: 'editor' })
  const ended = await runScript({ PENSTOCK_API_KEY: key, PIPELINE_ID: pipelineId })
  expect(ended.err).toBe('')
  expect(ended.out).toMatch(/^run [\w-]{36}\n/)
  expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/\nsucceeded\n$/) })
  const { items } = await rig.test.here.admin.api.runs.list({ pipelineId, limit: 10 })
  expect(items).toMatchObject([{ trigger: 'api', state: 'succeeded' }])
})

test('the script ends with an error where the key may not start runs', async () => {
  const pipelineId = await rig.pipeline(['tags'])
  const { key } = await rig.test.here.admin.api.apiKeys.create({ name: 'reader', role: 'viewer' })
  const ended = await runScript({ PENSTOCK_API_KEY: key, PIPELINE_ID: pipelineId })
  expect(ended.code).not.toBe(0)
  expect(ended.err).toContain('403')
})
