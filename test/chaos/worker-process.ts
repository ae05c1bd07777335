import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { giveWay } from '@penstock/server/start/give-way.ts'

/** A line of the worker's own log. */
export type LogLine = Readonly<Record<string, unknown>>

/** `node server/main.ts worker`, as a real process that can be killed, stopped and woken. */
export class WorkerProcess {
  /** Its name among the workers, as it stands in `runs.worker`. */
  readonly name: string
  readonly lines: readonly LogLine[]
  readonly ended: Promise<number | null>
  readonly #pid: number
  #running = true

  private constructor(name: string, lines: LogLine[], pid: number, ended: Promise<number | null>) {
    this.name = name
    this.lines = lines
    this.#pid = pid
    this.ended = ended.then((code) => {
      this.#running = false
      return code
    })
  }

  /**
   * Resolves when it carries runs. `env` stands over an environment without any of Penstock's variables. `nice`: it gives way
   * to others, as the worker of `npm start` does.
   */
  static async start(
    env: Readonly<Record<string, string>>,
    { nice = 0 }: { readonly nice?: number } = {},
  ): Promise<WorkerProcess> {
    const main = join(import.meta.dirname, '../../server/main.ts')
    const inherited = Object.entries(process.env).filter(([name]) => !/^(PENSTOCK_|DATABASE_URL)/.test(name))
    const child = spawn(process.execPath, [main, 'worker'], {
      env: { ...Object.fromEntries(inherited), PENSTOCK_LOG: 'info', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: nice > 0,
    })
    giveWay(child, nice)
    const kill = () => child.kill('SIGKILL')
    process.on('exit', kill)
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', (code) => {
        process.off('exit', kill)
        resolve(code)
      })
    })
    const lines: LogLine[] = []
    const name = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (text) => {
        const line = readLine(text)
        lines.push(line)
        if (line['event'] === 'worker.started') resolve(String(line['worker']))
      })
      void ended.then((code) => reject(new Error(`The worker ended with ${code}: ${JSON.stringify(lines)}`)))
    })
    return new WorkerProcess(name, lines, child.pid ?? 0, ended)
  }

  /** Nothing happens where it has ended already. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    if (this.#running) process.kill(this.#pid, name)
  }
}

function readLine(text: string): LogLine {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}
