import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

/** Somebody else's web server, which alerts are posted to. */
export interface HookReceiver {
  /** `host:port`, for PENSTOCK_ALLOWED_HOSTS. */
  readonly host: string
  /** What came, oldest first. */
  readonly received: readonly ReceivedHook[]
  close(): void
}

export interface ReceivedHook {
  readonly path: string
  readonly body: string
  /** Whether the delivery is signed with this secret, as the receiver would check it. */
  isSignedWith(secret: string): boolean
}

/** Receives hooks on a port of its own. Whatever is posted to /broken is answered with 500. */
export async function receiveHooks(): Promise<HookReceiver> {
  const received: ReceivedHook[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const path = request.url ?? ''
      const [time, given] = ['x-penstock-timestamp', 'x-penstock-signature'].map((name) =>
        String(request.headers[name]),
      )
      received.push({ path, body, isSignedWith: (secret) => given === sign(secret, `${time}.${body}`) })
      response.writeHead(path === '/broken' ? 500 : 200).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { host: `127.0.0.1:${port}`, received, close: () => server.close() }
}

function sign(secret: string, text: string): string {
  return `v1=${createHmac('sha256', secret).update(text).digest('hex')}`
}
