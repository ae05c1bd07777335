import { randomUUID } from 'node:crypto'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { chooseBaseUrl } from '../egress/allowed-hosts.ts'
import type { Secret } from '../egress/secret.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { insertConnection } from '../store/connection-rows.ts'
import { findRestrictions } from '../store/oauth-rows.ts'
import { grantedScopes, sourceResult } from './check-result.ts'
import { sourceRules, splitSettings } from './check-settings.ts'
import { chooseRegion } from './choose-region.ts'
import { describeConnection } from './describe-connection.ts'
import type { ConnectionDescription } from './describe-connection.ts'
import { findManifest } from './find-manifest.ts'
import { listMethods } from './list-settings.ts'
import { sealSecrets } from './open-secrets.ts'
import { insistOnConnector } from './insist-on-connector.ts'
import { acceptPlace } from './require-connection.ts'
import { probeSource } from './verify-source.ts'

export interface NewSource {
  readonly connector: string
  readonly name: string
  readonly projectId?: string | null | undefined
  readonly region?: string | undefined
  /** Of a sandbox; its host must be one that the operator allowed. */
  readonly apiBaseUrl?: string | undefined
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Connects an account by what was pasted into the form, once the API has said whose it is, that it lives in the region, and which objects
 * may be read. Nothing is kept of a connection that does not work.
 */
export async function createSource(actor: Actor, input: NewSource): Promise<ConnectionDescription> {
  const connector = await findManifest(actor, input.connector)
  const { region, settings, secrets } = await decideSource(actor, connector, input)
  const connection = inMemory(region, input.apiBaseUrl, { settings, secrets })
  const { account, check } = await probeSource(actor, { connector, connection, keepTokens: undefined })
  const now = new Date()
  const result = sourceResult(connector.manifest, check, now)
  const id = randomUUID()
  const sealed = await sealSecrets(actor.services.vault, id, secrets)
  return await actor.transaction(async (tx) => {
    await acceptPlace(tx, actor, input)
    await insistOnConnector(tx, actor, connector)
    const row = await insertConnection(tx, {
      id,
      workspaceId: actor.workspaceId,
      projectId: input.projectId ?? null,
      kind: 'source',
      connector: connector.name,
      name: input.name,
      region,
      settings: withBaseUrl(settings, input.apiBaseUrl),
      secrets: sealed,
      method: 'settings',
      grantedScopes: grantedScopes(result),
      accountId: account.id,
      accountName: account.name,
      account: account.shown,
      state: 'healthy',
      checkedAt: now,
      checkResult: result,
      createdBy: actor.userId,
    })
    await recordAudit(tx, actor, {
      action: 'connection.create',
      subject: { type: 'connection', id, name: row.name },
      after: { connector: row.connector, region, account: account.name, method: 'settings' },
    })
    return await describeConnection(tx, actor, row)
  })
}

/** What can be judged before anything is sent. */
async function decideSource(actor: Actor, connector: Connector, input: NewSource) {
  const { manifest } = connector
  if (!listMethods(manifest).includes('settings'))
    throw new DomainError('INVALID', `${manifest.title} is connected with OAuth.`)
  const { allowedRegions } = await actor.transaction(async (tx) => {
    await acceptPlace(tx, actor, input)
    return await findRestrictions(tx, actor.workspaceId)
  })
  const region = chooseRegion(manifest, input.region, allowedRegions[connector.name])
  refuseBaseUrl(actor, input.apiBaseUrl)
  return { region, ...splitSettings(sourceRules(manifest, 'settings'), input.settings) }
}

/** Throws `host_not_allowed` for an address that the operator did not list. */
export function refuseBaseUrl(actor: Actor, apiBaseUrl: string | undefined): void {
  if (apiBaseUrl === undefined) return
  chooseBaseUrl('https://the-region.invalid', apiBaseUrl, actor.services.http.allowedHosts)
}

/** A connection that is not kept yet. */
export function inMemory(
  region: string,
  apiBaseUrl: string | undefined,
  {
    settings,
    secrets,
  }: {
    readonly settings: Readonly<Record<string, string>>
    readonly secrets: ReadonlyMap<string, Secret>
  },
): SourceConnection {
  return {
    region,
    ...(apiBaseUrl === undefined ? {} : { apiBaseUrl }),
    settings: new Map<string, string | Secret>([...Object.entries(settings), ...secrets]),
  }
}

/** As it is stored: the address stands among the settings. */
export function withBaseUrl(
  settings: Readonly<Record<string, string>>,
  apiBaseUrl: string | undefined,
): Record<string, string> {
  return { ...settings, ...(apiBaseUrl === undefined ? {} : { apiBaseUrl }) }
}
