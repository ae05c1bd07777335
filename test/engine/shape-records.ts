import { convertCell } from '@penstock/server/engine/convert-cell.ts'
import type { ColumnType, Row, TableSpec } from '@penstock/server/engine/destination.ts'
import { exactValue } from '@penstock/server/engine/exact-records.ts'
import { Pseudonymiser } from '@penstock/server/engine/protect-value.ts'
import type { ProtectionNode } from '@penstock/server/engine/protect-tree.ts'
import type { Json } from '@penstock/server/engine/read-path.ts'
import { TableShape } from '@penstock/server/engine/table-shape.ts'

export const plain: ProtectionNode = { action: 'replicate', kind: 'free_text', members: new Map() }
export const pseudonymiser = new Pseudonymiser(Buffer.alloc(32, 7))

/** The shape of a table with an `id` and these columns. */
export function shapeOf(
  columns: Readonly<Record<string, ColumnType>>,
  block = false,
  protection = plain,
): TableShape {
  return new TableShape({
    object: 'things',
    primaryKey: ['id'],
    columns: Object.entries({ id: 'text' as const, ...columns }).map(([field, type]) => ({
      field,
      type,
      protection: field === 'id' ? plain : protection,
      seen: 0,
    })),
    left: new Set(),
    block,
    pseudonymiser,
    protectNew: () => plain,
    now: '2026-01-01T00:00:00.000Z',
  })
}

/** Records as an API sent them, in JSON text, with every number exactly as it was written. */
export function parseRecords(text: string): readonly Json[] {
  const body = `{"data":${text}}`
  const parsed: { readonly data: readonly Json[] } = JSON.parse(body)
  const exact = exactValue(parsed.data, body, 'data')
  return Array.isArray(exact) ? exact : parsed.data
}

/** The rows of records, all at the shape's last version, and the reasons of those that have none. */
export function shapeAll(
  shape: TableShape,
  records: readonly Json[],
): { readonly rows: readonly Row[]; readonly reasons: readonly string[] } {
  const rows: Row[] = []
  const reasons: string[] = []
  for (const record of records) {
    const shaped = shape.shape(record)
    if ('row' in shaped) rows.push(shaped.row)
    else reasons.push(shaped.reason)
  }
  return { rows: shape.upgrade(rows, -1), reasons }
}

export function specOf(shape: TableShape): TableSpec {
  return shape.spec(() => '')
}

export { convertCell }
