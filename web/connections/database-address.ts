/** Where a PostgreSQL database is, part by part, each as somebody writes it. */
export interface DatabaseParts {
  readonly host: string
  readonly port: string
  readonly database: string
  readonly user: string
  readonly password: string
  /** As `sslmode`; empty: what is usual for the host. */
  readonly tls: '' | 'verify-full' | 'prefer' | 'disable'
}

export const emptyParts: DatabaseParts = {
  host: '',
  port: '',
  database: '',
  user: '',
  password: '',
  tls: '',
}

/** The parts in one line, as `postgres://user:password@host:port/database`, whatever signs they have. Of nothing it is empty. */
export function addressOf({ host, port, database, user, password, tls }: DatabaseParts): string {
  if ([host, port, database, user, password, tls].every((part) => part.trim() === '')) return ''
  const at = host.trim()
  const isSocket = at.startsWith('/')
  const name = at.includes(':') ? `[${at}]` : encodeURIComponent(at)
  const [who, secret] = [encodeURIComponent(user.trim()), encodeURIComponent(password)]
  const asked = new URLSearchParams({ ...(isSocket && { host: at }), ...(tls && { sslmode: tls }) })
  const where = `${isSocket ? 'localhost' : name}:${port.trim() || '5432'}`
  return `postgres://${who}:${secret}@${where}/${encodeURIComponent(database.trim())}${asked.size > 0 ? `?${asked}` : ''}`
}

/** The parts with another host. One that was pasted with its port says both. */
export function withHost(parts: DatabaseParts, host: string): DatabaseParts {
  const [, name, port] = /^\s*([^:/\s]+):(\d+)\s*$/.exec(host) ?? []
  return name === undefined || port === undefined ? { ...parts, host } : { ...parts, host: name, port }
}

/** Whether a text is such an address as a whole: it may have been pasted where the host belongs. */
export function isAddress(text: string): boolean {
  return /^\s*postgres(ql)?:\/\//.test(text)
}
