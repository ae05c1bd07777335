import type { TableBatch, Written } from '../../engine/destination.ts'
import { loadRows, passing } from './load-rows.ts'
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

/** The passing tables that a batch needs. */
export function passingTables({ rows, parents, gone }: Path, batch: TableBatch): readonly PassingTable[] {
  const needed: PassingTable[] = [rows]
  if (batch.parents && batch.parents.length > 0) needed.push(parents)
  if (batch.gone && batch.gone.length > 0) needed.push(gone)
  return needed
}

export async function loadBatch(session: PostgresSession, path: Path, batch: TableBatch): Promise<void> {
  await loadRows(session, path.rows, batch.rows)
  await loadRows(session, path.parents, batch.parents ?? [])
  await loadRows(session, path.gone, batch.gone ?? [])
}

/** Moves a loaded batch into its table. */
export async function writeBatch(session: PostgresSession, path: Path, batch: TableBatch): Promise<Written> {
  const from = passing(path.rows)
  let deleted = 0
  let loaded = 0
  if (batch.parents && batch.parents.length > 0) {
    deleted += (await session.query(dropOrphansSql(path.target, passing(path.parents), from))).count
  }
  if (batch.rows.length > 0) loaded = (await session.query(mergeSql(path.target, from))).count
  if (batch.gone && batch.gone.length > 0) {
    deleted += (await session.query(markGoneSql(path.target, passing(path.gone)))).count
  }
  return { loaded, unchanged: batch.rows.length - loaded, deleted }
}
