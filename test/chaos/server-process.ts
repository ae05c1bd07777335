import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** `node server/main.ts server`, as a real process. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  readonly ended: Promise<number | null>
  signal(name: 'SIGKILL' | 'SIGTERM'): void
}

/** Resolves when it answers. `env` stands over an environment without any of Penstock's variables. */
export async function startServerProcess(
  env: Readonly<Record<string, string>>,
  port?: number,
): Promise<ServerProcess> {
  const main = join(import.meta.dirname, '../../server/main.ts')
  const chosen = port ?? (await freePort())
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PENSTOCK_|DATABASE_URL|PORT)/.test(name),
  )
  const child = spawn(process.execPath, [main, 'server'], {
    env: { ...Object.fromEntries(inherited), PENSTOCK_LOG: 'warn', ...env, PORT: String(chosen) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = () => child.kill('SIGKILL')
  process.on('exit', kill)
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      process.off('exit', kill)
      resolve(code)
    })
  })
  const [line]: unknown[] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit'),
  ])
  if (typeof line !== 'string') throw new Error('The server did not start.')
  return {
    url: `http://127.0.0.1:${chosen}`,
    pid: child.pid ?? 0,
    ended,
    signal: (name) => void child.kill(name),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.')
  return address.port
}
