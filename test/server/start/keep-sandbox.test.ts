import { createServer } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEnvironment } from '@penstock/server/env.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { chooseSandbox } from '@penstock/server/start/keep-sandbox.ts'
import { startSandboxPart } from '@penstock/server/start/start-sandbox-part.ts'
import { freePort } from '../../free-port.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-sandbox-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** A start with this data folder, on this port. */
const choose = async (port: number, more = {}) =>
  await chooseSandbox({
    ...readEnvironment({ PENSTOCK_DATA_DIR: folder }),
    dataDir: folder,
    port,
    sandboxUrl: undefined,
    sandboxPort: undefined,
    ...more,
  })

test('the sandbox stays where it was first, on whatever port Penstock is started again', async () => {
  const port = await freePort()
  expect(await choose(port - 10)).toEqual({ port, served: false })
  expect(await choose(port - 200)).toEqual({ port, served: false })
  expect(await choose(port - 10, { sandboxPort: 0 })).toBeUndefined()
})

test('a port that was given for the sandbox at first is its port from then on', async () => {
  const port = await freePort()
  expect(await choose(port - 200, { sandboxPort: port })).toEqual({ port, served: false })
  expect(await choose(port - 200)).toEqual({ port, served: false })
})

test('the second of two starts with one data folder uses the first one’s sandbox; another program’s port is not taken for one', async () => {
  const port = await freePort()
  await choose(port - 10)
  const sandbox = await startSandbox({
    port,
    sizes: { contacts: 1, companies: 1, conversations: 1, tickets: 1 },
  })
  expect(await choose(port - 200)).toEqual({ port, served: true })
  expect(await choose(port - 200, { sandboxPort: port })).toEqual({ port, served: true })
  await sandbox.close()
  const other = createServer((socket) => socket.destroy())
  await new Promise<void>((listening) => other.listen(port, '127.0.0.1', listening))
  const elsewhere = await freePort()
  expect(await choose(elsewhere - 10)).toEqual({ port: elsewhere, served: false })
  await new Promise((closed) => other.close(closed))
})

test('the sandbox’s records are the same after a restart, and its time is today’s', async () => {
  const lastWeek = Date.now() - 7 * 86_400_000
  await writeFile(join(folder, 'sandbox-born'), `${lastWeek}\n`)
  const port = await freePort()
  const env = { ...readEnvironment({ PENSTOCK_DATA_DIR: folder }), dataDir: folder, sandboxPort: port }
  const part = await startSandboxPart(env)
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/_sandbox/records/contacts`)
    const changed = (await answer.text()).match(/(?<="updated_at":)\d+/g)?.map(Number) ?? []
    expect(changed.length).toBeGreaterThan(1000)
    expect(Math.max(...changed)).toBeLessThanOrEqual(lastWeek / 1000)
    const me = await fetch(`http://127.0.0.1:${port}/me`)
    expect(Math.abs(Date.parse(me.headers.get('date') ?? '') - Date.now())).toBeLessThan(86_400_000)
  } finally {
    await part.stop()
  }
})
