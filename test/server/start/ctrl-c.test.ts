import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../create-database.ts'
import { freePort } from '../../free-port.ts'

test('Ctrl C at the terminal of npm start lets the worker leave its runs in good order', async () => {
  const database = await createDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'penstock-ctrl-c-'))
  const main = join(import.meta.dirname, '../../../server/main.ts')
  // A terminal sends the signal to all processes of the group that it runs.
  const child = spawn(process.execPath, [main, 'all'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      PENSTOCK_DATA_DIR: folder,
      PENSTOCK_SECRET_KEY: randomBytes(32).toString('base64url'),
      PENSTOCK_SANDBOX_PORT: '0',
      PENSTOCK_LOG: 'info',
      PORT: String(await freePort()),
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const events: unknown[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    const { event }: { event?: string } = JSON.parse(line)
    events.push(event)
    if (event === 'worker.ready') process.kill(-Number(child.pid), 'SIGINT')
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(events).toContain('worker.stopped')
  expect(code).toBe(0)
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})
