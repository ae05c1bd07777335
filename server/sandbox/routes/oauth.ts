import { randomBytes } from 'node:crypto'
import type { Answer } from '../answer.ts'
import { problem } from '../answer.ts'
import type { Workspace } from '../workspace.ts'

interface Code {
  readonly expiresAt: number
}

/** The OAuth side of a workspace: an authorize page, and codes that become tokens once, within five minutes. */
export class OAuthApp {
  readonly #workspace: Workspace
  readonly #grant: (token: string) => void
  readonly #codes = new Map<string, Code>()

  constructor(workspace: Workspace, grant: (token: string) => void) {
    this.#workspace = workspace
    this.#grant = grant
  }

  get #clientId(): string {
    return this.#workspace.options.clientId ?? 'sandbox-client'
  }

  /** GET /oauth: redirects with a code and the state, or shows a page whose button does. `approve=1` is that button. */
  authorize(query: URLSearchParams): Answer {
    const { options, behaviour, now } = this.#workspace
    const target = query.get('redirect_uri') ?? options.redirectUris?.[0]
    if (query.get('client_id') !== this.#clientId) return page(404, '<h1>There is no such app.</h1>')
    if (target === undefined || !this.#mayRedirect(target))
      return page(400, '<h1>The redirect URI is not registered.</h1>')
    if (behaviour.oauthApproval === 'page' && !query.has('approve')) return page(200, approvalPage(query))
    const url = new URL(target)
    const state = query.get('state')
    if (behaviour.oauthApproval === 'denied') url.searchParams.set('error', 'access_denied')
    else {
      const code = `${randomBytes(15).toString('base64url')}=`
      this.#codes.set(code, { expiresAt: now + 300 })
      url.searchParams.set('code', code)
    }
    if (state !== null) url.searchParams.set('state', state)
    return { status: 302, body: '', headers: { location: url.href } }
  }

  /** POST /auth/eagle/token with the form's or the JSON body's members. A code works once. */
  token(members: ReadonlyMap<string, string>): Answer {
    const { options, now } = this.#workspace
    const code = this.#codes.get(members.get('code') ?? '')
    const isOurs =
      members.get('client_id') === this.#clientId &&
      members.get('client_secret') === (options.clientSecret ?? 'sandbox-secret')
    this.#codes.delete(members.get('code') ?? '')
    if (!isOurs || code === undefined || code.expiresAt < now)
      return problem(401, 'unauthorized', 'Unauthorized Code')
    const token = `sandbox-oauth-${randomBytes(12).toString('hex')}`
    this.#grant(token)
    return { status: 200, body: JSON.stringify({ token_type: 'Bearer', token, access_token: token }) }
  }

  #mayRedirect(target: string): boolean {
    const { redirectUris } = this.#workspace.options
    if (redirectUris) return redirectUris.includes(target)
    return (
      URL.canParse(target) &&
      (target.startsWith('https://') ||
        ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(target).hostname))
    )
  }
}

/** The members of a token request, from a form or from JSON. */
export function tokenMembers(contentType: string | undefined, body: string): ReadonlyMap<string, string> {
  if (contentType?.includes('json') !== true) return new Map(new URLSearchParams(body))
  try {
    const parsed: unknown = JSON.parse(body)
    return new Map(
      typeof parsed === 'object' && parsed !== null
        ? Object.entries(parsed).map(([name, value]) => [name, String(value)])
        : [],
    )
  } catch {
    return new Map()
  }
}

function approvalPage(query: URLSearchParams): string {
  const inputs = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  )
  return `<h1>Connect the sandbox workspace?</h1><form method="get" action="/oauth">${inputs.join('')}<button name="approve" value="1">Authorize access</button></form>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function page(status: number, html: string): Answer {
  return {
    status,
    body: `<!doctype html><meta charset="utf-8"><title>Sandbox</title>${html}`,
    contentType: 'text/html; charset=utf-8',
  }
}
