import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { OAuth2Authentication } from '@penstock/schemas/generated/manifest.ts'
import type { Actor } from '../actor.ts'
import { Secret } from '../egress/secret.ts'
import type { RenewedTokens, TokenPair } from '../engine/access-tokens.ts'
import { RunFailure } from '../engine/failures.ts'
import { outlast } from '../outlast.ts'
import { AccountLocks } from '../runner/account-locks.ts'
import { findConnection, renewSecrets } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { openSecrets, sealSecrets } from './open-secrets.ts'

export interface TokensToRenew {
  /** What is of no use any more. */
  readonly used: TokenPair
  readonly renew: (refreshToken: Secret) => Promise<RenewedTokens>
  readonly signal: AbortSignal
}

export interface Renewed {
  readonly tokens: RenewedTokens
  /** Of the credential that holds them. */
  readonly credentialVersion: string
}

/**
 * Renews a saved connection's tokens. Over all servers and workers one at a time does, and the others get what it got, so that no refresh token
 * is used twice. Throws a `RunFailure` (`unauthorized`) where the connection was disconnected or connected anew since `row` was read: what it holds now
 * may be of another account.
 */
export async function renewTokens(
  actor: Actor,
  { row, connector: { manifest } }: { readonly row: ConnectionRow; readonly connector: Connector },
  { used, renew, signal }: TokensToRenew,
): Promise<Renewed> {
  const way = manifest.authentication.find(({ type }) => type === 'oauth2')
  if (way?.type !== 'oauth2') throw new Error(`${manifest.name} has no tokens to renew.`)
  const locks = new AccountLocks(actor.services.database.url)
  await using _held = await locks.hold(`tokens of ${row.id}`, signal)
  const now = await actor.transaction((tx) => findConnection(tx, actor.workspaceId, row.id))
  if (!now || familyOf(now) !== familyOf(row)) throw changed()
  const newest = await readTokens(actor, now, way)
  const { accessToken } = newest
  if (
    accessToken &&
    (isOther(newest.refreshToken, used.refreshToken) || isOther(accessToken, used.accessToken))
  )
    return {
      tokens: { refreshToken: newest.refreshToken, accessToken, expiresAt: Infinity },
      credentialVersion: now.credentialVersion,
    }
  const tokens = await renew(newest.refreshToken)
  return { tokens, credentialVersion: await keep(actor, now, way, tokens) }
}

/** What a person made of the credential: renewals change only what stands behind the dot (renewSecrets). */
export function familyOf({
  credentialVersion,
}: Pick<ConnectionRow, 'credentialVersion'>): string | undefined {
  return credentialVersion.split('.')[0]
}

function namesOf(way: OAuth2Authentication) {
  return { refresh: way.refreshToken ?? 'refreshToken', access: way.accessToken ?? 'accessToken' }
}

async function readTokens(actor: Actor, row: ConnectionRow, way: OAuth2Authentication): Promise<TokenPair> {
  const settings = await openSecrets(actor.services.vault, row)
  const { refresh, access } = namesOf(way)
  const read = (name: string) => {
    const value = settings.get(name)
    return typeof value === 'string' ? new Secret(value) : value
  }
  const refreshToken = read(refresh)
  if (!refreshToken) throw changed()
  return { refreshToken, accessToken: read(access) }
}

/** Where nobody ever gave an access token beside the refresh token, none is kept: a person who replaces the one would not replace the other. */
async function keep(
  actor: Actor,
  row: ConnectionRow,
  way: OAuth2Authentication,
  { refreshToken, accessToken }: RenewedTokens,
): Promise<string> {
  const { refresh, access } = namesOf(way)
  const isKept = row.method === 'oauth' || Object.hasOwn(row.secrets, access)
  const secrets = new Map([[refresh, refreshToken], ...(isKept ? [[access, accessToken] as const] : [])])
  const sealed = await sealSecrets(actor.services.vault, row.id, secrets)
  const version = await outlast(
    () => actor.transaction((tx) => renewSecrets(tx, actor.workspaceId, row, sealed)),
    insisting,
  )
  if (version === undefined) throw changed()
  return version
}

/** How long, and how often, the new tokens are tried to be kept where the database is away: the API has ended the old ones. */
const insisting = { retryMs: 250, patienceMs: 60_000 }

function isOther(newest: Secret, used: Secret | undefined): boolean {
  return newest.reveal() !== used?.reveal()
}

function changed(): RunFailure {
  return new RunFailure('unauthorized', 'The connection was disconnected, or connected anew, meanwhile.', {
    advice: 'Run again, with the connection as it is now.',
  })
}
