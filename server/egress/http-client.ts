import { createRequire } from 'node:module'
import { isIP } from 'node:net'
import type * as undici from 'undici'
import { isListedHost } from './allowed-hosts.ts'
import {
  collectResponse,
  defaultLimits,
  type AnswerLimits,
  type HttpRequest,
  type HttpResponse,
} from './collect-response.ts'
import { isPublicAddress, lookupPublic, PrivateAddress } from './public-addresses.ts'
import type { Lookup, ResolveName } from './public-addresses.ts'

/** The whole package would take three times as long to load, with fetch, web sockets and a cache that nobody here asks for. */
const Pool: typeof undici.Pool = createRequire(import.meta.url)('undici/lib/dispatcher/pool.js')

/**
 * The one way out to the network for everything that speaks HTTP. It connects to public addresses, and to hosts that the
 * operator listed; it follows no redirect; it reads no more than its limits allow.
 */
export class HttpClient {
  readonly #allowed: readonly string[]
  readonly #limits: AnswerLimits
  readonly #lookup: Lookup
  readonly #pools = new Map<string, undici.Pool>()

  /** `resolve`: who knows the addresses of names; the system does, where it is absent. */
  constructor(options: {
    readonly allowedHosts: readonly string[]
    readonly limits?: Partial<AnswerLimits>
    readonly resolve?: ResolveName
  }) {
    this.#lookup = lookupPublic(options.resolve)
    this.#limits = { ...defaultLimits, ...options.limits }
    this.#allowed = options.allowedHosts.map((host) => host.toLowerCase())
  }

  /** The hosts beyond the connectors' own that the operator listed. */
  get allowedHosts(): readonly string[] {
    return this.#allowed
  }

  /**
   * Sends one request and collects its whole answer, whatever its status. Rejects when there is no whole answer:
   * a refused or broken connection, a time-out, an answer that is too large or not as long as announced.
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    signal.throwIfAborted()
    return collectResponse(this.#pool(request.url), request, this.#limits, signal)
  }

  /** Ends idle connections and breaks off the others. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()))
    this.#pools.clear()
  }

  #pool(url: URL): undici.Pool {
    const known = this.#pools.get(url.origin)
    if (known) return known
    const listed = isListedHost(url, this.#allowed)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (!listed && isIP(host) !== 0 && !isPublicAddress(host))
      throw new PrivateAddress(`${host} is not on the public internet`)
    const pool = new Pool(url.origin, {
      connections: 128,
      pipelining: 1,
      keepAliveTimeout: 10_000,
      bodyTimeout: this.#limits.idleMs,
      connectTimeout: 15_000,
      allowH2: false,
      connect: listed ? {} : { lookup: this.#lookup },
    })
    this.#pools.set(url.origin, pool)
    return pool
  }
}
