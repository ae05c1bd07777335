import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listConnectors as readConnectors } from '@penstock/connectors/load-connector.ts'
import { readInside } from '@penstock/connectors/read-inside.ts'
import type { Actor } from '../actor.ts'
import { destinationTypes } from '../destinations/registry.ts'
import { findConnectorVersion, listPublishedHeads } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { findRestrictions } from '../store/oauth-rows.ts'
import { describeDestination, describeObjects, describeSource } from './describe-connector.ts'
import type { ConnectorDescription, ObjectDescription } from './describe-connector.ts'
import { findManifest } from './find-manifest.ts'
import { openOwnConnector } from './open-own-connector.ts'
import type { KnownConnector } from './open-own-connector.ts'

/** Everything that can be connected: the workspace's own sources as they are published, those that come with Penstock, then the types of destinations. */
export async function listConnectors(actor: Actor): Promise<ConnectorDescription[]> {
  const { workspaceId } = actor
  const { allowedRegions, own } = await actor.transaction(async (tx) => ({
    ...(await findRestrictions(tx, workspaceId)),
    own: await openAll(tx, workspaceId),
  }))
  const names = new Set(own.map(({ name }) => name))
  const others = (await installed()).filter(({ name }) => !names.has(name))
  return [
    ...[...own, ...others].map((connector) => describeSource(connector, allowedRegions[connector.name])),
    ...[...destinationTypes].map(([name, type]) => describeDestination(name, type)),
  ]
}

/** Those of the workspace's own that this version of Penstock can use. */
async function openAll(tx: Tx, workspaceId: string): Promise<readonly KnownConnector[]> {
  const opened: KnownConnector[] = []
  for (const head of await listPublishedHeads(tx, workspaceId)) {
    const connector = await openOwnConnector(tx, workspaceId, head).catch(() => undefined)
    if (connector) opened.push(connector)
  }
  return opened
}

let reading: ReturnType<typeof readConnectors> | undefined

/** Read once in the life of a process: connectors change with an upgrade only. */
async function installed(): ReturnType<typeof readConnectors> {
  reading ??= readConnectors()
  try {
    return await reading
  } catch (error) {
    reading = undefined
    throw error
  }
}

/** A connector with its objects in place of their number. */
export interface DescribedConnector extends Omit<ConnectorDescription, 'objects'> {
  readonly objects: ObjectDescription[]
}

/** One of them, with its objects and their fields. Throws `NOT_FOUND`. */
export async function getConnector(
  actor: Actor,
  { name }: { readonly name: string },
): Promise<DescribedConnector> {
  const type = destinationTypes.get(name)
  if (type) return { ...describeDestination(name, type), objects: [] }
  const connector = await findManifest(actor, name)
  const { allowedRegions } = await actor.transaction((tx) => findRestrictions(tx, actor.workspaceId))
  return { ...describeSource(connector, allowedRegions[name]), objects: describeObjects(connector) }
}

/** A connector as its author wrote it: the texts of its files. */
export interface ConnectorSource {
  /** YAML. */
  readonly manifest: string
  /** File, as the manifest names it, → JSON. */
  readonly records: Record<string, string>
  readonly readme: string
}

/** The files of a connector that comes with Penstock, or of one of the workspace's own as it is published. Throws `NOT_FOUND`. */
export async function readConnectorSource(
  actor: Actor,
  { name }: { readonly name: string },
): Promise<ConnectorSource> {
  const { folder, manifest, version } = await findManifest(actor, name)
  if (version !== undefined) {
    const row = await actor.transaction((tx) => findConnectorVersion(tx, actor.workspaceId, name, version))
    if (row) return { manifest: row.files.manifest, records: { ...row.files.records }, readme: '' }
  }
  const files = new Set(Object.values(manifest.objects).map(({ record }) => record))
  const records: Record<string, string> = {}
  for (const file of files) {
    const read = await readInside(folder, file)
    if ('text' in read) records[file] = read.text
  }
  return {
    manifest: await readFile(join(folder, 'manifest.yaml'), 'utf8'),
    records,
    readme: await readFile(join(folder, 'README.md'), 'utf8').catch(() => ''),
  }
}
