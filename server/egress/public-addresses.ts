import { lookup as lookupName, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP } from 'node:net'

const inside = new BlockList()
// Everything that is not the public internet: IANA's special-purpose registries for IPv4 and IPv6.
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Public by its number, and yet each virtual machine's own on Azure: what it answers holds credentials.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
const outside = new BlockList()
outside.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** Whether an IP address is on the public internet. IPv4 addresses in IPv6 clothes are judged as what they are. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  if (isIP(plain) === 4) return !inside.check(plain, 'ipv4')
  return outside.check(plain, 'ipv6') && !inside.check(plain, 'ipv6')
}

/**
 * Whether a URL's host may be on the public internet, before anyone asks what it stands for. Names that only an inner network knows have no
 * dot, or end as RFC 6761, RFC 6762, RFC 8375 and ICANN (.internal) keep for such networks.
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return isPublicAddress(host)
  const name = host.replace(/\.$/, '')
  return name.includes('.') && !/\.(?:localhost|local|internal|test|invalid|home\.arpa)$/i.test(name)
}

/** A name resolved to an address that is not public; the socket is never opened. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'
}

/** Resolves a name to all of its addresses, as `dns.lookup` does. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** `dns.lookup`, as a socket calls it. */
export type Lookup = (
  hostname: string,
  options: LookupOptions,
  done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void

/**
 * Resolves a name once, for the socket that is being opened, and fails with `refusal` unless every one of its addresses is good: what was
 * checked is what is connected to, so a second answer from DNS changes nothing.
 */
export function lookupChecked(
  isGood: (address: string) => boolean,
  refusal: (hostname: string) => Error,
  resolve: ResolveName = lookupName,
): Lookup {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const [first] = addresses
      if (first === undefined || !addresses.every(({ address }) => isGood(address)))
        return done(refusal(hostname), [])
      if (options.all === true) return done(null, [...addresses])
      return done(null, first.address, first.family)
    })
  }
}

/** The lookup of everything that must stay on the public internet. */
export function lookupPublic(resolve?: ResolveName): Lookup {
  return lookupChecked(
    isPublicAddress,
    (hostname) => new PrivateAddress(`${hostname} is not on the public internet`),
    resolve,
  )
}
