import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A source that costs next to nothing, so that the program in front of it is what is measured: it asks the sandbox whose address is its
 * first argument once for each request, and from then on answers from memory, byte for byte, after as many
 * milliseconds as the second argument says. Its first line is its own address; it ends
 * with standard input.
 */
interface Remembered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const origin = process.argv[2] ?? ''
const latencyMs = Number(process.argv[3] ?? 0)
const memory = new Map<string, Promise<Remembered>>()
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  answer(request, response).catch((error: unknown) =>
    response.destroy(error instanceof Error ? error : undefined),
  )
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.stdin.resume().on('end', () => process.exit(0))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  if (request.method === 'GET') request.resume()
  else for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
  const key = `${request.method} ${request.url} ${body}`
  const known = memory.get(key) ?? ask(request, body)
  memory.set(key, known)
  const { status, headers, body: bytes } = await known
  if (latencyMs > 0) await wait(latencyMs)
  response.writeHead(status, headers).end(bytes)
}

async function ask(request: IncomingMessage, body: string): Promise<Remembered> {
  const sent = await fetch(origin + String(request.url), {
    method: request.method ?? 'GET',
    headers: {
      authorization: request.headers.authorization ?? '',
      'content-type': 'application/json',
      'intercom-version': String(request.headers['intercom-version'] ?? ''),
    },
    ...(body === '' ? {} : { body }),
  })
  const bytes = Buffer.from(await sent.arrayBuffer())
  const kept = [...sent.headers].filter(([name]) => /^(content-type|intercom-)/.test(name))
  const headers = { ...Object.fromEntries(kept), 'content-length': String(bytes.length) }
  return { status: sent.status, headers, body: bytes }
}
