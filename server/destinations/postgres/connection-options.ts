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
  const parsed = parse(url)
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname)
  const user = decodeURIComponent(parsed.username) || 'postgres'
  return {
    host: host || 'localhost',
    port: Number(parsed.port || parsed.searchParams.get('port') || 5432),
    user,
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || user,
    ssl: readTls(parsed.searchParams, host),
  }
}

function parse(url: string): URL {
  // A URL with a user and no host is usual for sockets, and more than URL takes.
  const complete = url.trim().replace(/^(postgres(?:ql)?:\/\/(?:[^/@]*@)?)(?=[/?]|$)/, '$1localhost')
  const isPostgres = /^postgres(ql)?:\/\//.test(complete)
  if (isPostgres && URL.canParse(complete)) return new URL(complete)
  throw new RunFailure('destination_refused', 'The address of the PostgreSQL database is not one.', {
    advice:
      'Write it as postgres://user:password@host:5432/database, with special characters percent-encoded.',
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
