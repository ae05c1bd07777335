import { listPublishedHeads } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { findInstalled } from './find-manifest.ts'
import { openOwnConnector } from './open-own-connector.ts'
import type { KnownConnector } from './open-own-connector.ts'

/** As `findManifestIn`, for many names in one transaction. */
export type FindManifest = (name: string) => Promise<KnownConnector>

/** Looks the workspace's own connectors up once. What it answers is good until the transaction ends. */
export async function openManifests(tx: Tx, workspaceId: string): Promise<FindManifest> {
  const heads = new Map((await listPublishedHeads(tx, workspaceId)).map((head) => [head.connector, head]))
  return async (name) => {
    const head = heads.get(name)
    return head ? await openOwnConnector(tx, workspaceId, head) : await findInstalled(name)
  }
}
