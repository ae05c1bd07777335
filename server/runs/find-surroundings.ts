import type { Manifests } from '../connections/open-manifests.ts'
import type { RunPlaceRow } from '../store/run-place-rows.ts'
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
  manifests: Manifests,
  { connectorVersion }: Pick<RunRow, 'connectorVersion'>,
  place: RunPlaceRow | undefined,
): Promise<RunSurroundings> {
  if (!place) return { destination: null, order: [] }
  const { connector, name, type, schema, account } = place
  const found = await manifests.find(connector, connectorVersion).catch(() => undefined)
  return {
    order: found ? Object.keys(found.manifest.objects) : [],
    destination: name === null ? null : { name, type, place: account?.['name'] ?? null, schema },
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
