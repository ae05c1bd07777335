import type { Row, TableBatch, Written } from '../../engine/destination.ts'
import { passing } from './load-rows.ts'
import type { PassingTable } from './load-rows.ts'
import { dropOrphansSql, markGoneSql, mergeSql } from './merge-sql.ts'
import type { PostgresSession } from './session.ts'
import type { Target } from './target.ts'

/** A table with the passing tables through which its batches go. */
export interface Path {
  readonly target: Target
  readonly rows: PassingTable
  readonly parents: PassingTable
  readonly gone: PassingTable
}

/** The passing tables have the number of the table, and of its layout: when columns change, others are made. */
export function pathOf(target: Target, number: string): Path {
  const { columns, types, key, keyTypes, parentKey, parentTypes } = target
  return {
    target,
    rows: { name: `penstock_rows_${number}`, columns, types },
    parents: { name: `penstock_parents_${number}`, columns: parentKey, types: parentTypes },
    gone: { name: `penstock_gone_${number}`, columns: key, types: keyTypes },
  }
}

/** The passing tables that a batch needs. That of its rows is asked even where there are none. */
export function passingTables({ rows, parents, gone }: Path, batch: TableBatch): readonly PassingTable[] {
  const needed: PassingTable[] = [rows]
  if (batch.parents && batch.parents.length > 0) needed.push(parents)
  if (batch.gone && batch.gone.length > 0) needed.push(gone)
  return needed
}

/** Rows on their way to a passing table. */
export interface RowLoad {
  readonly table: PassingTable
  readonly rows: readonly Row[]
}

/** What a batch brings, by the passing tables that take it. */
export function batchLoads({ rows, parents, gone }: Path, batch: TableBatch): readonly RowLoad[] {
  const all = [
    { table: rows, rows: batch.rows },
    { table: parents, rows: batch.parents ?? [] },
    { table: gone, rows: batch.gone ?? [] },
  ]
  return all.filter((load) => load.rows.length > 0)
}

/** A statement that moves a loaded batch into its table, and what it does to the rows that it counts. */
interface WriteStep {
  readonly did: 'loaded' | 'deleted'
  readonly sql: string
}

/** The statements that move a loaded batch into its table, in their order. */
export function batchSteps(path: Path, batch: TableBatch): readonly WriteStep[] {
  const from = passing(path.rows)
  const steps: WriteStep[] = []
  if (batch.parents && batch.parents.length > 0)
    steps.push({ did: 'deleted', sql: dropOrphansSql(path.target, passing(path.parents), from) })
  if (batch.rows.length > 0) steps.push({ did: 'loaded', sql: mergeSql(path.target, from) })
  if (batch.gone && batch.gone.length > 0)
    steps.push({ did: 'deleted', sql: markGoneSql(path.target, passing(path.gone)) })
  return steps
}

/** Moves a loaded batch into its table. */
export async function writeBatch(session: PostgresSession, path: Path, batch: TableBatch): Promise<Written> {
  const counts = { loaded: 0, deleted: 0 }
  for (const { did, sql } of batchSteps(path, batch)) counts[did] += (await session.query(sql)).count
  return { ...counts, unchanged: batch.rows.length - counts.loaded }
}
