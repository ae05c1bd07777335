import { randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { updateConnection as updateRow } from '../store/connection-rows.ts'
import type { ConnectionPatch, ConnectionRow } from '../store/connection-rows.ts'
import { defaultRegion } from '../pipelines/validate-source.ts'
import { grantedScopes, sourceResult } from './check-result.ts'
import { sourceRules, splitSettings } from './check-settings.ts'
import type { SettingRule, SplitSettings } from './check-settings.ts'
import { describeTarget, destinationRules, insistOnWorking } from './create-destination.ts'
import { inMemory, withBaseUrl } from './create-source.ts'
import { describeConnection } from './describe-connection.ts'
import type { ConnectionDescription } from './describe-connection.ts'
import { findManifest } from './find-manifest.ts'
import { keepWithinReach } from './keep-within-reach.ts'
import { openSecrets, sealSecrets } from './open-secrets.ts'
import { acceptPlace, requireChangeable, requireConnection } from './require-connection.ts'
import { probeSource } from './verify-source.ts'

export interface ConnectionUpdate {
  readonly id: string
  readonly name?: string | undefined
  /** Those to change; the others stay. Where an address changes, the secrets must be given again. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/**
 * Renames a connection, or gives it other settings, once they have been tried. Throws `CONFLICT` for a credential of another account: what
 * was read from one account is never mixed with another's. Throws `INVALID` where settings that say where a secret is sent change
 * without it: whoever has the secret may send it elsewhere, and nobody else. Throws `CONFLICT` for a destination's new place while its tables
 * stay in the old one.
 */
export async function updateConnection(
  actor: Actor,
  input: ConnectionUpdate,
): Promise<ConnectionDescription> {
  const { id, name, settings } = input
  const row = await actor.transaction((tx) => requireConnection(tx, actor, id))
  const changed = settings && Object.keys(settings).length > 0 ? await tryAnew(actor, row, settings) : {}
  return await actor.transaction(async (tx) => {
    const now = await requireChangeable(tx, actor, id)
    if (now.credentialVersion !== row.credentialVersion)
      throw new DomainError('CONFLICT', 'Someone changed this connection meanwhile. Look at it again.')
    await acceptPlace(tx, actor, { name, besides: id })
    const after = await updateRow(tx, actor.workspaceId, id, { ...changed, ...(name ? { name } : {}) })
    await recordAudit(tx, actor, {
      action: 'connection.update',
      subject: { type: 'connection', id, name: after?.name ?? now.name },
      before: { name: now.name },
      after: { name: after?.name, settings: Object.keys(settings ?? {}) },
    })
    return await describeConnection(tx, actor, after ?? now)
  })
}

async function tryAnew(
  actor: Actor,
  row: ConnectionRow,
  given: Readonly<Record<string, string>>,
): Promise<ConnectionPatch> {
  if (row.state === 'wiping')
    throw new DomainError(
      'CONFLICT',
      'All data of this connection is being deleted. Wait until that has finished.',
    )
  if (row.method === 'oauth')
    throw new DomainError('INVALID', 'This connection is authorised with OAuth: authorise it again instead.')
  const patch =
    row.kind === 'source' ? await trySource(actor, row, given) : await tryDestination(actor, row, given)
  return {
    ...patch,
    state: 'healthy',
    stateReason: null,
    checkedAt: new Date(),
    credentialVersion: randomUUID(),
  }
}

async function trySource(
  actor: Actor,
  row: ConnectionRow,
  given: Readonly<Record<string, string>>,
): Promise<ConnectionPatch> {
  const connector = await findManifest(actor, row.connector)
  const { apiBaseUrl, ...plain } = row.settings
  const split = await merge(
    actor,
    { ...row, settings: plain },
    sourceRules(connector.manifest, 'settings'),
    given,
  )
  const connection = inMemory(row.region ?? defaultRegion(connector.manifest), apiBaseUrl, split)
  const { account, check } = await probeSource(actor, { connector, connection, keepTokens: undefined })
  if (row.accountId !== null && account.id !== row.accountId)
    throw new DomainError(
      'CONFLICT',
      `This credential is of another account (${account.name ?? account.id ?? 'one that the API does not name'}) than the one before (${row.accountName ?? row.accountId}). Make a new connection for it, or delete all data of this one first.`,
    )
  const result = sourceResult(connector.manifest, check, new Date())
  return {
    settings: withBaseUrl(split.settings, apiBaseUrl),
    secrets: await sealSecrets(actor.services.vault, row.id, split.secrets),
    checkResult: result,
    grantedScopes: grantedScopes(result),
    accountId: account.id ?? row.accountId,
    accountName: account.name ?? row.accountName,
    account: account.shown,
  }
}

async function tryDestination(
  actor: Actor,
  row: ConnectionRow,
  given: Readonly<Record<string, string>>,
): Promise<ConnectionPatch> {
  const split = await merge(actor, row, destinationRules(row.connector), given)
  const check = await insistOnWorking(actor, row.connector, split)
  await keepWithinReach(actor, row, split)
  const account = describeTarget(row.connector, split)
  return {
    settings: split.settings,
    secrets: await sealSecrets(actor.services.vault, row.id, split.secrets),
    checkResult: check,
    accountName: account['name'] ?? null,
    account,
  }
}

/** What was there with what was given. A secret goes where the other settings say, so it is not taken along when those change. */
async function merge(
  actor: Actor,
  row: Pick<ConnectionRow, 'id' | 'settings' | 'secrets'>,
  rules: readonly SettingRule[],
  given: Readonly<Record<string, string>>,
): Promise<SplitSettings> {
  const moved = rules.some(
    ({ name, secret }) => !secret && given[name] !== undefined && given[name] !== row.settings[name],
  )
  const forgotten = moved && Object.keys(row.secrets).filter((name) => !given[name])
  if (forgotten && forgotten.length > 0)
    throw new DomainError(
      'INVALID',
      `Give ${forgotten.join(' and ')} again, too: it is not sent to another place unseen.`,
    )
  // Of those that are given again nobody asks what they were, nor whether they can still be opened.
  const kept = Object.entries(row.secrets).filter(([name]) => given[name] === undefined)
  const before = await openSecrets(actor.services.vault, { ...row, secrets: Object.fromEntries(kept) })
  const texts = [...before].map(([name, value]) => [name, typeof value === 'object' ? value.reveal() : value])
  return splitSettings(rules, { ...Object.fromEntries(texts), ...given })
}
