import { BlockList, connect, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { RunFailure } from '../engine/failures.ts'
import { lookupChecked } from './public-addresses.ts'
import type { ResolveName } from './public-addresses.ts'

/**
 * Addresses at which no warehouse is, and clouds hand out credentials: link-local, where AWS, Azure, Google Cloud and most others have
 * their metadata service; and those of AWS over IPv6, Alibaba Cloud, Oracle Cloud and Azure's host that lie elsewhere.
 */
const never = new BlockList()
never.addSubnet('169.254.0.0', 16, 'ipv4')
for (const address of ['100.100.100.200', '192.0.0.192', '168.63.129.16']) never.addAddress(address, 'ipv4')
never.addSubnet('fe80::', 10, 'ipv6')
never.addAddress('fd00:ec2::254', 'ipv6')
// The same IPv4 addresses behind a translator (RFC 6052, 8215), in a tunnel (RFC 3056), or as RFC 4291 once wrote them: no warehouse has those.
for (const [net, bits] of [
  ['64:ff9b::a9fe:0', 112],
  ['64:ff9b::6464:64c8', 128],
  ['64:ff9b::c000:c0', 128],
  ['64:ff9b::a83f:8110', 128],
  ['64:ff9b:1::', 48],
  ['2002:a9fe::', 32],
  ['::a9fe:0', 112],
] as const)
  never.addSubnet(net, bits, 'ipv6')

/** Whether a database may be at this address. Private ones may: that is where warehouses are. */
export function mayHoldDatabase(address: string): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  const family = isIP(plain)
  if (family === 0) return false
  return !never.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

const connectMs = 15_000

/**
 * Connects to a database's host: the way out to everything that speaks no HTTP. A name is resolved once, all of its addresses are looked at,
 * and one of those is connected to, so a second answer from DNS changes nothing. Rejects with `destination_refused` for an address at
 * which no database may be, and with the system's error where nothing answers.
 */
export async function openDatabaseSocket(host: string, port: number, resolve?: ResolveName): Promise<Socket> {
  const name = host.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0 && !mayHoldDatabase(name)) throw notThere()
  return await new Promise((opened, reject) => {
    const lookup = lookupChecked(mayHoldDatabase, notThere, resolve)
    // A COPY leaves in several writes. Left to itself the system holds back each until the one before is acknowledged, twice 40 ms a commit.
    const socket = connect({ host: name, port, lookup, noDelay: true })
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      connectMs,
    )
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      // Until the driver listens: an error that nobody hears ends the process.
      socket.on('error', () => {})
      // The driver asks TLS for the name that stands here.
      opened(Object.assign(socket, { host: name }))
    })
  })
}

function notThere(): RunFailure {
  return new RunFailure('destination_refused', 'The database’s address is one at which no database may be.', {
    advice: 'Name the database’s own host.',
  })
}
