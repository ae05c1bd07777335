import type { Column, StoredTable, TableSpec } from '../engine/destination.ts'
import { RunFailure } from '../engine/failures.ts'
import { columnsOfOurs, freeName } from './free-name.ts'
import { widerType } from './wider-type.ts'

/** A column as it stands in a table: `type` is at least as wide as what the run sends. */
export interface LandedColumn extends Column {
  /** Its name in the database. */
  readonly column: string
}

/** A table as it stands, and as `_penstock_checkpoints` remembers it. */
export interface TableLayout {
  readonly table: string
  readonly columns: readonly LandedColumn[]
  readonly primaryKey: readonly string[]
}

export interface LayoutChange {
  readonly layout: TableLayout
  /** Columns that the table lacks. */
  readonly added: readonly LandedColumn[]
  /** Columns whose type is now wider, with the new type. */
  readonly widened: readonly LandedColumn[]
}

/**
 * What must happen to a table so that it can take the rows of `spec`. Names once given are kept, so the order in which
 * fields arrive never matters. `takenTables` are the names of all other tables.
 */
export function planLayout(
  spec: TableSpec,
  stored: TableLayout | undefined,
  takenTables: readonly string[],
): LayoutChange {
  refuseNewKey(spec, stored)
  const columns = [...(stored?.columns ?? [])]
  const added: LandedColumn[] = []
  const widened: LandedColumn[] = []
  for (const wanted of spec.columns) {
    const at = columns.findIndex(({ field }) => field === wanted.field)
    const there = columns[at]
    if (there) {
      const type = widerType(there.type, wanted.type)
      const column = { ...there, type, note: wanted.note ?? there.note }
      if (isStoredApart(there.type, type)) widened.push(column)
      columns[at] = column
    } else {
      const name = freeName(wanted.field, [...columnsOfOurs, ...columns.map(({ column }) => column)])
      const { field, type, note } = wanted
      const column = { field, column: name, type, note }
      added.push(column)
      columns.push(column)
    }
  }
  const table = stored?.table ?? freeName(spec.object, takenTables)
  return { layout: { table, columns, primaryKey: spec.primaryKey }, added, widened }
}

/** The columns that rows of `spec` go to, in the order of their values. */
export function columnsOf(layout: TableLayout, fields: readonly string[]): readonly LandedColumn[] {
  const byField = new Map(layout.columns.map((column) => [column.field, column]))
  return fields.map((field) => {
    const column = byField.get(field)
    if (!column)
      throw new RunFailure('internal', `Table ${layout.table} has no column for one of the fields.`)
    return column
  })
}

/** What `describe` tells of a table. */
export function describeLayout(layout: TableLayout): StoredTable['columns'] {
  return layout.columns.map(({ field, type, note }) =>
    note === undefined ? { field, type } : { field, type, note },
  )
}

function refuseNewKey(spec: TableSpec, stored: TableLayout | undefined): void {
  if (!stored || stored.primaryKey.join('\0') === spec.primaryKey.join('\0')) return
  throw new RunFailure(
    'destination_refused',
    `The primary key of ${spec.object} is not the one its table was made with.`,
    {
      advice: 'Drop the table, or choose another schema: the next run makes it again and reads everything.',
    },
  )
}

function isStoredApart(from: Column['type'], to: Column['type']): boolean {
  const isText = (type: Column['type']) => type === 'text' || type === 'json'
  return from !== to && !(isText(from) && isText(to))
}
