import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'
import { freePort } from '../../free-port.ts'
import { startPostgresProxy } from '../destinations/postgres-proxy.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createDatabase()
  folder = await mkdtemp(join(tmpdir(), 'penstock-stopping-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test('Ctrl C at the terminal of npm start lets the worker leave its runs in good order', async () => {
  const child = await start('all')
  const { events, ended } = follow(child, (event) => {
    // A terminal sends the signal to all processes of the group that it runs.
    if (event === 'worker.ready') process.kill(-Number(child.pid), 'SIGINT')
  })
  expect(await ended).toBe(0)
  expect(events).toContain('worker.stopped')
})

test('a worker that is told to end while it begins ends in good order, as soon as it has begun', async () => {
  const lock = await database.sql.reserve()
  await lock`select pg_advisory_lock(hashtext('penstock migrations'))`
  const child = await start('worker')
  const { events, ended } = follow(child)
  const waits = () => database.sql`
    select from pg_locks join pg_database on pg_database.oid = database
    where datname = current_database() and locktype = 'advisory' and not granted`
  await expect.poll(waits).toHaveLength(1)
  child.kill('SIGTERM')
  await lock`select pg_advisory_unlock_all()`
  lock.release()
  expect(await ended).toBe(0)
  expect(events).toContain('worker.stopped')
})

test('a worker that begins before its database answers says so, and waits for it', async () => {
  let answers = false
  const proxy = await startPostgresProxy(database.url, (client, upstream) => {
    if (answers) client.pipe(upstream).pipe(client)
    else client.destroy()
  })
  onTestFinished(() => proxy.close())
  const child = await start('worker', proxy.url)
  const { events, ended } = follow(child, (event) => {
    if (event === 'database.away') answers = true
    if (event === 'worker.ready') child.kill('SIGTERM')
  })
  expect(await ended).toBe(0)
  expect(events[0]).toBe('database.away')
  expect(events).toContain('worker.ready')
})

test('a data folder that is a file is said with what to do', async () => {
  const path = join(folder, 'a file')
  await writeFile(path, '')
  const child = await start('all', '', path)
  const { said, ended } = follow(child)
  expect(await ended).toBe(1)
  expect(said.at(-1)).toBe(
    `${path}: there is a file in the way. Check the path, or set PENSTOCK_DATA_DIR to another folder.`,
  )
})

type Started = ChildProcessByStdio<null, null, Readable>

/** A part of Penstock, in a process group of its own. */
async function start(part: 'all' | 'worker', databaseUrl = database.url, dataDir = folder): Promise<Started> {
  const main = join(import.meta.dirname, '../../../server/main.ts')
  const child = spawn(process.execPath, [main, part], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PENSTOCK_DATA_DIR: dataDir,
      PENSTOCK_SECRET_KEY: randomBytes(32).toString('base64url'),
      PENSTOCK_SANDBOX_PORT: '0',
      PENSTOCK_LOG: 'info',
      PORT: String(await freePort()),
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** What it logs and says, and with which code it ends. */
function follow(child: Started, onEvent: (event: unknown) => void = () => {}) {
  const events: unknown[] = []
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    const { event }: { event?: string } = line.startsWith('{') ? JSON.parse(line) : {}
    events.push(event)
    onEvent(event)
  })
  return { events, said, ended: new Promise((resolve) => child.once('close', resolve)) }
}
