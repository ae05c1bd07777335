import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../env.ts'
import { HttpClient } from '../egress/http-client.ts'
import { isFree } from '../http/is-free.ts'
import type { Log } from '../log.ts'
import { keepChild } from './keep-child.ts'
import type { KeptChild } from './keep-child.ts'

/** Where the sandbox workspace of this machine is, and whether somebody else serves it at the moment. */
export interface ChosenSandbox {
  readonly port: number
  readonly served: boolean
}

/** How often it is asked whether the process that serves the sandbox is gone. */
const askEveryMs = 1000
/** How long a sandbox may take to say that it is one. */
const patienceMs = 5000

/**
 * The port of the sandbox workspace. A connection that was made with it names it, so it stays what it was at the first start with this data
 * folder, whatever PORT is now; and of two starts with one folder both use the first one's. Undefined: none is to be served, or nothing is
 * free to serve it.
 */
export async function chooseSandbox(env: Environment): Promise<ChosenSandbox | undefined> {
  if (env.sandboxUrl !== undefined || env.sandboxPort === 0) return undefined
  const file = join(env.dataDir, 'sandbox-port')
  const remembered = await readPort(file)
  const kept = env.sandboxPort === undefined ? remembered : undefined
  const first = env.port + 10
  for (const port of new Set([env.sandboxPort ?? kept ?? first, env.sandboxPort ?? first])) {
    const free = await isFree(port)
    if (!free && !(port === remembered && (await isSandbox(port)))) continue
    if (remembered === undefined) await keepPort(env.dataDir, file, port)
    return { port, served: !free }
  }
  return undefined
}

/** Serves the sandbox as a process of its own; where somebody else does, as soon as they have gone. */
export function keepSandbox(
  { port, served }: ChosenSandbox,
  variables: Readonly<Record<string, string | undefined>>,
  log: Log,
): KeptChild {
  const start = () => keepChild('sandbox', { ...variables, PENSTOCK_SANDBOX_PORT: String(port) }, log)
  let child = served ? undefined : start()
  let stopped = false
  const ask = async () => {
    if (!(await isFree(port)) || stopped || child) return
    clearInterval(timer)
    child = start()
  }
  const timer = served ? setInterval(() => void ask(), askEveryMs) : undefined
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await child?.stop()
    },
  }
}

async function readPort(file: string): Promise<number | undefined> {
  const port = Number(await readFile(file, 'utf8').catch(() => ''))
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

async function keepPort(folder: string, file: string, port: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${port}\n`)
}

/** Whether it is a sandbox that listens there, and no other program. */
async function isSandbox(port: number): Promise<boolean> {
  const host = `127.0.0.1:${port}`
  const http = new HttpClient({ allowedHosts: [host] })
  const url = new URL(`http://${host}/_sandbox/behaviour`)
  const request = { method: 'GET' as const, url, headers: {}, timeoutMs: patienceMs }
  try {
    const { status } = await http.send(request, AbortSignal.timeout(patienceMs))
    return status === 200
  } catch {
    return false
  } finally {
    await http.close()
  }
}
