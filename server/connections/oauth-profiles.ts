import { randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import { lockNames } from '../store/lock-names.ts'
import {
  deleteProfile,
  findProfile,
  insertProfile,
  listProfiles as listRows,
  listProfileUses,
  updateProfile,
} from '../store/oauth-rows.ts'
import type { ProfileRow } from '../store/oauth-rows.ts'
import { findManifest } from './find-manifest.ts'
import { insistOnConnector } from './insist-on-connector.ts'
import { consentOf, redirectUri } from './oauth-draft.ts'
import { profileSecretUse } from './secret-use.ts'

/** An OAuth profile as the API tells it: never its secret, and of its client id the end only. */
export interface ProfileDescription {
  readonly id: string
  readonly connector: string
  readonly name: string
  readonly clientIdTail: string
  /** What the OAuth app at the API must know as its redirect URI. */
  readonly redirectUri: string
  readonly usedBy: { readonly id: string; readonly name: string }[]
  readonly createdAt: string
}

/** The workspace's profiles, by connector and name. */
export async function listProfiles(
  actor: Actor,
  { connector }: { readonly connector?: string | undefined },
): Promise<ProfileDescription[]> {
  return await actor.transaction(async (tx) => {
    const rows = await listRows(tx, actor.workspaceId)
    const described: ProfileDescription[] = []
    for (const row of rows.filter((one) => connector === undefined || one.connector === connector))
      described.push(await describe(tx, actor, row))
    return described
  })
}

export interface NewProfile {
  readonly connector: string
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Registers an OAuth app. Its secret is sealed, and never told again. */
export async function createProfile(actor: Actor, input: NewProfile): Promise<ProfileDescription> {
  const connector = await findManifest(actor, input.connector)
  consentOf(connector.manifest)
  const id = randomUUID()
  const clientSecretSealed = await actor.services.vault.seal(profileSecretUse(id), input.clientSecret)
  return await actor.transaction(async (tx) => {
    await acceptName(tx, actor, input)
    await insistOnConnector(tx, actor, connector)
    const { name, clientId } = input
    const row = await insertProfile(tx, {
      id,
      workspaceId: actor.workspaceId,
      connector: connector.name,
      name,
      clientId,
      clientSecretSealed,
      createdBy: actor.userId,
    })
    await audit(tx, actor, 'create', row)
    return await describe(tx, actor, row)
  })
}

export interface ProfileUpdate {
  readonly id: string
  readonly name?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
}

/** Changes a profile. Another client id is another app: its secret comes with it. Connections that it authorised keep their tokens. */
export async function changeProfile(actor: Actor, input: ProfileUpdate): Promise<ProfileDescription> {
  const { id, name, clientId, clientSecret } = input
  const sealed = clientSecret && (await actor.services.vault.seal(profileSecretUse(id), clientSecret))
  return await actor.transaction(async (tx) => {
    const row = await requireProfile(tx, actor, id)
    if (clientId !== undefined && clientId !== row.clientId && !sealed)
      throw new DomainError('INVALID', 'Another client id has another secret. Give that, too.')
    if (name !== undefined) await acceptName(tx, actor, { connector: row.connector, name, besides: id })
    const patch = {
      ...(name === undefined ? {} : { name }),
      ...(clientId === undefined ? {} : { clientId }),
      ...(sealed ? { clientSecretSealed: sealed } : {}),
    }
    const after =
      (Object.keys(patch).length > 0 && (await updateProfile(tx, actor.workspaceId, id, patch))) || row
    await audit(
      tx,
      actor,
      'update',
      after,
      Object.keys(input).filter((key) => key !== 'id'),
    )
    return await describe(tx, actor, after)
  })
}

/** Removes a profile that no connection was made with. Throws `CONFLICT` while one was. */
export async function removeProfile(actor: Actor, { id }: { readonly id: string }): Promise<{ id: string }> {
  await actor.transaction(async (tx) => {
    const row = await requireProfile(tx, actor, id)
    const usedBy = await listProfileUses(tx, actor.workspaceId, id)
    if (usedBy.length > 0)
      throw new DomainError(
        'CONFLICT',
        `“${row.name}” authorised ${usedBy.map(({ name }) => `“${name}”`).join(', ')}. Authorise those with another profile first.`,
        { details: { usedBy } },
      )
    await deleteProfile(tx, actor.workspaceId, id)
    await audit(tx, actor, 'remove', row)
  })
  return { id }
}

async function requireProfile(tx: Tx, { workspaceId }: Actor, id: string): Promise<ProfileRow> {
  const row = await findProfile(tx, workspaceId, id)
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such OAuth profile.')
  return row
}

async function acceptName(
  tx: Tx,
  { workspaceId }: Actor,
  { connector, name, besides }: { connector: string; name: string; besides?: string },
): Promise<void> {
  await lockNames(tx, workspaceId, 'OAuth profile')
  const rows = await listRows(tx, workspaceId)
  if (rows.some((row) => row.connector === connector && row.name === name && row.id !== besides))
    throw new DomainError('CONFLICT', `There is a profile named “${name}” already. Choose another name.`)
}

async function audit(
  tx: Tx,
  actor: Actor,
  verb: 'create' | 'update' | 'remove',
  row: ProfileRow,
  changed?: readonly string[],
): Promise<void> {
  await recordAudit(tx, actor, {
    action: `oauthProfile.${verb}`,
    subject: { type: 'oauthProfile', id: row.id, name: row.name },
    after: { connector: row.connector, clientIdTail: tailOf(row.clientId), ...(changed ? { changed } : {}) },
  })
}

async function describe(tx: Tx, actor: Actor, row: ProfileRow): Promise<ProfileDescription> {
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    clientIdTail: tailOf(row.clientId),
    redirectUri: redirectUri(actor.services.env),
    usedBy: [...(await listProfileUses(tx, actor.workspaceId, row.id))],
    createdAt: row.createdAt.toISOString(),
  }
}

function tailOf(clientId: string): string {
  return clientId.length <= 8 ? clientId.slice(-2) : clientId.slice(-4)
}
