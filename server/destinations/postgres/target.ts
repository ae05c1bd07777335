import type { ColumnType } from '../../engine/destination.ts'
import { columnsOf } from '../table-layout.ts'
import type { LandedColumn } from '../table-layout.ts'
import type { ClaimedTable } from './claim-tables.ts'
import { quoteTable } from './quote-name.ts'

/** A table as the statements that write to it need it: columns by name, in the order of a row's values. */
export interface Target {
  /** Quoted, with its namespace. */
  readonly table: string
  readonly columns: readonly string[]
  readonly types: readonly ColumnType[]
  readonly key: readonly string[]
  readonly keyTypes: readonly ColumnType[]
  readonly parentKey: readonly string[]
  readonly parentTypes: readonly ColumnType[]
  readonly version: { readonly column: string; readonly type: ColumnType } | undefined
}

export function targetOf(namespace: string, { spec, layout }: ClaimedTable): Target {
  const all = columnsOf(
    layout,
    spec.columns.map(({ field }) => field),
  )
  const key = columnsOf(layout, spec.primaryKey)
  const parents = columnsOf(layout, spec.parentKey ?? [])
  return {
    table: quoteTable(namespace, layout.table),
    columns: all.map(nameOf),
    types: all.map(typeOf),
    key: key.map(nameOf),
    keyTypes: key.map(typeOf),
    parentKey: parents.map(nameOf),
    parentTypes: parents.map(typeOf),
    version: spec.versionField === undefined ? undefined : columnsOf(layout, [spec.versionField])[0],
  }
}

function nameOf({ column }: LandedColumn): string {
  return column
}

function typeOf({ type }: LandedColumn): ColumnType {
  return type
}
