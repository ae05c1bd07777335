import { startPostgresProxy } from './postgres-proxy.ts'
import type { PostgresProxy } from './postgres-proxy.ts'

export interface DroppingProxy extends PostgresProxy {
  /** The next COMMIT ends its connection: before the server gets it, or before the client gets the answer. */
  dropNext(when: 'before commit' | 'after commit'): void
  /** How many connections were dropped. */
  dropped(): number
  /** How many statements left in two pieces: half of one, and a request to be told about it before the rest comes. */
  halfSent(): number
}

/** How a simple query ends that commits, and how PostgreSQL answers it. */
const commitMessage = Buffer.from('commit\0')
const committed = Buffer.from('COMMIT\0')
/** The message Flush, with which a client asks for answers in the middle of a statement. */
const flush = Buffer.from('H\0\0\0\x04', 'latin1')

/** Stands between a client and PostgreSQL, and loses the connection at the worst moments. */
export async function startDroppingProxy(url: string): Promise<DroppingProxy> {
  let next: 'before commit' | 'after commit' | undefined
  let dropped = 0
  let halfSent = 0
  const proxy = await startPostgresProxy(url, (client, upstream) => {
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
  })
  return {
    ...proxy,
    dropNext: (when) => (next = when),
    dropped: () => dropped,
    halfSent: () => halfSent,
  }
}
