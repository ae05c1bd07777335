import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listConnectors as readConnectors } from '@penstock/connectors/load-connector.ts'
import { readInside } from '@penstock/connectors/read-inside.ts'
import type { Actor } from '../actor.ts'
import { destinationTypes } from '../destinations/registry.ts'
import { findRestrictions } from '../store/oauth-rows.ts'
import { describeDestination, describeObjects, describeSource } from './describe-connector.ts'
import type { ConnectorDescription, ObjectDescription } from './describe-connector.ts'
import { findManifest } from './find-manifest.ts'

/** Everything that can be connected: sources by their manifests, then the types of destinations. */
export async function listConnectors(actor: Actor): Promise<ConnectorDescription[]> {
  const { allowedRegions } = await actor.transaction((tx) => findRestrictions(tx, actor.workspaceId))
  const connectors = await installed()
  return [
    ...connectors.map((connector) => describeSource(connector, allowedRegions[connector.name])),
    ...[...destinationTypes].map(([name, type]) => describeDestination(name, type)),
  ]
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
  const connector = await findManifest(name)
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

/** The files of a connector that comes with Penstock. Throws `NOT_FOUND`. */
export async function readConnectorSource(
  _actor: Actor,
  { name }: { readonly name: string },
): Promise<ConnectorSource> {
  const { folder, manifest } = await findManifest(name)
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
