import type { OAuth2Authentication } from '@penstock/schemas/generated/manifest.ts'
import { Secret } from '../egress/secret.ts'
import type { Authorizer, Credentials } from './authorize.ts'
import { RunFailure } from './failures.ts'
import { readPath, type Json } from './read-path.ts'

/** Posts a form or JSON body to the connection's token URL and gives back the parsed answer. */
export type TokenRequest = (
  way: OAuth2Authentication,
  fields: Readonly<Record<string, string>>,
  client: { readonly id: string; readonly secret: string },
  signal: AbortSignal,
) => Promise<Json>

/** A refresh token that the API put in place of the one it was given. */
export interface RenewedTokens {
  readonly refreshToken: Secret
}

/** Makes a new refresh token durable. Awaited before the new access token is used: the old one may be dead already. */
export type KeepTokens = (tokens: RenewedTokens) => Promise<void>

type ReadSetting = (name: string | undefined) => string | undefined

/** A token is renewed this long before it expires. */
const marginMs = 60_000

/**
 * OAuth 2.0 access tokens of one connection. Renews a token shortly before it expires, or once the API refuses it; many
 * requests that need a new one wait for the same renewal. A refresh token that the API replaces is replaced here, too.
 */
export class AccessTokens implements Authorizer {
  readonly #way: OAuth2Authentication
  readonly #setting: ReadSetting
  readonly #request: TokenRequest
  readonly #keep: KeepTokens
  #refreshToken: string | undefined
  #current: { readonly credentials: Credentials; readonly expiresAt: number } | undefined
  #renewal: Promise<Credentials> | undefined

  private constructor(
    way: OAuth2Authentication,
    setting: ReadSetting,
    request: TokenRequest,
    keep: KeepTokens,
  ) {
    this.#way = way
    this.#setting = setting
    this.#request = request
    this.#keep = keep
    this.#refreshToken = setting(way.refreshToken ?? 'refreshToken')
    const token = setting(way.accessToken ?? 'accessToken')
    if (token !== undefined) this.#current = { credentials: bearer(token), expiresAt: Infinity }
  }

  /** Undefined where the connection has neither a token nor what it takes to get one. */
  static forConnection(
    way: OAuth2Authentication,
    setting: ReadSetting,
    request: TokenRequest,
    keep: KeepTokens,
  ): AccessTokens | undefined {
    const tokens = new AccessTokens(way, setting, request, keep)
    return tokens.#current || tokens.#canRenew ? tokens : undefined
  }

  async credentials(signal: AbortSignal): Promise<Credentials> {
    if (this.#current && (Date.now() < this.#current.expiresAt || !this.#canRenew))
      return this.#current.credentials
    this.#renewal ??= this.#renew(signal).finally(() => (this.#renewal = undefined))
    return this.#renewal
  }

  refused(credentials: Credentials): boolean {
    if (!this.#canRenew) return false
    if (this.#current?.credentials === credentials) this.#current = undefined
    return true
  }

  get #canRenew(): boolean {
    const client = this.#setting(this.#way.clientId ?? 'clientId')
    if (client === undefined) return false
    if (this.#way.grant === 'client_credentials') return true
    return this.#way.refresh === true && this.#refreshToken !== undefined
  }

  async #renew(signal: AbortSignal): Promise<Credentials> {
    const id = this.#setting(this.#way.clientId ?? 'clientId') ?? ''
    const secret = this.#setting(this.#way.clientSecret ?? 'clientSecret') ?? ''
    const fields: Record<string, string> =
      this.#way.grant === 'client_credentials'
        ? { grant_type: 'client_credentials', ...scopeField(this.#way) }
        : { grant_type: 'refresh_token', refresh_token: this.#refreshToken ?? '' }
    const answer = await this.#request(this.#way, fields, { id, secret }, signal)
    const token = readPath(answer, this.#way.accessTokenAt ?? 'access_token')
    if (typeof token !== 'string' || token === '')
      throw new RunFailure('unauthorized', 'The API gave no access token in exchange for the refresh token.')
    const rotated = readPath(answer, this.#way.refreshTokenAt ?? 'refresh_token')
    if (typeof rotated === 'string' && rotated !== '' && rotated !== this.#refreshToken) {
      this.#refreshToken = rotated
      await this.#keep({ refreshToken: new Secret(rotated) })
    }
    const seconds = Number(readPath(answer, this.#way.expiresInAt ?? 'expires_in'))
    const expiresAt = Number.isFinite(seconds)
      ? Date.now() + Math.max(seconds * 500, seconds * 1000 - marginMs)
      : Infinity
    this.#current = { credentials: bearer(token), expiresAt }
    return this.#current.credentials
  }
}

function scopeField(way: OAuth2Authentication): Record<string, string> {
  return way.scopesRequested && way.scopesRequested.length > 0 ? { scope: way.scopesRequested.join(' ') } : {}
}

function bearer(token: string): Credentials {
  return { headers: { Authorization: `Bearer ${token}` }, query: [] }
}
