import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { CommitResult, TableBatch, Written } from '../../engine/destination.ts'
import { countSql, countsSetting, holdSql, signCountedSql } from './claim-sql.ts'
import type { Hold } from './hold-claim.ts'
import { copyText, encodeRows } from './load-rows.ts'
import { textOrNull } from './own-tables.ts'
import type { PostgresSession, ResultRow } from './session.ts'
import { batchLoads, batchSteps } from './write-batches.ts'
import type { Path } from './write-batches.ts'

/** What one commit writes. */
export interface AtOnce {
  readonly work: readonly { readonly path: Path; readonly batch: TableBatch }[]
  readonly checkpoints: ReadonlyMap<string, Checkpoint>
  readonly onSent?: () => void
}

/**
 * The transaction of a commit, sent as a whole: rows, hold, merge, signature and COMMIT, without waiting for the answer to each statement.
 * Each such wait costs as long as the engine's longest page, and there would be six. The server stops at the first statement that
 * fails, so COMMIT is reached only where the claim was held. Answers undefined where it was not reached: whether the run was fenced or a
 * row does not fit is for the statements one by one to find out. Never to be sent twice for one hold, since it does not ask whether it has
 * landed; where the connection is lost before the answer, the signature says what was written (see `writtenOf`).
 */
export async function commitAtOnce(
  session: PostgresSession,
  hold: Hold,
  { work, checkpoints, onSent }: AtOnce,
): Promise<CommitResult | undefined> {
  const steps = work.flatMap(({ path, batch }) => batchSteps(path, batch))
  const counted = steps.map(({ sql }) => countSql(sql))
  const whole = [holdSql(hold), ...counted, signCountedSql(hold, checkpoints), 'commit'].join(';\n')
  const loads = work.flatMap(({ path, batch }) => batchLoads(path, batch))
  try {
    let rows: readonly ResultRow[] = []
    if (loads.length === 0) rows = await session.script(`${begin};\n${whole}`)
    for (const [place, { table, rows: sent }] of loads.entries()) {
      const last = place === loads.length - 1
      const text = `${place === 0 ? `${begin};\n` : ''}${copyText(table)}${last ? `;\n${whole}` : ''}`
      rows = await session.copy(text, encodeRows(session, table, sent), last ? onSent : undefined)
    }
    return writtenOf(work, textOrNull(rows.at(-1) ?? {}, 'written') ?? '')
  } catch (error) {
    if (session.lost) throw error
    await session.query('rollback')
    return undefined
  }
}

const begin = `begin isolation level read committed read write; set local ${countsSetting} = ''`

/** What the statements of `commitAtOnce` wrote, from the counts that they left behind: one number for each of them, in their order. */
export function writtenOf(work: AtOnce['work'], counts: string): CommitResult {
  const numbers = counts.split(' ').map(Number)
  const result = new Map<string, Written>()
  for (const { path, batch } of work) {
    const written = { loaded: 0, deleted: 0 }
    for (const { did } of batchSteps(path, batch)) written[did] += numbers.shift() ?? 0
    result.set(batch.object, { ...written, unchanged: batch.rows.length - written.loaded })
  }
  return result
}
