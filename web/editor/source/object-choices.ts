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
}

const groups = ['core', 'extended', 'derived'] as const

/** What is not chosen yet and matches the search, by group, in the catalogue's order. Groups without a match are left out. */
export function offerObjects(
  catalogue: Catalogue,
  chosen: ReadonlySet<string>,
  query: string,
  connection: SavedConnection | undefined,
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
      }))
    return objects.length > 0 ? [{ group, objects }] : []
  })
}

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
