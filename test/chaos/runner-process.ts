import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { RunReport } from '@penstock/schemas/generated/run.ts'

/** How a runner ended. */
export interface RunnerEnd {
  readonly code: number | null
  /** Absent where it was killed before it could tell. */
  readonly report: RunReport | undefined
  readonly err: string
  readonly ms: number
}

/** `penstock run FILE --json`, as a real process that can be killed. */
export class RunnerProcess {
  readonly pid: number
  readonly ended: Promise<RunnerEnd>
  #running = true

  /** `env` stands over an environment without any of Penstock's variables. */
  constructor(file: string, env: Readonly<Record<string, string>>, flags: readonly string[] = []) {
    const main = join(import.meta.dirname, '../../server/cli/main.js')
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(PENSTOCK_|INTERCOM_|INIT_CWD)/.test(name),
    )
    const started = Date.now()
    const child = spawn(
      process.execPath,
      ['--max-semi-space-size=16', main, 'run', file, '--json', ...flags],
      {
        env: { ...Object.fromEntries(inherited), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-20_000)))
    this.pid = child.pid ?? 0
    // One that is stopped would outlive us.
    const kill = () => this.signal('SIGKILL')
    process.on('exit', kill)
    this.ended = new Promise((resolve) => {
      child.on('close', (code) => {
        this.#running = false
        process.off('exit', kill)
        resolve({ code, report: readReport(out), err, ms: Date.now() - started })
      })
    })
  }

  get running(): boolean {
    return this.#running
  }

  /** Nothing happens where it has ended already. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    if (this.#running) process.kill(this.pid, name)
  }
}

function readReport(out: string): RunReport | undefined {
  try {
    return JSON.parse(out)
  } catch {
    return undefined
  }
}
