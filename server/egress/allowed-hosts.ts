import { RunFailure } from '../engine/failures.ts'

/**
 * Whether an operator's list names this URL's host. An entry is `host` (any port) or `host:port`, as in
 * PENSTOCK_ALLOWED_HOSTS; IPv6 hosts are written in brackets.
 */
export function isListedHost(url: URL, allowed: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  const names = [url.hostname, `${url.hostname}:${port}`]
  return allowed.some((entry) => names.includes(entry.trim().toLowerCase()))
}

/**
 * The base URL that a connection's requests go to: its region's, or its `apiBaseUrl` where the operator listed that
 * host. Throws `host_not_allowed` otherwise, so that a credential never leaves for a host of someone's choosing.
 */
export function chooseBaseUrl(
  regionUrl: string,
  apiBaseUrl: string | undefined,
  allowed: readonly string[],
): URL {
  const home = new URL(regionUrl)
  if (apiBaseUrl === undefined) return home
  if (!URL.canParse(apiBaseUrl)) throw notAllowed('apiBaseUrl is not a URL.')
  const url = new URL(apiBaseUrl)
  if (url.username !== '' || url.password !== '') throw notAllowed('apiBaseUrl must not carry credentials.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw notAllowed('apiBaseUrl must be http or https.')
  if (url.origin === home.origin || isListedHost(url, allowed)) return url
  throw notAllowed(`The host ${url.host} is not one of the connector’s, and the operator has not allowed it.`)
}

function notAllowed(sentence: string): RunFailure {
  return new RunFailure('host_not_allowed', sentence)
}
