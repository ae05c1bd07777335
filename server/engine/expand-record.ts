import type { ChildrenRead, DerivedRead } from '@penstock/schemas/generated/manifest.ts'
import type { Row } from './destination.ts'
import type { ObjectNode } from './object-tree.ts'
import { isJsonObject, isRawNumber, readPath, scalarText, type Json } from './read-path.ts'
import type { RowUnit } from './row-unit.ts'

/** What a record's parent gives it: columns that the record itself does not carry. */
export type Given = Readonly<Record<string, Json>>

/** Something about a record that its own text does not hold, and a request must fetch. */
export type Errand =
  | {
      readonly type: 'children'
      readonly node: ObjectNode
      readonly read: ChildrenRead
      readonly parent: Json
    }
  | {
      readonly type: 'rest'
      readonly node: ObjectNode
      readonly read: DerivedRead
      readonly parent: Json
      readonly given: Given
    }

/**
 * Puts a record's row, and the rows derived from it, into a unit; gives back the errands that remain.
 */
export function expandRecord(node: ObjectNode, record: Json, given: Given, unit: RowUnit): Errand[] {
  if (node.shape) addRow(node, record, given, unit)
  const errands: Errand[] = []
  if (!isNamed(node, record, given)) return errands
  for (const below of node.below) {
    const { read } = below.manifest
    if (read.type === 'children')
      errands.push({ type: 'children', node: below, read, parent: withGiven(record, given) })
    if (read.type !== 'derived') continue
    if (isCut(record, read)) errands.push({ type: 'rest', node: below, read, parent: record, given })
    else errands.push(...expandDerived(below, read, { record, given }, elementsAt(record, read.at), unit))
  }
  return errands
}

/** A record with the columns that its own parent gave it, which its children may need to be asked for. */
export function withGiven(record: Json, given: Given): Json {
  return isJsonObject(record) && Object.keys(given).length > 0 ? { ...given, ...record } : record
}

/** Whether a record has its key. One that has none is rejected, and nothing can be read or derived below it. */
function isNamed(node: ObjectNode, record: Json, given: Given): boolean {
  return node.manifest.primaryKey.every((field) => {
    const value = readPath(record, field) ?? (Object.hasOwn(given, field) ? given[field] : undefined)
    return value !== undefined && value !== null
  })
}

/** Puts the rows of a whole derived list into a unit: they replace all rows of their parent. */
export function expandDerived(
  node: ObjectNode,
  read: DerivedRead,
  parent: { readonly record: Json; readonly given: Given },
  elements: readonly Json[],
  unit: RowUnit,
): Errand[] {
  const errands = derivedRecords(read, parent, elements).flatMap((record) =>
    expandRecord(node, record, {}, unit),
  )
  const key = parentRow(node, read, parent)
  if (node.shape && key) unit.table(node.object).parents.push(key)
  return errands
}

/** The elements of a parent's list as records of the derived object. */
export function derivedRecords(
  read: DerivedRead,
  parent: { readonly record: Json; readonly given: Given },
  elements: readonly Json[],
): readonly Json[] {
  const fields = Object.entries(read.fields)
  return elements.map((element, index) =>
    Object.fromEntries(
      fields.map(([field, from]): [string, Json] => {
        if ('index' in from) return [field, index]
        if ('at' in from) return [field, readPath(element, from.at)]
        return [field, fromParent(parent, from.parent)]
      }),
    ),
  )
}

/** The fields of a derived object's key that name its parent, in the key's order. */
export function parentKeyOf(node: Pick<ObjectNode, 'manifest'>): readonly string[] | undefined {
  const { read, primaryKey } = node.manifest
  if (read.type !== 'derived') return undefined
  return primaryKey.filter((field) => {
    const from = Object.hasOwn(read.fields, field) ? read.fields[field] : undefined
    return from !== undefined && 'parent' in from
  })
}

function parentRow(
  node: ObjectNode,
  read: DerivedRead,
  parent: { readonly record: Json; readonly given: Given },
): Row | undefined {
  const cells = (parentKeyOf(node) ?? []).map((field) => {
    const from = read.fields[field]
    const value = from && 'parent' in from ? fromParent(parent, from.parent) : undefined
    return node.shape?.cellFor(field, value) ?? null
  })
  return cells.includes(null) ? undefined : cells
}

function fromParent(parent: { readonly record: Json; readonly given: Given }, path: string): Json {
  const own = readPath(parent.record, path)
  return own === undefined && Object.hasOwn(parent.given, path) ? parent.given[path] : own
}

/** Whether a list inside a record is only its beginning. Its count is asked only where nothing else is said: counts lie. */
function isCut(record: Json, { at, rest }: DerivedRead): boolean {
  if (rest === undefined) return false
  const said = readPath(record, rest.when) ?? undefined
  if (said !== undefined || rest.countAt === undefined) return said === true
  const count = readPath(record, rest.countAt)
  return typeof count === 'number' && count > elementsAt(record, at).length
}

/** A list inside a record; anything that is not a list has no elements. */
export function elementsAt(record: Json, path: string): readonly Json[] {
  const found = readPath(record, path)
  return Array.isArray(found) ? found : []
}

function addRow(node: ObjectNode, record: Json, given: Given, unit: RowUnit): void {
  const { shape } = node
  if (!shape) return
  const table = unit.table(node.object)
  if (!unit.versions.has(node.object)) unit.versions.set(node.object, shape.version)
  const shaped = shape.shape(record, given)
  table.extracted++
  if ('row' in shaped) table.rows.push(shaped.row)
  else unit.rejected.push({ object: node.object, key: shownKey(node, record, given), reason: shaped.reason })
}

/** As much of a record's key as there is, for telling people which record it was. Keys are never protected. */
function shownKey(node: ObjectNode, record: Json, given: Given): string {
  const view = { ...(isJsonObject(record) ? record : {}), ...given }
  const key = node.manifest.primaryKey.map((field): [string, Json] => {
    const value = Object.hasOwn(view, field) ? view[field] : undefined
    const plain = typeof value === 'string' || typeof value === 'number' || isRawNumber(value)
    return [field, plain ? scalarText(value).slice(0, 200) : null]
  })
  return JSON.stringify(Object.fromEntries(key))
}
