import type { Context } from 'hono'

/** Who may ask a fake Zendesk: an API token, and OAuth tokens that expire and are used up when they are refreshed. */
export class ZendeskTokens {
  readonly email = 'admin@acme.example'
  apiToken = 'zd_api_token_0001'
  readonly clientId = 'penstock'
  readonly clientSecret = 'zd_client_secret'
  accessToken = 'zd_access_0'
  refreshToken = 'zd_refresh_0'
  /** How long a new access token is good for, whatever it is said to be, in milliseconds of real time. */
  lifeMs = 1_800_000
  /** How often tokens were refreshed. */
  refreshes = 0
  /** How often a refresh token came that was used up: somebody else has it, says the API, and ends all that was given for it. */
  reuses = 0
  /** How long exchanging takes, in milliseconds: time for others to come with the same token. */
  pauseMs = 0
  /** Codes of the consent page that were not exchanged yet. */
  readonly #codes = new Map<string, string>()
  #goodUntil = 0

  /** The answer to who may not ask; undefined for who may. */
  refuse(c: Context): Response | undefined {
    const [scheme, credential = ''] = (c.req.header('Authorization') ?? '').split(' ')
    if (scheme === 'Basic') {
      const good = Buffer.from(credential, 'base64').toString() === `${this.email}/token:${this.apiToken}`
      return good ? undefined : c.json({ error: "Couldn't authenticate you" }, 401)
    }
    if (scheme === 'Bearer' && credential === this.accessToken && Date.now() < this.#goodUntil) {
      return undefined
    }
    const description =
      'The access token provided is expired, revoked, malformed or invalid for other reasons.'
    return c.json({ error: 'invalid_token', error_description: description }, 401)
  }

  /** The consent page, of which the person agrees at once. */
  authorize(c: Context): Response {
    const { client_id, redirect_uri = '', state = '' } = c.req.query()
    if (client_id !== this.clientId) return c.text('There is no such client.', 400)
    const code = `zd_code_${this.#codes.size}`
    this.#codes.set(code, redirect_uri)
    return c.redirect(`${redirect_uri}?${new URLSearchParams({ code, state }).toString()}`)
  }

  /** Every access token is over. */
  expire(): void {
    this.#goodUntil = 0
  }

  /** A code, once and with the redirect URI it was made for; or the refresh token grant: a new pair, and the old one is deleted. */
  async exchange(c: Context, now: number): Promise<Response> {
    const isJson = c.req.header('Content-Type')?.startsWith('application/json')
    const body: Record<string, unknown> = isJson ? await c.req.json() : await c.req.parseBody()
    if (body.client_id !== this.clientId || body.client_secret !== this.clientSecret)
      return c.json({ error: 'invalid_client' }, 401)
    if (!this.#isGranted(body)) {
      if (body.grant_type === 'refresh_token') this.#end()
      return c.json({ error: 'invalid_grant' }, 400)
    }
    this.refreshes++
    this.accessToken = `zd_access_${this.refreshes}_${now}`
    this.refreshToken = `zd_refresh_${this.refreshes}_${now}`
    this.#goodUntil = Date.now() + this.lifeMs
    const [access_token, refresh_token] = [this.accessToken, this.refreshToken]
    await new Promise((resolve) => setTimeout(resolve, this.pauseMs))
    return c.json({
      access_token,
      refresh_token,
      token_type: 'bearer',
      scope: 'read',
      expires_in: 1800,
      refresh_token_expires_in: 7_776_000,
    })
  }

  #end(): void {
    this.reuses++
    this.#goodUntil = 0
    this.refreshToken = `ended ${this.reuses}`
  }

  #isGranted({ grant_type, refresh_token, code, redirect_uri }: Record<string, unknown>): boolean {
    if (grant_type === 'refresh_token') return refresh_token === this.refreshToken
    const address = this.#codes.get(String(code))
    this.#codes.delete(String(code))
    return grant_type === 'authorization_code' && address !== undefined && address === redirect_uri
  }
}
