import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** How a command of the command line ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command that is running, as a real process. */
export interface Running {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when standard error has said this; rejects when the process ended without. */
  saysOnErr(text: string): Promise<void>
}

const root = join(import.meta.dirname, '../../..')

/** Starts `penstock …` with the Node that runs the tests. `env` stands over an environment without any of Penstock's variables. */
export function startPenstock(
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Running {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PENSTOCK_|INTERCOM_|INIT_CWD|FORCE_COLOR)/.test(name),
  )
  const child = spawn(process.execPath, [join(root, 'server/cli/main.js'), ...args], {
    cwd: options.cwd ?? root,
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  const heard = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    for (const listener of heard) listener()
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
  const saysOnErr = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const listener = (): void => {
        if (err.includes(text)) resolve()
      }
      heard.add(listener)
      listener()
      void ended.then((end) => reject(new Error(`ended without saying ${text}: ${JSON.stringify(end)}`)))
    })
  return { process: child, ended, saysOnErr }
}

/** Runs `penstock …` to its end. */
export function penstock(...args: Parameters<typeof startPenstock>): Promise<Ended> {
  return startPenstock(...args).ended
}
