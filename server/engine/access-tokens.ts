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

/** Tokens of a connection, as somebody knows them. */
export interface TokenPair {
  readonly refreshToken: Secret
  /** Undefined where none was had yet, or none is kept. */
  readonly accessToken: Secret | undefined
}

/** Tokens that the API gave in exchange for a refresh token. */
export interface RenewedTokens extends TokenPair {
  readonly accessToken: Secret
  /** Milliseconds of our own clock; Infinity where the API did not say. */
  readonly expiresAt: number
}

/**
 * Renews tokens that are of no use any more, where others may use the same ones: many APIs take a refresh token once, and take a second
 * use for a theft that ends all tokens of its family. One at a time calls `renew`, with the newest refresh token; what it answers is durable
 * before anyone uses it. Whoever comes later gets what the first one got.
 */
export type KeepTokens = (
  used: TokenPair,
  renew: (refreshToken: Secret) => Promise<RenewedTokens>,
  signal: AbortSignal,
) => Promise<RenewedTokens>

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
  /** The last access token, also one that was refused. */
  #accessToken: string | undefined
  #current: { readonly credentials: Credentials; readonly expiresAt: number } | undefined
  /** The renewal under way, and the signal of whoever began it. */
  #renewal: { readonly done: Promise<Credentials>; readonly signal: AbortSignal } | undefined

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
    this.#accessToken = token
    if (token !== undefined) this.#current = { credentials: this.#bearer(token), expiresAt: Infinity }
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
    this.#renewal ??= { done: this.#renew(signal).finally(() => (this.#renewal = undefined)), signal }
    const { done, signal: begun } = this.#renewal
    try {
      return await done
    } catch (error) {
      // It was broken off for whoever began it, who need not be the one that waits here.
      if (begun.aborted && !signal.aborted) return await this.credentials(signal)
      throw error
    }
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
    const { accessToken, refreshToken, expiresAt } = await this.#newTokens(signal)
    this.#accessToken = accessToken.reveal()
    this.#refreshToken = refreshToken.reveal() || undefined
    this.#current = { credentials: this.#bearer(this.#accessToken), expiresAt }
    return this.#current.credentials
  }

  #bearer(token: string): Credentials {
    return { headers: { Authorization: `${this.#way.scheme ?? 'Bearer'} ${token}` }, query: [] }
  }

  async #newTokens(signal: AbortSignal): Promise<RenewedTokens> {
    if (this.#way.grant === 'client_credentials') {
      // Some APIs know the grant by a name of their own (Zoom: account_credentials), which stands among the manifest's fields.
      const named = Object.hasOwn(this.#way.tokenFields ?? {}, 'grant_type')
      const grant: Record<string, string> = named ? {} : { grant_type: 'client_credentials' }
      return await this.#ask({ ...grant, ...scopeField(this.#way) }, signal)
    }
    const used = {
      refreshToken: new Secret(this.#refreshToken ?? ''),
      accessToken: this.#accessToken === undefined ? undefined : new Secret(this.#accessToken),
    }
    const renew = async (refreshToken: Secret) =>
      await this.#ask({ grant_type: 'refresh_token', refresh_token: refreshToken.reveal() }, signal)
    return await this.#keep(used, renew, signal)
  }

  async #ask(fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<RenewedTokens> {
    const id = this.#setting(this.#way.clientId ?? 'clientId') ?? ''
    const secret = this.#setting(this.#way.clientSecret ?? 'clientSecret') ?? ''
    const answer = await this.#request(this.#way, fields, { id, secret }, signal)
    const token = readPath(answer, this.#way.accessTokenAt ?? 'access_token')
    if (typeof token !== 'string' || token === '')
      throw new RunFailure(
        'unauthorized',
        'The API’s answer to the request for a token holds no access token.',
      )
    const rotated = readPath(answer, this.#way.refreshTokenAt ?? 'refresh_token')
    const seconds = Number(readPath(answer, this.#way.expiresInAt ?? 'expires_in'))
    return {
      accessToken: new Secret(token),
      refreshToken: new Secret(
        typeof rotated === 'string' && rotated !== '' ? rotated : (fields['refresh_token'] ?? ''),
      ),
      // Some write null, nothing or 0 for a token that does not expire.
      expiresAt: seconds > 0 ? Date.now() + Math.max(seconds * 500, seconds * 1000 - marginMs) : Infinity,
    }
  }
}

function scopeField(way: OAuth2Authentication): Record<string, string> {
  return way.scopesRequested && way.scopesRequested.length > 0 ? { scope: way.scopesRequested.join(' ') } : {}
}
