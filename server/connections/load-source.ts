import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Secret } from '../egress/secret.ts'
import type { KeepTokens } from '../engine/access-tokens.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import { defaultRegion } from '../pipelines/validate-source.ts'
import { findConnection } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { clientOf } from './find-profile.ts'
import { findManifest } from './find-manifest.ts'
import type { KnownConnector } from './open-own-connector.ts'
import { openSecrets } from './open-secrets.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import { renewTokens } from './renew-tokens.ts'

/** A saved source, ready for the engine. */
export interface LoadedSource {
  readonly id: string
  readonly name: string
  readonly connector: KnownConnector
  readonly connection: SourceConnection
  /** Renews tokens, one process at a time, and seals them into the connection's row: see renew-tokens.ts. */
  readonly keepTokens: KeepTokens
  /** The version of the credential that is used now: it changes with every renewal, and with everything that a person does about it. */
  credentialVersion(): string
  /** The account it belonged to when it was connected; null where the API does not say. */
  readonly accountId: string | null
}

/**
 * Opens a saved source of the actor's workspace. Throws `NOT_FOUND`, and a `RunFailure` (`unauthorized`) for a connection that was
 * disconnected or whose data is being deleted. `connectorVersion`: of the workspace's own connector, where a run began with one. Holds no
 * transaction when it answers.
 */
export async function loadSource(
  actor: Actor,
  connectionId: string,
  connectorVersion?: number | null,
): Promise<LoadedSource> {
  const row = await actor.transaction((tx) => findConnection(tx, actor.workspaceId, connectionId))
  if (row?.kind !== 'source') throw new DomainError('NOT_FOUND', 'There is no such source connection.')
  refuseUnusable(row)
  return await openSource(actor, row, connectorVersion)
}

/** A source from its row, whatever its state. */
export async function openSource(
  actor: Actor,
  row: ConnectionRow,
  connectorVersion?: number | null,
): Promise<LoadedSource> {
  const connector = await findManifest(actor, row.connector, connectorVersion)
  const { apiBaseUrl, ...settings } = row.settings
  const opened = await openSecrets(actor.services.vault, { ...row, settings })
  if (row.method === 'oauth') await addClient(actor, row, connector, opened)
  let { credentialVersion } = row
  return {
    id: row.id,
    name: row.name,
    connector,
    connection: {
      region: row.region ?? defaultRegion(connector.manifest),
      ...(apiBaseUrl === undefined ? {} : { apiBaseUrl }),
      settings: opened,
    },
    keepTokens: async (used, renew, signal) => {
      const renewed = await renewTokens(actor, { row, connector }, { used, renew, signal })
      ;({ credentialVersion } = renewed)
      return renewed.tokens
    },
    credentialVersion: () => credentialVersion,
    accountId: row.accountId,
  }
}

/** Tokens that expire are renewed with the OAuth app they were given to. */
async function addClient(
  actor: Actor,
  row: ConnectionRow,
  connector: KnownConnector,
  settings: Map<string, string | Secret>,
): Promise<void> {
  const way = connector.manifest.authentication.find(({ type }) => type === 'oauth2')
  if (way?.type !== 'oauth2' || !way.refresh) return
  const client = await clientOf(actor, {
    connector,
    profileId: row.oauthProfileId,
    apiBaseUrl: row.settings['apiBaseUrl'],
  })
  if (!client) return
  settings.set(way.clientId ?? 'clientId', client.clientId)
  settings.set(way.clientSecret ?? 'clientSecret', client.clientSecret)
}
