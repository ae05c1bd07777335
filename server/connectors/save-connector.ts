import type { Actor } from '../actor.ts'
import { findInstalled, isConnectorName } from '../connections/find-manifest.ts'
import { digestFiles } from '../connections/open-own-connector.ts'
import { refuseExcess } from '../connections/read-draft.ts'
import type { ConnectorDraft } from '../connections/read-draft.ts'
import { destinationTypes } from '../destinations/registry.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import {
  findOwnConnector,
  insertConnector,
  listOwnConnectors,
  updateConnector,
} from '../store/connector-rows.ts'
import type { Tx } from '../store/database.ts'
import { connectorSubject, refuseStaleDraft, requireOwn } from './require-own.ts'

export interface ConnectorSave extends ConnectorDraft {
  readonly name: string
  /** The revision that the person had before them. Null: it is a new connector. */
  readonly baseRevision: number | null
}

/** A workspace has no more connectors of its own than this. */
const mostConnectors = 100
/** The most that the files of one may be, all in all, in characters. */
const mostCharacters = 2_000_000

/**
 * Saves a connector's draft, sound or not. Files that are equal to those that are there make no revision, so that a save whose answer was lost may
 * be sent again. Throws `CONFLICT` where the draft is newer than `baseRevision`, with who saved it, when, and its files in the details; and
 * for a name that a connector of Penstock's has.
 */
export async function saveConnectorDraft(
  actor: Actor,
  input: ConnectorSave,
): Promise<{ readonly revision: number }> {
  const { name, baseRevision, manifest, records } = input
  const draft = { manifest, records }
  refuseExcess(draft)
  if (JSON.stringify(draft).length > mostCharacters)
    throw new DomainError('INVALID', 'The files are larger than 2 MB altogether. Make it two connectors.')
  await refuseName(name)
  return await actor.transaction(async (tx) => {
    const made = baseRevision === null && (await makeNew(tx, actor, name, draft))
    return { revision: made ? 1 : await saveOver(tx, actor, { name, baseRevision, draft }) }
  })
}

/** A connector of Penstock's goes to hosts that its readers vouch for, and a connection must not have to wonder which of two it is of. */
async function refuseName(name: string): Promise<void> {
  // The page on which a connector is begun has the address /connectors/new.
  if (!isConnectorName(name) || name === 'new')
    throw new DomainError(
      'INVALID',
      'A connector’s name is small letters, digits and underscores, with a letter first, such as acme_crm.',
    )
  const installed = destinationTypes.has(name) || (await findInstalled(name).catch(() => undefined))
  if (installed)
    throw new DomainError(
      'CONFLICT',
      `The name ${name} belongs to what comes with Penstock. Give your manifest another name, such as ${name}_ours.`,
    )
}

async function makeNew(tx: Tx, actor: Actor, name: string, draft: ConnectorDraft): Promise<boolean> {
  const { workspaceId, userId } = actor
  if (await findOwnConnector(tx, workspaceId, name)) return false
  if ((await listOwnConnectors(tx, workspaceId)).length >= mostConnectors)
    throw new DomainError('TOO_MANY', `A workspace has at most ${mostConnectors} connectors of its own.`)
  const made = await insertConnector(tx, workspaceId, { name, draft, draftBy: userId })
  if (made)
    await recordAudit(tx, actor, {
      action: 'connector.create',
      subject: connectorSubject(name),
      after: { revision: 1 },
    })
  return made
}

async function saveOver(
  tx: Tx,
  actor: Actor,
  {
    name,
    baseRevision,
    draft,
  }: { readonly name: string; readonly baseRevision: number | null; readonly draft: ConnectorDraft },
): Promise<number> {
  const row = await requireOwn(tx, actor, name, 'lock')
  if (digestFiles(row.draft) === digestFiles(draft)) return row.revision
  refuseStaleDraft(row, baseRevision)
  await keepConnectorDraft(tx, actor, { name, revision: row.revision, draft })
  await recordAudit(tx, actor, {
    action: 'connector.save',
    subject: connectorSubject(name),
    after: { revision: row.revision + 1, files: Object.keys(draft.records).length + 1 },
  })
  return row.revision + 1
}

/** Makes files the next revision of a connector that is locked. */
export async function keepConnectorDraft(
  tx: Tx,
  { workspaceId, userId, services }: Actor,
  {
    name,
    revision,
    draft,
  }: { readonly name: string; readonly revision: number; readonly draft: ConnectorDraft },
): Promise<void> {
  await updateConnector(tx, workspaceId, name, {
    draft,
    revision: revision + 1,
    draftBy: userId,
    draftAt: new Date(services.clock.now()),
  })
}
