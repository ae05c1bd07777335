import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import type { CommitResult, Earned, TableBatch, Written } from '../../engine/destination.ts'
import { countedBeginning } from '../stored-json.ts'
import { countSql, countsSetting, holdSql, signCountedSql } from './claim-sql.ts'
import type { CountedText } from './claim-sql.ts'
import type { Hold } from './hold-claim.ts'
import { copyText, encodeRows } from './load-rows.ts'
import { textOrNull, type ResultRow } from '../stored-row.ts'
import type { PostgresSession } from './session.ts'
import { batchLoads, batchSteps } from './write-batches.ts'
import type { Path } from './write-batches.ts'

/** What one commit writes. */
export interface AtOnce extends Earned {
  readonly work: readonly { readonly path: Path; readonly batch: TableBatch }[]
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
  commit: AtOnce,
): Promise<CommitResult | undefined> {
  const { work, onSent } = commit
  const steps = work.flatMap(({ path, batch }) => batchSteps(path, batch))
  const counted = steps.map(({ sql }) => countSql(sql))
  const whole = [holdSql(hold), ...counted, signCountedSql(hold, textsOf(hold.run, commit)), 'commit'].join(
    ';\n',
  )
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

/** The checkpoints as they will stand, but for what the statements of this very commit count. */
function textsOf(
  run: string,
  { work, checkpoints, counts }: AtOnce,
): ReadonlyMap<string, string | CountedText> {
  const steps = work.flatMap(({ path, batch }) =>
    batchSteps(path, batch).map(({ did }) => ({ object: batch.object, did })),
  )
  const placesOf = (object: string, which: string) =>
    steps.flatMap((step, index) => (step.object === object && step.did === which ? [index + 1] : []))
  const textOf = (object: string, checkpoint: Checkpoint): string | CountedText => {
    const known = counts?.get(object)
    if (!known) return JSON.stringify(checkpoint)
    const rows = work.find(({ batch }) => batch.object === object)?.batch.rows.length ?? 0
    return {
      beginning: countedBeginning(run, checkpoint, known),
      counts: { loaded: known.loaded, unchanged: known.unchanged + rows, deleted: known.deleted },
      loadedAt: placesOf(object, 'loaded'),
      deletedAt: placesOf(object, 'deleted'),
    }
  }
  return new Map([...checkpoints].map(([object, checkpoint]) => [object, textOf(object, checkpoint)]))
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
