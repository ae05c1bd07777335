import { expect, inject, test } from 'vitest'
import { Agent, request } from 'undici'
import { ServerStage } from './server-stage.ts'
import type { ServerProcess } from './server-process.ts'

/** Calls as a proxy in front of two servers passes them on: where nobody listens it asks the other one; anything else is the caller's to see. */
class Callers {
  readonly failed: string[] = []
  answered = 0
  readonly #agent = new Agent({ connections: 8 })
  readonly #urls: readonly string[]
  readonly #key: string
  #stopped = false

  constructor(urls: readonly string[], key: string) {
    this.#urls = urls
    this.#key = key
  }

  start(count: number): Promise<void> {
    return Promise.all(Array.from({ length: count }, (_, index) => this.#call(index))).then(() =>
      this.#agent.close(),
    )
  }

  stop(): void {
    this.#stopped = true
  }

  async #call(first: number): Promise<void> {
    let turn = first
    while (!this.#stopped) await this.#once(turn++)
  }

  async #once(turn: number, tries = 0): Promise<void> {
    const url = `${this.#urls[(turn + tries) % this.#urls.length]}/api/pipelines/list`
    const headers = { 'content-type': 'application/json', 'x-api-key': this.#key }
    try {
      const answer = await request(url, {
        method: 'POST',
        headers,
        body: '{"limit":20}',
        dispatcher: this.#agent,
      })
      const text = await answer.body.text()
      if (answer.statusCode === 200) this.answered++
      else this.failed.push(`${answer.statusCode} ${text.slice(0, 200)}`)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      if (code === 'ECONNREFUSED' && tries < 2) return await this.#once(turn, tries + 1)
      this.failed.push(code)
    }
  }
}

test('while servers are replaced one after the other under load, no call fails', async () => {
  const stage = await ServerStage.open(inject('postgresUrl'), { seed: 3, sizes: { contacts: 20 } })
  try {
    await stage.pipelines(5, ['contacts'])
    const servers: ServerProcess[] = [await stage.server(), await stage.server()]
    const callers = new Callers(
      servers.map(({ url }) => url),
      await stage.apiKey('viewer'),
    )
    const ended = callers.start(6)
    for (const [index, server] of servers.entries()) {
      const before = callers.answered
      server.signal('SIGTERM')
      expect(await server.ended).toBe(0)
      servers[index] = await stage.server(Number(new URL(server.url).port))
      await stage.until('calls go on', async () => callers.answered > before + 20)
    }
    callers.stop()
    await ended
    expect(callers.failed).toEqual([])
  } finally {
    await stage.close()
  }
}, 120_000)
