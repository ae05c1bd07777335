import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A TCP server that answers as it is told, and remembers what it heard. */
export interface Listener {
  readonly port: number
  readonly url: URL
  /** Everything that any connection sent. */
  heard(): string
  /** How many connections were opened. */
  connections(): number
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. `onRequest` is called once for each connection, with its first bytes. */
export async function listen(onRequest: (socket: Socket) => void, host = '127.0.0.1'): Promise<Listener> {
  const chunks: Buffer[] = []
  const sockets = new Set<Socket>()
  let opened = 0
  const server: Server = createServer((socket) => {
    opened++
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.once('data', () => onRequest(socket))
    socket.on('data', (chunk) => chunks.push(chunk))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}/`),
    heard: () => Buffer.concat(chunks).toString('latin1'),
    connections: () => opened,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An HTTP answer as bytes. */
export function answer(head: readonly string[], body: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(body)
  const lines = ['HTTP/1.1 200 OK', `Content-Length: ${bytes.length}`, ...head, '', '']
  return Buffer.concat([Buffer.from(lines.join('\r\n')), bytes])
}
