import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'

export interface PostgresProxy {
  /** The same database, by way of the proxy. */
  readonly url: string
  close(): Promise<void>
}

/** Stands between clients and PostgreSQL; `join` says what goes from the one side to the other. */
export async function startPostgresProxy(
  url: string,
  join: (client: Socket, upstream: Socket) => void,
): Promise<PostgresProxy> {
  const { host, port, user, database, password } = readConnectionUrl(url)
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const socket of [client, upstream]) open.add(socket.on('error', () => {}))
    join(client, upstream)
    upstream.on('close', () => client.destroy())
    // The server gets to know late that a client is gone, if at all: what it was sent, it does.
    client.on('close', () => upstream.end())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const listening = typeof address === 'object' ? address?.port : 0
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${listening}/${database}`,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
