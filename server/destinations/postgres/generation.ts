import type { TableBatch, Written } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { refuseCollapse } from '../collapsed-read.ts'
import { stageName } from '../free-name.ts'
import { sqlTypes } from './apply-layout.ts'
import type { ClaimedTable } from './claim-tables.ts'
import { passing } from './load-rows.ts'
import { dropOthersSql, dropRepeatsSql, dropStagedSql, mergeGenerationSql } from './merge-sql.ts'
import { quoteName, quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'
import type { Path } from './write-batches.ts'

/** The table in which a new generation waits: unlogged, since it survives nothing anyway. */
export function stageOf(namespace: string, { layout }: ClaimedTable): string {
  return quoteTable(namespace, stageName(layout.table))
}

export async function makeStage(session: PostgresSession, stage: string, { target }: Path): Promise<void> {
  const columns = target.columns.map(
    (column, index) => `${quoteName(column)} ${sqlTypes[target.types[index] ?? 'text']}`,
  )
  await session.query(`drop table if exists ${stage}`)
  await session.query(
    `create unlogged table ${stage} (${columns.join(', ')}, _penstock_order bigint generated always as identity)`,
  )
}

/** Adds what was loaded to the generation; answers how many rows of it that took out again. */
export async function addToStage(
  session: PostgresSession,
  stage: string,
  { target, rows, parents, gone }: Path,
  batch: TableBatch,
): Promise<number> {
  const columns = target.columns.map(quoteName).join(', ')
  let out = 0
  if (batch.parents && batch.parents.length > 0)
    out += (await session.query(dropStagedSql(stage, target.parentKey, passing(parents)))).count
  await session.query(`insert into ${stage} (${columns}) select ${columns} from ${passing(rows)}`)
  if (batch.gone && batch.gone.length > 0)
    out += (await session.query(dropStagedSql(stage, target.key, passing(gone)))).count
  return out
}

/** What `publishStage` needs to know of a table. */
export interface Generation {
  readonly object: string
  readonly stage: string
  /** Rows that were staged, repeats included. */
  readonly staged: number
  /** Of these, those that were taken out again. */
  readonly out: number
  readonly guard: boolean
}

/**
 * Makes the table hold what was staged by taking away and merging what differs, so that readers never wait, views and grants stay, and
 * rows that are the same keep their `_synced_at`. A staged row that is repeated, or older than what stands, counts as unchanged.
 */
export async function publishStage(
  session: PostgresSession,
  { target }: Path,
  generation: Generation,
): Promise<Written> {
  const { object, stage, staged, out, guard } = generation
  if ((await countRows(session, stage)) !== staged - out) {
    throw new RunFailure(
      'destination_unavailable',
      `The rows read for ${object} were lost when the database restarted.`,
    )
  }
  const repeats = (await session.query(dropRepeatsSql(target, stage))).count
  if (guard)
    refuseCollapse(
      object,
      await countRows(session, `${target.table} where _deleted_at is null`),
      staged - out - repeats,
    )
  await session.query(`analyze ${stage}`)
  const deleted = (await session.query(dropOthersSql(target, stage))).count
  const loaded = (await session.query(mergeGenerationSql(target, stage))).count
  await session.query(`drop table ${stage}`)
  return { loaded, unchanged: staged - loaded, deleted }
}

async function countRows(session: PostgresSession, from: string): Promise<number> {
  const { rows } = await session.query(`select count(*)::text as number from ${from}`)
  return Number(rows[0]?.['number'])
}
