import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findConnector } from '../pipelines/find-connector.ts'
import { findConnectorVersion, listPublishedHeads } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { openOwnConnector } from './open-own-connector.ts'
import type { KnownConnector } from './open-own-connector.ts'

/**
 * The connector of this name in the actor's workspace: one of its own in the version that is published, or one that comes with Penstock. A
 * path, which a document on disk may name, is none here. With `version`, that version of its own, as a run that began with it needs it.
 * Throws `NOT_FOUND`. Holds no transaction when it answers.
 */
export async function findManifest(
  actor: Pick<Actor, 'workspaceId' | 'transaction'>,
  name: string,
  version?: number | null,
): Promise<KnownConnector> {
  return await actor.transaction((tx) => findManifestIn(tx, actor.workspaceId, name, version))
}

/**
 * The same inside a transaction. A workspace's own comes first: its connections' secrets were given for its hosts, and an upgrade of Penstock
 * that brings a connector of the same name must not send them elsewhere.
 */
export async function findManifestIn(
  tx: Tx,
  workspaceId: string,
  name: string,
  version?: number | null,
): Promise<KnownConnector> {
  if (!isConnectorName(name)) return await findInstalled(name)
  const head =
    typeof version === 'number'
      ? await findConnectorVersion(tx, workspaceId, name, version)
      : (await listPublishedHeads(tx, workspaceId, name))[0]
  if (head) return await openOwnConnector(tx, workspaceId, head)
  if (typeof version === 'number')
    throw new DomainError('NOT_FOUND', `There is no version ${version} of the connector ${name} any more.`)
  return await findInstalled(name)
}

/** Whether a word can name a connector. */
export function isConnectorName(name: string): boolean {
  return /^[a-z][a-z0-9_-]{0,63}$/.test(name)
}

const known = new Map<string, Promise<Connector>>()

/** A connector that comes with Penstock. Throws `NOT_FOUND`. Read once in the life of a process, since it changes with an upgrade only. */
export async function findInstalled(name: string): Promise<Connector> {
  const loading = known.get(name) ?? load(name)
  known.set(name, loading)
  try {
    return await loading
  } catch (error) {
    known.delete(name)
    throw error
  }
}

async function load(name: string): Promise<Connector> {
  const found = isConnectorName(name) ? await findConnector(name, '/') : undefined
  if (found && 'connector' in found) return found.connector
  const why = found?.problems[0]
  throw new DomainError(
    'NOT_FOUND',
    why ? `${why.message} ${why.fix}` : 'A connector is named by its manifest’s name, such as intercom.',
  )
}
