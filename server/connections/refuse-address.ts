import { resolve, relative, isAbsolute, sep } from 'node:path'
import { parseConnectionUrl, readConnectionUrl } from '../destinations/postgres/connection-options.ts'
import type { Environment } from '../env.ts'
import { RunFailure } from '../engine/failures.ts'

/**
 * What the address of a saved PostgreSQL destination may not name, since people who are not the operator write it: a socket or a file of
 * this machine that the operator did not allow, so that nobody reaches Penstock's own database, or tries which files there are.
 * Hosts are judged when they are connected to (egress/database-socket.ts). Throws `destination_refused`.
 */
export function refuseAddress(
  {
    allowedHosts,
    allowedFolders,
    databaseUrl,
  }: Pick<Environment, 'allowedHosts' | 'allowedFolders' | 'databaseUrl'>,
  url: string,
): void {
  // As it will be read: an address without a host is one here, and none to URL.
  const certificate = parseConnectionUrl(url).searchParams.get('sslrootcert')
  if (certificate !== null && certificate !== 'system' && !isBelowAny(allowedFolders, certificate))
    throw new RunFailure(
      'destination_refused',
      'sslrootcert names a file that this installation may not read.',
      {
        advice: 'Leave it out, or let the operator list its folder in PENSTOCK_ALLOWED_FOLDERS.',
      },
    )
  const { host, port, database } = readConnectionUrl(url)
  if (host.startsWith('/') && !allowedHosts.includes(host.toLowerCase()))
    throw new RunFailure('destination_refused', 'The address names a socket of this machine.', {
      advice:
        'Name a host and a port; or let the operator list the socket’s folder in PENSTOCK_ALLOWED_HOSTS.',
    })
  const own = databaseUrl === undefined ? undefined : readConnectionUrl(databaseUrl)
  if (own && hostName(own.host) === hostName(host) && own.port === port && own.database === database)
    throw new RunFailure(
      'destination_refused',
      'This is the database in which Penstock keeps what is its own.',
      {
        advice: 'Name another database for your tables.',
      },
    )
}

/** One name of a host that has several: this machine's many, and the ways to write an IPv4 address (2130706433, 0x7f.1, ::ffff:7f00:1). */
function hostName(host: string): string {
  const bare = host.toLowerCase().replace(/^\[|\]$|\.$/g, '')
  const url = `http://${bare.includes(':') ? `[${bare}]` : bare}/`
  const plain = (URL.canParse(url) ? new URL(url).hostname : bare).replace(/^\[|\]$/g, '')
  const isHere = /^(localhost|::1?|0\.0\.0\.0|127\..*|::ffff:(7f[0-9a-f]{2}:[0-9a-f]+|0:0))$/.test(plain)
  return isHere ? 'localhost' : plain
}

function isBelowAny(folders: readonly string[], file: string): boolean {
  return folders.some((folder) => {
    const way = relative(resolve(folder), resolve(file))
    return way !== '' && !isAbsolute(way) && way.split(sep)[0] !== '..'
  })
}
