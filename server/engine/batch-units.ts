import type { RejectedRecord, Row, TableBatch } from './destination.ts'
import type { TableRows } from './row-unit.ts'
import type { TableShape } from './table-shape.ts'

/** What is known of a unit here. */
export interface BatchedUnit {
  readonly tables: ReadonlyMap<string, TableRows>
  readonly rejected: readonly RejectedRecord[]
  /** The shapes' versions when the rows were made, by object. Absent: the present ones. */
  readonly versions: ReadonlyMap<string, number>
}

/** Units as one commit takes them: one row for each key, and each parent's rows from the unit that came last. */
export interface BatchedUnits {
  readonly batches: readonly TableBatch[]
  readonly rejected: readonly RejectedRecord[]
  /** Rows that came more than once, by object: only the newest is kept. */
  readonly repeats: ReadonlyMap<string, number>
}

/** Brings the rows of several units together, at the shapes' present versions. */
export function batchUnits(
  units: readonly BatchedUnit[],
  shapes: ReadonlyMap<string, TableShape>,
): BatchedUnits {
  const batches: TableBatch[] = []
  const repeats = new Map<string, number>()
  for (const [object, shape] of shapes) {
    const parts = units
      .map((unit) => ({
        table: unit.tables.get(object),
        version: unit.versions.get(object) ?? shape.version,
      }))
      .filter((part): part is Part => part.table !== undefined)
    const gone = parts.flatMap(({ table }) => table.gone)
    const derived = shape.parentKey !== undefined
    const { rows, parents, sent } = derived
      ? byParent(parts, shape)
      : { ...byKey(parts, shape), parents: undefined }
    repeats.set(object, sent - rows.length)
    if (rows.length > 0 || gone.length > 0 || (parents && parents.length > 0)) {
      batches.push({ object, rows, ...(parents ? { parents } : {}), ...(gone.length > 0 ? { gone } : {}) })
    }
  }
  return { batches, rejected: units.flatMap((unit) => unit.rejected), repeats }
}

interface Part {
  readonly table: TableRows
  readonly version: number
}

function byKey(
  parts: readonly Part[],
  shape: TableShape,
): { readonly rows: readonly Row[]; readonly sent: number } {
  const newest = new Map<string, Row>()
  let sent = 0
  for (const { table, version } of parts) {
    for (const row of shape.upgrade(table.rows, version)) {
      sent++
      const key = shape.keyOf(row)
      const known = newest.get(key)
      if (known === undefined || !shape.isOlder(row, known)) newest.set(key, row)
    }
  }
  return { rows: [...newest.values()], sent }
}

/** Equal for equal keys. A key may be an integer beyond 2^53, which JSON does not take. */
export function nameOf(key: Row): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key.map(String))
}

/** A parent that was read twice keeps the rows of its later reading only. */
function byParent(
  parts: readonly Part[],
  shape: TableShape,
): { readonly rows: readonly Row[]; readonly parents: readonly Row[]; readonly sent: number } {
  const parents = new Map<string, Row>()
  const rowsOf = new Map<string, Map<string, Row>>()
  let sent = 0
  for (const { table, version } of parts) {
    for (const parent of table.parents) {
      const key = nameOf(parent)
      parents.set(key, parent)
      rowsOf.set(key, new Map())
    }
    for (const row of shape.upgrade(table.rows, version)) {
      sent++
      rowsOf.get(nameOf(shape.parentOf(row)))?.set(shape.keyOf(row), row)
    }
  }
  return {
    rows: [...rowsOf.values()].flatMap((rows) => [...rows.values()]),
    parents: [...parents.values()],
    sent,
  }
}
