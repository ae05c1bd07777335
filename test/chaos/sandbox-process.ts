import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'

export type Truth = Readonly<Record<string, unknown>>

/** A request as the sandbox remembers it. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** A sandbox workspace that runs as a process of its own, and its control endpoints. */
export class SandboxProcess {
  readonly url: string
  readonly #process: ChildProcess
  #counted = 0
  #requests = 0

  private constructor(child: ChildProcess, url: string) {
    this.#process = child
    this.url = url
  }

  static async start(options: SandboxOptions): Promise<SandboxProcess> {
    const script = join(import.meta.dirname, 'serve-sandbox.ts')
    const child = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })
    const [url]: unknown[] = await Promise.race([once(lines, 'line'), once(child, 'exit')])
    if (typeof url !== 'string') throw new Error('The sandbox did not start.')
    return new SandboxProcess(child, url)
  }

  get host(): string {
    return new URL(this.url).host
  }

  /** What is true of an object right now. */
  async truth(object: string): Promise<readonly Truth[]> {
    const text = await this.#call(`/_sandbox/records/${object}`)
    return text
      .split('\n')
      .filter(Boolean)
      .map((line): Truth => JSON.parse(line))
  }

  /** Makes a change, or several by chance. */
  async change(change: object): Promise<void> {
    await this.#call('/_sandbox/change', change)
  }

  /** Sets switches; `faults` takes fault options, or null to end them. */
  async behave(switches: object): Promise<void> {
    await this.#call('/_sandbox/behaviour', switches)
  }

  async advance(seconds: number): Promise<void> {
    await this.#call('/_sandbox/advance', { seconds })
  }

  async requests(): Promise<readonly SeenRequest[]> {
    const { requests }: { requests: readonly SeenRequest[] } = JSON.parse(
      await this.#call('/_sandbox/requests'),
    )
    return requests
  }

  /** How many requests it got since it was told to forget them. */
  async requestCount(): Promise<number> {
    const { requests }: { requests: readonly { sequence: number }[] } = JSON.parse(
      await this.#call(`/_sandbox/requests?since=${this.#counted}`),
    )
    this.#counted = requests.at(-1)?.sequence ?? this.#counted
    this.#requests += requests.length
    return this.#requests
  }

  async forgetRequests(): Promise<void> {
    await this.requestCount()
    this.#requests = 0
    await this.#call('/_sandbox/reset-log', {})
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit')
    this.#process.stdin?.end()
    await exited
  }

  async #call(path: string, body?: object): Promise<string> {
    const response = await fetch(this.url + path, body ? { method: 'POST', body: JSON.stringify(body) } : {})
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return text
  }
}
