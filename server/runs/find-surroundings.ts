import { findManifestIn } from '../connections/find-manifest.ts'
import { atOnce } from '../store/at-once.ts'
import { findConnection } from '../store/connection-rows.ts'
import type { Tx } from '../store/database.ts'
import { findVersion } from '../store/pipeline-version-rows.ts'
import type { RunRow } from '../store/run-rows.ts'

/** Where the rows of a run land. `place` is the file, or host, port and database; never a secret. Null: nobody knows any more. */
export interface RunDestination {
  readonly name: string
  readonly type: string
  readonly place: string | null
  readonly schema: string
}

/** What stands around a run: where its rows land, and its connector's objects in the order in which they are shown everywhere. */
export interface RunSurroundings {
  readonly destination: RunDestination | null
  readonly order: readonly string[]
}

/** Of the document that the run ran. What was removed since is left out. */
export async function findSurroundings(
  tx: Tx,
  workspaceId: string,
  run: Pick<RunRow, 'pipelineId' | 'version' | 'connectorVersion'>,
): Promise<RunSurroundings> {
  const version = await findVersion(tx, workspaceId, run.pipelineId, run.version)
  if (!version) return { destination: null, order: [] }
  const { source, destination } = version.document
  const { connection } = destination
  const [connector, row] = await atOnce([
    findManifestIn(tx, workspaceId, source.connector, run.connectorVersion).catch(() => undefined),
    typeof connection === 'string' ? findConnection(tx, workspaceId, connection) : Promise.resolve(undefined),
  ])
  return {
    order: connector ? Object.keys(connector.manifest.objects) : [],
    destination: row
      ? {
          name: row.name,
          type: destination.type,
          place: row.account?.['name'] ?? null,
          schema: destination.schema,
        }
      : null,
  }
}

/** In the order of `order`; what it does not name comes last, as it came. */
export function inOrder<T extends { readonly object: string }>(
  objects: readonly T[],
  order: readonly string[],
): readonly T[] {
  const placeOf = ({ object }: T): number => (order.indexOf(object) + order.length + 1) % (order.length + 1)
  return objects.toSorted((a, b) => placeOf(a) - placeOf(b))
}
