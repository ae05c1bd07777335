import { setTimeout as wait } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { buildApp } from '../http/app.ts'
import type { Services } from '../services.ts'

/** The HTTP half of a process. */
export interface HttpServer {
  readonly port: number
  /**
   * Leaves without failing anyone: for `farewellMs` it still answers, but asks every caller to hang up and tells load balancers to go
   * elsewhere (/readyz: 503); then it takes no more calls, and at last it ends what stays open, since live streams never end by themselves.
   * A caller that comes in the very moment the port closes is refused; one that asks /readyz first never comes then.
   */
  stop(): Promise<void>
}

const patienceMs = 3000
/**
 * How long a connection may rest. Proxies keep theirs for 60 seconds (nginx, the load balancers of AWS): whoever closes first must not be
 * this side, or a call that was just sent comes to nothing. Node's own 5 seconds do that to every quiet minute.
 */
const keepAliveTimeout = 65_000

/** Listens on the environment's address. Rejects when the port is taken. */
export async function startHttp(services: Services): Promise<HttpServer> {
  const app = buildApp(services)
  let leaving = false
  const fetch: typeof app.fetch = async (request, ...rest) => {
    if (!leaving) return await app.fetch(request, ...rest)
    if (new URL(request.url).pathname === '/readyz')
      return new Response('This process is leaving.\n', { status: 503 })
    const answer = await app.fetch(request, ...rest)
    answer.headers.set('Connection', 'close')
    return answer
  }
  const { promise: listening, resolve, reject } = Promise.withResolvers<number>()
  const { host: hostname, port, farewellMs } = services.env
  const server = serve({ fetch, hostname, port, serverOptions: { keepAliveTimeout } }, (address) =>
    resolve(address.port),
  )
  server.once('error', reject)
  return {
    port: await listening,
    stop: async () => {
      leaving = true
      await wait(farewellMs)
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      const timer = setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections()
      }, patienceMs)
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await closed
      clearTimeout(timer)
    },
  }
}
