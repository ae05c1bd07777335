import type { Catalogue, CatalogueField, CatalogueObject } from '../document/catalogue.ts'

/** A connector as the API describes it, as far as the editor needs it. */
export interface ConnectorAnswer {
  readonly name: string
  readonly title: string
  readonly scopes: readonly { readonly scope: string; readonly title: string }[]
  readonly objects: readonly ObjectAnswer[]
}

interface ObjectAnswer {
  readonly object: string
  readonly title: string
  readonly description: string | null
  readonly group: 'core' | 'extended' | 'derived'
  readonly parent: string | null
  readonly mode: string
  readonly startAt: boolean
  readonly primaryKey: readonly string[]
  readonly scope: string | null
  readonly notes: readonly string[]
  readonly recommended: boolean
  readonly fields: readonly {
    readonly path: string
    readonly type: string
    readonly description?: string | undefined
    readonly sensitive: string | null
    readonly lockedBecause: string | null
  }[]
}

/** A field that runs of a pipeline found and the manifest does not know. */
export interface DiscoveredField {
  readonly object: string
  readonly field: string
  readonly type: string
}

/** What a connector offers, with the fields that this pipeline's runs found beside those of the manifest. */
export function readCatalogue(answer: ConnectorAnswer, discovered: readonly DiscoveredField[]): Catalogue {
  const scopes = new Map(answer.scopes.map(({ scope, title }) => [scope, title]))
  const found = Map.groupBy(discovered, ({ object }) => object)
  return {
    connector: answer.name,
    title: answer.title,
    objects: answer.objects.map((object) => readObject(object, scopes, found.get(object.object) ?? [])),
  }
}

function readObject(
  answer: ObjectAnswer,
  scopes: ReadonlyMap<string, string>,
  discovered: readonly DiscoveredField[],
): CatalogueObject {
  const { object, title, group, startAt, primaryKey, recommended, notes, scope, parent } = answer
  const scopeTitle = scope === null ? undefined : scopes.get(scope)
  return {
    name: object,
    title,
    group,
    mode: answer.mode === 'full_refresh' ? 'full_refresh' : 'incremental',
    startDate: startAt,
    primaryKey,
    recommended,
    notes,
    fields: readFields(answer, discovered),
    ...(answer.description ? { description: answer.description } : {}),
    ...(parent === null ? {} : { parent }),
    ...(scope === null ? {} : { scope }),
    ...(scopeTitle === undefined ? {} : { scopeTitle }),
  }
}

function readFields(
  { fields }: ObjectAnswer,
  discovered: readonly DiscoveredField[],
): readonly CatalogueField[] {
  const known = new Set(fields.map(({ path }) => path))
  const fresh = discovered.filter(({ field }) => !known.has(field))
  return [
    ...fields.map(({ path, type, description, sensitive, lockedBecause }) => ({
      path,
      type,
      ...(description ? { description } : {}),
      ...(sensitive === null ? {} : { sensitive }),
      ...(lockedBecause === null ? {} : { keyReason: lockedBecause }),
    })),
    ...fresh.map(({ field, type }) => ({ path: field, type, discovered: true })),
  ]
}
