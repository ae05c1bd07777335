import { setTimeout as wait } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { Agent, request } from 'undici'
import { ServerStage } from './server-stage.ts'
import type { ServerProcess } from './server-process.ts'

/** Starts a pipeline so many times at once, over all of the servers in turn. The run that began, and what all others were told. */
async function race(urls: readonly string[], key: string, pipelineId: string): Promise<Raced> {
  const headers = { 'content-type': 'application/json', 'x-api-key': key }
  const body = JSON.stringify({ pipelineId })
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const to = `${urls[index % urls.length]}/api/runs/start`
      const answer = await request(to, { method: 'POST', headers, body })
      return { status: answer.statusCode, text: await answer.body.text() }
    }),
  )
  return {
    began: answers.filter(({ status }) => status === 200).map(({ text }) => text),
    refused: answers.filter(({ status }) => status !== 200),
  }
}

interface Raced {
  readonly began: readonly string[]
  readonly refused: readonly { readonly status: number; readonly text: string }[]
}

/** Calls as a load balancer passes them on: it asks each server again and again whether it is ready, and chooses among those that are. Whatever fails is the caller's to see. */
class Callers {
  readonly failed: string[] = []
  answered = 0
  readonly #agent = new Agent({ connections: 8 })
  readonly #urls: readonly string[]
  readonly #key: string
  readonly #ready = new Set<string>()
  #stopped = false

  constructor(urls: readonly string[], key: string) {
    this.#urls = urls
    this.#key = key
  }

  /** Resolves after `stop`. */
  async start(count: number): Promise<void> {
    await this.#look()
    const calls = Array.from({ length: count }, (_, index) => this.#call(index))
    await Promise.all([...calls, this.#watch()])
    await this.#agent.close()
  }

  stop(): void {
    this.#stopped = true
  }

  /** Whether calls are passed on to this one. Only then may the next one be taken away: whoever replaces servers in turn waits for that. */
  uses(url: string): boolean {
    return this.#ready.has(url)
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      await wait(100)
      await this.#look()
    }
  }

  async #look(): Promise<void> {
    for (const url of this.#urls) {
      const answer = await fetch(`${url}/readyz`, { headers: { connection: 'close' } }).catch(() => undefined)
      await answer?.text()
      if (answer?.ok) this.#ready.add(url)
      else this.#ready.delete(url)
    }
  }

  async #call(first: number): Promise<void> {
    for (let turn = first; !this.#stopped; turn++) {
      const ready = [...this.#ready]
      const url = ready[turn % ready.length]
      if (url === undefined) {
        this.failed.push('no server was ready')
        return
      }
      await this.#once(url)
      await wait(10)
    }
  }

  async #once(url: string): Promise<void> {
    const headers = { 'content-type': 'application/json', 'x-api-key': this.#key }
    const body = '{"limit":20}'
    try {
      const to = `${url}/api/pipelines/list`
      const answer = await request(to, { method: 'POST', headers, body, dispatcher: this.#agent })
      const text = await answer.body.text()
      if (answer.statusCode === 200) this.answered++
      else this.failed.push(`${answer.statusCode} ${text.slice(0, 200)}`)
    } catch (error) {
      this.failed.push(error instanceof Error && 'code' in error ? String(error.code) : String(error))
    }
  }
}

/** However many people press start at once, on however many servers: there is one run, once in line, and all others are told which. */
async function expectOneRun({ sql }: ServerStage, { began, refused }: Raced): Promise<void> {
  const runs = await sql`select id from runs`
  const jobs = await sql`select data->>'runId' as run from pgboss.job where name = 'run'`
  const [id] = runs.map((row) => String(row['id']))
  expect(began).toEqual([expect.stringContaining(id ?? 'no run')])
  expect({ runs: runs.length, jobs: jobs.map(({ run }) => run) }).toEqual({ runs: 1, jobs: [id] })
  expect(refused.filter(({ status, text }) => status !== 409 || !text.includes(id ?? ''))).toEqual([])
}

test('of fifty starts at once one begins; and while servers are replaced one after the other under load, no call fails', async () => {
  const stage = await ServerStage.open(inject('postgresUrl'), { seed: 3, sizes: { contacts: 20 } })
  try {
    const pipelines = await stage.pipelines(5, ['contacts'])
    const servers: ServerProcess[] = [await stage.server(), await stage.server()]
    const urls = servers.map(({ url }) => url)
    await expectOneRun(stage, await race(urls, await stage.apiKey('editor'), pipelines[0] ?? ''))
    const callers = new Callers(urls, await stage.apiKey('viewer'))
    const ended = callers.start(6)
    for (const [index, server] of servers.entries()) {
      server.signal('SIGTERM')
      expect(await server.ended).toBe(0)
      servers[index] = await stage.server(Number(new URL(server.url).port))
      const before = callers.answered
      const goOn = async () =>
        callers.failed.length > 0 || (callers.uses(server.url) && callers.answered > before + 20)
      await stage.until('calls go on, to the new server too', goOn)
      expect(callers.failed).toEqual([])
    }
    callers.stop()
    await ended
    expect(callers.failed).toEqual([])
  } finally {
    await stage.close()
  }
})
