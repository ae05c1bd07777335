import { columnsOf } from '../table-layout.ts'
import type { LandedColumn } from '../table-layout.ts'
import type { PassingTable } from './append-rows.ts'
import type { ClaimedTable } from './claim-tables.ts'
import { quoteTable } from './quote-name.ts'

/** A table as the statements that write to it need it. */
export interface Target {
  /** Quoted, with its namespace. */
  readonly table: string
  /** Columns that the run sends, in the order of a row's values. */
  readonly sent: readonly string[]
  /** Columns of earlier runs that are no longer sent. A row that changes keeps what stands in them. */
  readonly kept: readonly string[]
  readonly key: readonly string[]
  readonly parentKey: readonly string[]
  readonly version: LandedColumn | undefined
  /** The passing tables: rows with all columns, those of `kept` last. */
  readonly rows: PassingTable
  readonly parents: PassingTable
  readonly gone: PassingTable
}

export function targetOf(namespace: string, { spec, layout }: ClaimedTable): Target {
  const fields = spec.columns.map(({ field }) => field)
  const sent = columnsOf(layout, fields)
  const kept = layout.columns.filter(({ field }) => !fields.includes(field))
  const key = columnsOf(layout, spec.primaryKey)
  const parents = columnsOf(layout, spec.parentKey ?? [])
  const version = spec.versionField === undefined ? undefined : columnsOf(layout, [spec.versionField])[0]
  return {
    table: quoteTable(namespace, layout.table),
    sent: sent.map(({ column }) => column),
    kept: kept.map(({ column }) => column),
    key: key.map(({ column }) => column),
    parentKey: parents.map(({ column }) => column),
    version,
    rows: passingTable('penstock_rows', [...sent, ...kept]),
    parents: passingTable('penstock_parents', parents),
    gone: passingTable('penstock_gone', key),
  }
}

export function passingTable(name: string, columns: readonly LandedColumn[]): PassingTable {
  return { name, columns: columns.map(({ column }) => column), types: columns.map(({ type }) => type) }
}
