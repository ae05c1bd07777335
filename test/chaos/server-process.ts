import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../free-port.ts'

/** A server as `npm run server` starts it, as a real process. */
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
  const lean = join(import.meta.dirname, '../../server/lean-node.sh')
  const child = spawn('sh', [lean, main, 'server'], {
    env: {
      ...Object.fromEntries(inherited),
      // The script starts the first `node` that it finds.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      PENSTOCK_LOG: 'warn',
      ...env,
      PORT: String(chosen),
    },
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
