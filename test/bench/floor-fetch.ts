import { readFileSync } from 'node:fs'
import { Pool } from 'undici'

/**
 * The floor for objects that take one request a parent: the very requests of a run, 40 under way at a time, each answer parsed and thrown
 * away. The first argument is the source's address, the second a file of requests as JSON; it prints when it began and ended.
 */
interface Call {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body?: unknown
}

const inFlight = 40
const [url = '', file = ''] = process.argv.slice(2)
const calls: readonly Call[] = JSON.parse(readFileSync(file, 'utf8'))
const pool = new Pool(url, { connections: inFlight, pipelining: 1 })
const startedAt = Date.now()
let next = 0
await Promise.all(Array.from({ length: inFlight }, callOneByOne))
const finishedAt = Date.now()
await pool.close()
process.stdout.write(JSON.stringify({ rows: calls.length, startedAt, finishedAt }))

async function callOneByOne(): Promise<void> {
  for (let call = calls[next++]; call; call = calls[next++]) {
    const query = new URLSearchParams(call.query).toString()
    const { statusCode, body } = await pool.request({
      method: call.method === 'POST' ? 'POST' : 'GET',
      path: query === '' ? call.path : `${call.path}?${query}`,
      headers: {
        authorization: 'Bearer sandbox-token',
        accept: 'application/json',
        'content-type': 'application/json',
        'intercom-version': '2.15',
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
    })
    if (statusCode !== 200) throw new Error(`${call.path} answered HTTP ${statusCode}`)
    JSON.parse(await body.text())
  }
}
