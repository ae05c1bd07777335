import { estimatedRecords } from '../../strings/record-estimate.ts'
import { timeAgo } from '../../ui/time-ago.ts'
import { scopeState } from '../document/catalogue.ts'
import type { Catalogue, CatalogueObject, SavedConnection } from '../document/catalogue.ts'

/** Objects that can be added, as they are offered: by group, with what is known of their scope. */
export interface OfferedGroup {
  readonly group: CatalogueObject['group']
  readonly objects: readonly OfferedObject[]
}

export interface OfferedObject {
  readonly object: CatalogueObject
  readonly scope: 'none' | 'granted' | 'missing' | 'unknown'
  /** How many of its fields the manifest marks as sensitive. */
  readonly sensitive: number
  /** How many records the source said it has, in words; absent where it does not say. */
  readonly records?: string
}

const groups = ['core', 'extended', 'derived'] as const

/** What is not chosen yet and matches the search, by group, in the catalogue's order, at a moment in milliseconds. Groups without a match are left out. */
export function offerObjects(
  catalogue: Catalogue,
  chosen: ReadonlySet<string>,
  query: string,
  connection: SavedConnection | undefined,
  now: number = Date.now(),
): readonly OfferedGroup[] {
  const needle = query.trim().toLowerCase()
  const offered = catalogue.objects.filter((object) => !chosen.has(object.name) && matches(object, needle))
  return groups.flatMap((group) => {
    const objects = offered
      .filter((object) => object.group === group)
      .map((object): OfferedObject => ({
        object,
        scope: scopeState(object, connection),
        sensitive: object.fields.filter(({ sensitive }) => sensitive !== undefined).length,
        ...recordsOf(object, connection, now),
      }))
    return objects.length > 0 ? [{ group, objects }] : []
  })
}

/** A number that is older than a day says how old it is. */
function recordsOf(
  { name }: CatalogueObject,
  connection: SavedConnection | undefined,
  now: number,
): Pick<OfferedObject, 'records'> {
  const estimate = connection?.estimates?.records[name]
  if (!connection?.estimates || !estimate) return {}
  const at = Date.parse(connection.estimates.at)
  const records = estimatedRecords(estimate, now - at > day ? timeAgo(at, now) : undefined)
  return records === undefined ? {} : { records }
}

const day = 86_400_000

/** The objects a connector recommends, less those whose scope the account did not grant. */
export function recommendedObjects(
  catalogue: Catalogue,
  connection: SavedConnection | undefined,
): readonly string[] {
  return catalogue.objects
    .filter((object) => object.recommended && scopeState(object, connection) !== 'missing')
    .map(({ name }) => name)
}

/** Parents of the picked objects that are neither picked nor chosen: they come along, because their records lead to the others. */
export function parentsOf(
  catalogue: Catalogue,
  picked: ReadonlySet<string>,
  chosen: ReadonlySet<string>,
): readonly string[] {
  const parents = new Set<string>()
  const seek = (name: string): void => {
    const parent = catalogue.objects.find((object) => object.name === name)?.parent
    if (parent === undefined || picked.has(parent) || chosen.has(parent) || parents.has(parent)) return
    parents.add(parent)
    seek(parent)
  }
  for (const name of picked) seek(name)
  return [...parents]
}

function matches({ name, title, description = '' }: CatalogueObject, needle: string): boolean {
  return needle === '' || `${name} ${title} ${description}`.toLowerCase().includes(needle)
}
