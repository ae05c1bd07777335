import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mayHoldDatabase, openDatabaseSocket } from '@penstock/server/egress/database-socket.ts'
import { expect, test } from 'vitest'

test.each(['10.0.0.5', '127.0.0.1', '192.168.1.2', '8.8.8.8', '::1', 'fd12::1', '2606:4700::1111'])(
  'a database may be at %s',
  (address) => expect(mayHoldDatabase(address)).toBe(true),
)

test.each([
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '64:ff9b::a9fe:a9fe',
  'not an address',
])('no database may be at %s, where credentials of a cloud may be', (address) =>
  expect(mayHoldDatabase(address)).toBe(false),
)

test.each(['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '[::ffff:169.254.169.254]'])(
  'refuses the host %s before a socket is open',
  async (host) => {
    await expect(openDatabaseSocket(host, 5432)).rejects.toThrow(/no database may be|not found|ENOTFOUND/)
  },
)

test('connects to what was looked at, and tells TLS the name', async () => {
  const server = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const socket = await openDatabaseSocket('localhost', port)
  expect(socket).toMatchObject({ host: 'localhost', remoteAddress: expect.stringContaining('127.0.0.1') })
  socket.destroy()
  server.close()
})
