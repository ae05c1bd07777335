import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'

export interface DroppingProxy {
  /** The same database, by way of the proxy. */
  readonly url: string
  /** The next COMMIT ends its connection: before the server gets it, or before the client gets the answer. */
  dropNext(when: 'before commit' | 'after commit'): void
  /** How many connections were dropped. */
  dropped(): number
  /** How many statements left in two pieces: half of one, and a request to be told about it before the rest comes. */
  halfSent(): number
  close(): Promise<void>
}

/** How a simple query ends that commits, and how PostgreSQL answers it. */
const commitMessage = Buffer.from('commit\0')
const committed = Buffer.from('COMMIT\0')
/** The message Flush, with which a client asks for answers in the middle of a statement. */
const flush = Buffer.from('H\0\0\0\x04', 'latin1')

/** Stands between a client and PostgreSQL, and loses the connection at the worst moments. */
export async function startDroppingProxy(url: string): Promise<DroppingProxy> {
  const { host, port, user, database, password } = readConnectionUrl(url)
  const open = new Set<Socket>()
  let next: 'before commit' | 'after commit' | undefined
  let dropped = 0
  let halfSent = 0
  const server = createServer((client) => {
    const upstream = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const socket of [client, upstream]) open.add(socket.on('error', () => {}))
    const drop = () => {
      next = undefined
      dropped += 1
      client.destroy()
    }
    client.on('data', (data: Buffer) => {
      if (data.subarray(-flush.length).equals(flush)) halfSent += 1
      if (next !== 'before commit' || !data.includes(commitMessage)) return void upstream.write(data)
      upstream.destroy()
      drop()
    })
    upstream.on('data', (data: Buffer) => {
      if (next === 'after commit' && data.includes(committed)) drop()
      else client.write(data)
    })
    upstream.on('close', () => client.destroy())
    // The server gets to know late that a client is gone, if at all: what it was sent, it does.
    client.on('close', () => upstream.end())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const listening = typeof address === 'object' ? address?.port : 0
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${listening}/${database}`,
    dropNext: (when) => (next = when),
    dropped: () => dropped,
    halfSent: () => halfSent,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
