import type { Context } from 'hono'

export type Access =
  | 'header_key'
  | 'query_key'
  | 'basic'
  | 'basic_without_password'
  | 'bearer'
  | 'client_credentials'
  | 'refresh_token'

/** Several in a run, and long enough that a request which meets an expired one is answered the next time. */
const tokenLifeMs = 250

/** The ways in which the configurable API asks who is there. Its OAuth tokens are refused
 * long before the hour is over that they are given for, as when somebody revokes them. */
export class GenericAccess {
  readonly #way: Access
  readonly #clientId = 'client'
  readonly #clientSecret = 's3cret/+:'
  refreshToken = 'refresh-0'
  #accessToken = 'never given out'
  #goodUntil = 0
  /** Tokens given out. */
  grants = 0

  constructor(way: Access) {
    this.#way = way
  }

  /** What a connection needs to be let in, by setting. */
  settings(): Readonly<Record<string, string>> {
    switch (this.#way) {
      case 'header_key':
      case 'query_key':
        return { apiKey: 'k&y=1' }
      case 'basic':
        return { user: 'jo:e', password: 'pässword' }
      case 'basic_without_password':
        return { user: 'sk_only' }
      case 'bearer':
        return { accessToken: 'token-1' }
      case 'client_credentials':
        return { clientId: this.#clientId, clientSecret: this.#clientSecret }
      case 'refresh_token':
        return {
          clientId: this.#clientId,
          clientSecret: this.#clientSecret,
          refreshToken: this.refreshToken,
          accessToken: 'long gone',
        }
    }
  }

  /** The answer to who may not ask; undefined for who may. */
  refuse(c: Context): Response | undefined {
    return this.#admits(c) ? undefined : c.json({ code: 'unauthorized' }, 401)
  }

  /** Client credentials by HTTP basic authentication; refresh tokens with the client in the form, each good for one use. */
  async exchange(c: Context): Promise<Response> {
    const body = await c.req.parseBody()
    const inHeader =
      c.req.header('Authorization') ===
      basic(encodeURIComponent(this.#clientId), encodeURIComponent(this.#clientSecret))
    const inBody = body.client_id === this.#clientId && body.client_secret === this.#clientSecret
    const known = this.#way === 'client_credentials' ? inHeader : inBody
    if (!known) return c.json({ error: 'invalid_client' }, 401)
    if (body.grant_type !== this.#way) return c.json({ error: 'unsupported_grant_type' }, 400)
    if (this.#way === 'refresh_token' && body.refresh_token !== this.refreshToken)
      return c.json({ error: 'invalid_grant' }, 400)
    this.grants++
    this.#accessToken = `access-${this.grants}`
    this.#goodUntil = Date.now() + tokenLifeMs
    if (this.#way === 'client_credentials')
      return c.json({ access_token: this.#accessToken, token_type: 'Bearer', expires_in: 3600 })
    this.refreshToken = `refresh-${this.grants}`
    return c.json({ access_token: this.#accessToken, refresh_token: this.refreshToken, expires_in: 3600 })
  }

  #admits(c: Context): boolean {
    const authorization = c.req.header('Authorization')
    switch (this.#way) {
      case 'header_key':
        return c.req.header('X-Api-Key') === 'Key k&y=1'
      case 'query_key':
        return c.req.queries('key')?.join() === 'k&y=1'
      case 'basic':
        return authorization === basic('jo:e', 'pässword')
      case 'basic_without_password':
        return authorization === basic('sk_only', '')
      case 'bearer':
        return authorization === 'Token token-1'
      case 'client_credentials':
      case 'refresh_token':
        return authorization === `Bearer ${this.#accessToken}` && Date.now() < this.#goodUntil
    }
  }
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
