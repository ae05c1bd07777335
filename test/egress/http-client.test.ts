import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { TooLarge, type AnswerLimits } from '@penstock/server/egress/collect-response.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { PrivateAddress } from '@penstock/server/egress/public-addresses.ts'
import { answer, listen, type Listener } from './listen.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const limits: AnswerLimits = { bodyBytes: 100_000, idleMs: 1100, totalMs: 2500 }

async function serve(onRequest: (socket: Socket) => void, host?: string): Promise<Listener> {
  const listener = await listen(onRequest, host)
  cleanups.push(async () => listener.close())
  return listener
}

function client(allowedHosts: readonly string[]): HttpClient {
  const http = new HttpClient({ allowedHosts, limits })
  cleanups.push(async () => http.close())
  return http
}

async function get(listener: Listener, signal = new AbortController().signal, url = listener.url) {
  const request = {
    method: 'GET',
    url,
    headers: { authorization: 'Bearer canary' },
    timeoutMs: 5000,
  } as const
  return client([listener.url.host]).send(request, signal)
}

const inside = [
  '127.0.0.1',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:10.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[fe80::1]',
  '[fc00::1]',
  '[2002:7f00:1::]',
  '169.254.169.254',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '2130706433',
  '0177.0.0.1',
  '0x7f.1',
  '127.1',
  '224.0.0.1',
  '255.255.255.255',
  'localhost',
  'LOCALHOST',
]

test.each(inside)('nobody is led inside by the host %s', async (host) => {
  const listener = await serve((socket) => socket.end(answer([], 'inside')))
  const url = new URL(`http://${host}:${listener.port}/`)
  const request = {
    method: 'GET',
    url,
    headers: { authorization: 'Bearer canary' },
    timeoutMs: 30_000,
  } as const
  await expect(client([]).send(request, new AbortController().signal)).rejects.toThrow(PrivateAddress)
  expect(listener.connections()).toBe(0)
})

test('a listed host is reached on its listed port only', async () => {
  const listener = await serve((socket) => socket.end(answer([], '{}')))
  const other = await serve((socket) => socket.end(answer([], '{}')))
  const http = client([`127.0.0.1:${listener.port}`])
  const send = async (url: URL) =>
    http.send({ method: 'GET', url, headers: {}, timeoutMs: 30_000 }, new AbortController().signal)
  expect((await send(listener.url)).body).toBe('{}')
  await expect(send(other.url)).rejects.toThrow(PrivateAddress)
  expect(other.connections()).toBe(0)
})

test('a redirect is an answer like any other, and is not followed', async () => {
  const target = await serve((socket) => socket.end(answer([], 'canary')))
  const listener = await serve((socket) =>
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${target.url.href}\r\nContent-Length: 0\r\n\r\n`),
  )
  expect((await get(listener)).status).toBe(302)
  expect(target.connections()).toBe(0)
})

test.each([
  ['gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('an answer compressed with %s is read', async (encoding, compress) => {
  const listener = await serve((socket) =>
    socket.end(answer([`Content-Encoding: ${encoding}`], compress('{"good":"ž"}'))),
  )
  expect((await get(listener)).body).toBe('{"good":"ž"}')
})

test.each([
  ['a gzip bomb', 'gzip', gzipSync(Buffer.alloc(20_000_000))],
  ['a brotli bomb', 'br', brotliCompressSync(Buffer.alloc(20_000_000))],
  ['what is compressed twice', 'gzip, gzip', gzipSync(gzipSync('{}'))],
  ['an unknown compression', 'zstd', Buffer.from('{}')],
  ['a long answer', 'identity', Buffer.alloc(200_000)],
] as const)('%s is refused', async (_, encoding, body) => {
  const listener = await serve((socket) => socket.end(answer([`Content-Encoding: ${encoding}`], body)))
  await expect(get(listener)).rejects.toThrow(TooLarge)
})

test.each([
  ['cut off', gzipSync('{"a":"b"}').subarray(0, 15)],
  ['not compressed at all', Buffer.from('{}')],
] as const)('an answer whose compression is %s does not count', async (_, body) => {
  const listener = await serve((socket) => socket.end(answer(['Content-Encoding: gzip'], body)))
  await expect(get(listener)).rejects.toThrow(Error)
})

test('an endless answer is broken off', async () => {
  let timer: NodeJS.Timeout | undefined
  const listener = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    timer = setInterval(() => socket.write(`2710\r\n${'x'.repeat(10_000)}\r\n`), 1)
    socket.on('close', () => clearInterval(timer))
  })
  await expect(get(listener)).rejects.toThrow(TooLarge)
})

test('an answer that comes in drips is broken off after its time', async () => {
  let timer: NodeJS.Timeout | undefined
  const listener = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
    timer = setInterval(() => socket.write('x'), 100)
    socket.on('close', () => clearInterval(timer))
  })
  const started = Date.now()
  await expect(get(listener)).rejects.toThrow('took too long')
  expect(Date.now() - started).toBeLessThan(40_000)
})

test('an answer that stops in the middle is broken off', async () => {
  const listener = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nxx'))
  await expect(get(listener)).rejects.toThrow(Error)
})

test('an answer shorter than announced does not count', async () => {
  const listener = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}'))
  await expect(get(listener)).rejects.toThrow(Error)
})

test('headers without end are refused', async () => {
  const listener = await serve((socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${'X-Much: more\r\n'.repeat(100_000)}\r\n`),
  )
  await expect(get(listener)).rejects.toThrow(Error)
})

test('cancelling ends a request at once, also while the connection is still being made', async () => {
  const silent = await serve(() => undefined)
  for (const protocol of ['http', 'https']) {
    const stop = new AbortController()
    const url = new URL(`${protocol}://${silent.url.host}/`)
    const request = get(silent, stop.signal, url)
    setTimeout(() => stop.abort(), 100)
    const started = Date.now()
    await expect(request).rejects.toThrow('cancelled')
    expect(Date.now() - started).toBeLessThan(4900)
  }
})
