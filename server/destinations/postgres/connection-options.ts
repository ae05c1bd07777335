import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { RunFailure } from '../../engine/failures.ts'

export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly ssl: false | 'prefer' | 'require' | { readonly rejectUnauthorized: true; readonly ca?: string }
}

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…`. `host=/folder` names the folder of a Unix socket.
 * `sslmode`, as in PostgreSQL's own clients: `disable`; `prefer` (`allow`): TLS where the server offers it; `require`: TLS, with
 * no look at the certificate; `verify-full` (`verify-ca`): TLS with a certificate that is valid for the host, where
 * `sslrootcert` may name a file of authorities. Without it: `require`, and `disable` for this machine itself.
 */
export function readConnectionUrl(url: string): ConnectionOptions {
  const parsed = parseConnectionUrl(url)
  const host = parsed.searchParams.get('host') ?? decode(parsed.hostname)
  // The driver would try one after the other, without end.
  if (host.includes(',')) throw notOne('The address of the PostgreSQL database names several hosts.')
  const user = decode(parsed.username) || 'postgres'
  const port = Number(parsed.port || parsed.searchParams.get('port') || 5432)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw notOne()
  return {
    host: host || 'localhost',
    port,
    user,
    password: decode(parsed.password),
    database: decode(parsed.pathname.slice(1)) || user,
    ssl: readTls(parsed.searchParams, host),
  }
}

/** The parts of such an address. Throws `destination_refused` where it is none. */
export function parseConnectionUrl(url: string): URL {
  // A URL with a user and no host is usual for sockets, and more than URL takes.
  const complete = url.trim().replace(/^(postgres(?:ql)?:\/\/(?:[^/@]*@)?)(?=[/?]|$)/, '$1localhost')
  const isPostgres = /^postgres(ql)?:\/\//.test(complete)
  if (isPostgres && URL.canParse(complete)) return new URL(complete)
  throw notOne()
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw notOne()
  }
}

function notOne(sentence = 'The address of the PostgreSQL database is not one.'): RunFailure {
  return new RunFailure('destination_refused', sentence, {
    advice:
      'Write it as postgres://user:password@host:5432/database, with one host, and with special characters percent-encoded.',
  })
}

function readTls(parameters: URLSearchParams, host: string): ConnectionOptions['ssl'] {
  const mode = parameters.get('sslmode') ?? (isThisMachine(host) ? 'disable' : 'require')
  switch (mode) {
    case 'disable':
      return false
    case 'allow':
    case 'prefer':
      return 'prefer'
    case 'require':
      return 'require'
    case 'verify-ca':
    case 'verify-full':
      return { rejectUnauthorized: true, ca: readAuthorities(parameters.get('sslrootcert')) }
    default:
      throw new RunFailure('destination_refused', 'The sslmode of the database’s address is not one.', {
        advice: 'Use sslmode=disable, prefer, require or verify-full.',
      })
  }
}

function readAuthorities(path: string | null): string | undefined {
  if (path === null || path === 'system') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new RunFailure('destination_refused', 'The file that sslrootcert names cannot be read.', { cause })
  }
}

function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  return (
    host === '' ||
    host.startsWith('/') ||
    name === 'localhost' ||
    name === '::1' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  )
}
