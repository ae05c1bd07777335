import { listPublishedHeads } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { findInstalled, findManifestIn } from './find-manifest.ts'
import { openOwnConnector } from './open-own-connector.ts'
import type { KnownConnector } from './open-own-connector.ts'

/** The connectors of a workspace: its own and those that come with Penstock. Good until the transaction ends. */
export interface Manifests {
  /** As `findManifestIn`, for many names without asking for each. */
  find(name: string, version?: number | null): Promise<KnownConnector>
  /** The number of the version in use. Null: the workspace has no published connector of this name. */
  versionInUse(name: string): number | null
}

/** Looks the workspace's own connectors up once. */
export async function openManifests(tx: Tx, workspaceId: string): Promise<Manifests> {
  const heads = new Map((await listPublishedHeads(tx, workspaceId)).map((head) => [head.connector, head]))
  return {
    find: async (name, version) => {
      const head = heads.get(name)
      if (typeof version === 'number' && version !== head?.version)
        return await findManifestIn(tx, workspaceId, name, version)
      return head ? await openOwnConnector(tx, workspaceId, head) : await findInstalled(name)
    },
    versionInUse: (name) => heads.get(name)?.version ?? null,
  }
}
