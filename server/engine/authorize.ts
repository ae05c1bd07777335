import type { Authentication, Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { Secret } from '../egress/secret.ts'
import { AccessTokens, type KeepTokens, type TokenRequest } from './access-tokens.ts'
import { RunFailure } from './failures.ts'
import type { SourceConnection } from './source-connection.ts'

/** What proves to the API who is asking. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly (readonly [string, string])[]
}

/** The only stage that sees a secret: gives each request the credential of its connection. */
export interface Authorizer {
  credentials(signal: AbortSignal): Promise<Credentials>
  /** The API refused these. True where others can be had, so that the request is worth another try. */
  refused(credentials: Credentials): boolean
}

/**
 * The first way to authenticate, in the manifest's order, for which the connection has its settings.
 * Throws `missing_secret` when there is none.
 */
export function chooseAuthorizer(
  manifest: Manifest,
  connection: SourceConnection,
  requestToken: TokenRequest,
  keepTokens: KeepTokens,
): Authorizer {
  for (const way of manifest.authentication) {
    const authorizer = authorizerFor(way, connection, requestToken, keepTokens)
    if (authorizer) return authorizer
  }
  throw new RunFailure('missing_secret', `The connection lacks what ${manifest.title} needs to sign in.`)
}

function authorizerFor(
  way: Authentication,
  connection: SourceConnection,
  requestToken: TokenRequest,
  keepTokens: KeepTokens,
): Authorizer | undefined {
  const setting = (name: string | undefined) => revealed(connection.settings.get(name ?? ''))
  switch (way.type) {
    case 'none':
      return always({})
    case 'bearer': {
      const token = setting(way.token)
      return token === undefined ? undefined : always({ Authorization: `${way.scheme ?? 'Bearer'} ${token}` })
    }
    case 'api_key': {
      const sent: { place: 'header' | 'query'; name: string; value: string }[] = []
      for (const { key, in: place, name, prefix = '' } of [way, ...(way.also ?? [])]) {
        const value = setting(key)
        if (value === undefined) return undefined
        sent.push({ place, name, value: prefix + value })
      }
      const pairs = (where: string) =>
        sent.flatMap(({ place, name, value }) => (place === where ? [[name, value] as const] : []))
      return always(Object.fromEntries(pairs('header')), pairs('query'))
    }
    case 'basic': {
      const username = setting(way.username)
      if (username === undefined || (way.password !== undefined && setting(way.password) === undefined))
        return undefined
      const pair = `${username}${way.usernameSuffix ?? ''}:${setting(way.password) ?? ''}`
      return always({ Authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` })
    }
    case 'oauth2':
      return AccessTokens.forConnection(way, setting, requestToken, keepTokens)
  }
}

function always(
  headers: Readonly<Record<string, string>>,
  query: readonly (readonly [string, string])[] = [],
): Authorizer {
  return { credentials: () => Promise.resolve({ headers, query }), refused: () => false }
}

function revealed(value: string | Secret | undefined): string | undefined {
  const text = typeof value === 'object' ? value.reveal() : value
  return text === '' ? undefined : text
}
