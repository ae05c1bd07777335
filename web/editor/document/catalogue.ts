/** A field that a pipeline can protect. Nested fields have a dotted path; they live inside their column's JSON. */
export interface CatalogueField {
  readonly path: string
  /** The record schema's type, as people read it: string, integer, object … */
  readonly type: string
  readonly description?: string
  /** The kind of personal data, where the manifest marks it. */
  readonly sensitive?: string
  /** Why the field cannot be hashed or left out: it is a key, or holds one. A sentence. */
  readonly keyReason?: string
  /** A run found it; the connector's manifest does not know it. */
  readonly discovered?: boolean
}

/** One kind of record that a source offers. */
export interface CatalogueObject {
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly group: 'core' | 'extended' | 'derived'
  readonly mode: 'incremental' | 'full_refresh'
  readonly startDate: boolean
  /** Why a start date cannot be given, a sentence; absent where it can. */
  readonly noStartDate?: string
  readonly primaryKey: readonly string[]
  /** The object out of whose records, or for whose records, it is read. */
  readonly parent?: string
  /** The parent's fields it is read from: excluding one of them stops it. */
  readonly parentFields?: readonly string[]
  readonly scope?: string
  /** What the API’s own settings call the scope. */
  readonly scopeTitle?: string
  readonly recommended: boolean
  readonly fields: readonly CatalogueField[]
  readonly notes?: readonly string[]
}

/** What a connector offers, as its manifest says it. */
export interface Catalogue {
  readonly connector: string
  readonly title: string
  readonly objects: readonly CatalogueObject[]
  /** The API's published limit, a sentence. */
  readonly limit?: string
  /** How many operations run at once where a pipeline does not say. */
  readonly concurrency?: number
}

/** How many records an object had when its connection was tested. */
export interface RecordEstimate {
  readonly count: number
  /** The API's number is known not to be always right. */
  readonly approximate: boolean
}

/** A saved connection, without its secrets. */
export interface SavedConnection {
  readonly id: string
  readonly name: string
  readonly side: 'source' | 'destination'
  /** The connector's name, or the destination's type. */
  readonly kind: string
  readonly health: 'healthy' | 'untested' | 'broken'
  /** What is wrong with a broken one and what to do, a sentence. */
  readonly healthDetail?: string
  readonly account?: string
  readonly region?: string
  /** Scopes the account granted; absent while they are not known. */
  readonly grantedScopes?: readonly string[]
  /** How many records the source said each object has, by the object's name, and when it was asked (an ISO time). */
  readonly estimates?: { readonly at: string; readonly records: Readonly<Record<string, RecordEstimate>> }
  /** Names of the other pipelines that use it. */
  readonly usedBy?: readonly string[]
}

/** Everything outside the document that its rules look at. What is not loaded yet is undefined, and no rule complains about it. */
export interface Surroundings {
  readonly catalogue?: Catalogue
  readonly connections?: readonly SavedConnection[]
}

const byName = new WeakMap<Catalogue, ReadonlyMap<string, CatalogueObject>>()

/** An object of the catalogue by its name. */
export function findObject(catalogue: Catalogue | undefined, name: string): CatalogueObject | undefined {
  if (catalogue === undefined) return undefined
  const known = byName.get(catalogue) ?? new Map(catalogue.objects.map((object) => [object.name, object]))
  byName.set(catalogue, known)
  return known.get(name)
}

/** Whether the account granted the scope an object needs. unknown: nobody asked the account yet. */
export function scopeState(
  object: CatalogueObject,
  connection: SavedConnection | undefined,
): 'none' | 'granted' | 'missing' | 'unknown' {
  if (object.scope === undefined) return 'none'
  if (connection?.grantedScopes === undefined) return 'unknown'
  return connection.grantedScopes.includes(object.scope) ? 'granted' : 'missing'
}

/** Names in the catalogue's order, which the server's storage does not keep; unknown ones last. */
export function inCatalogueOrder(
  catalogue: Catalogue | undefined,
  names: readonly string[],
): readonly string[] {
  const places = new Map((catalogue?.objects ?? []).map(({ name }, index) => [name, index]))
  const placeOf = (name: string): number => places.get(name) ?? places.size
  return names.toSorted((a, b) => placeOf(a) - placeOf(b))
}
