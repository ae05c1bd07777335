import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPenstock } from '../../journeys/start-penstock.ts'
import type { RunningPenstock } from '../../journeys/start-penstock.ts'

let penstock: RunningPenstock
let sandboxUrl: string

beforeAll(async () => {
  penstock = await startPenstock()
  sandboxUrl = penstock.sandboxUrl
})

test('a stranger with the setup link gets from nothing to rows in a table by the API alone', async () => {
  const script = spawnSync('bash', ['examples/first-rows.sh', penstock.setupLink], {
    cwd: join(import.meta.dirname, '../../..'),
    encoding: 'utf8',
    env: { ...process.env, PENSTOCK_SANDBOX_URL: sandboxUrl },
  })
  expect(script.stderr).toBe('')
  expect(script.stdout).toMatch(/The run succeeded: \d+ rows loaded/)
  await penstock.stop()
  // Each workspace has a folder of its own.
  const [workspace = ''] = await readdir(join(penstock.folder, 'warehouses'))
  const path = join(penstock.folder, 'warehouses', workspace, 'first-rows.duckdb')
  const file = await DuckDBInstance.create(path)
  const connection = await file.connect()
  const rows = await connection.runAndReadAll(
    `select count(*)::int as n, count(*) filter (email like 'h1:%')::int as hashed, count(email)::int as given from intercom.contacts`,
  )
  const [row] = rows.getRowObjects()
  expect(row?.['n']).toBeGreaterThan(1000)
  expect(row?.['hashed']).toBe(row?.['given'])
  connection.closeSync()
  file.closeSync()
})

afterAll(() => penstock.remove())
