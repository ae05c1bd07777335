import type { RunCounts } from '../../engine/destination.ts'
import { textSql } from './fill-in.ts'
import { quoteTable } from './quote-name.ts'

/** The claim of a transaction: the tables with their fences. */
export interface ClaimHold {
  readonly namespace: string
  /** Object → fence. */
  readonly fences: ReadonlyMap<string, string>
  readonly id: string
}

/** A checkpoint as it is stored, whose counts are completed by the statement that signs it. */
export interface CountedText {
  /** All of it, but for the three counts with which it ends. */
  readonly beginning: string
  readonly counts: Pick<RunCounts, 'loaded' | 'unchanged' | 'deleted'>
  /** Which of the transaction's statements wrote rows of this table, and which took some away: their places, from 1. */
  readonly loadedAt: readonly number[]
  readonly deletedAt: readonly number[]
}

/**
 * Locks the claim's rows, in the order that all transactions follow, and fails (by a division by zero, the one error that a
 * plain statement can raise on purpose) where not all of them are ours any more.
 */
export function holdSql({ namespace, fences }: ClaimHold): string {
  const mine = [...fences].map(([object, fence]) => ({ object, fence }))
  return `select 1 / (count(*) = ${fences.size})::int as held from (
    select claim.object from ${quoteTable(namespace, '_penstock_checkpoints')} claim,
      json_to_recordset(${textSql(JSON.stringify(mine))}::json) as mine(object text, fence bigint)
    where claim.object = mine.object and claim.fence = mine.fence order by claim.object for update of claim) held`
}

/** Where the statements of one transaction leave how many rows each of them wrote, in their order: the driver tells no counts of a script. */
export const countsSetting = 'penstock.written'

/** A statement that writes, as one that leaves its count behind and answers all counts so far. */
export function countSql(sql: string): string {
  return `with written as (${sql} returning 1)
    select set_config('${countsSetting}', current_setting('${countsSetting}') || count(*) || ' ', true) as written from written`
}

/**
 * Signs the claim's rows with the transaction's id and its counts, and moves the checkpoints; only for rows that are held. The counts
 * stand there for a client that never hears the answer: beside the id those of each statement, in the checkpoint those of the whole run.
 */
export function signCountedSql(
  hold: ClaimHold,
  checkpoints: ReadonlyMap<string, string | CountedText>,
): string {
  const rows = [...hold.fences].map(([object, fence]) => ({
    object,
    fence,
    ...signedText(checkpoints.get(object)),
  }))
  return `update ${quoteTable(hold.namespace, '_penstock_checkpoints')} as old
    set last_commit = ${textSql(hold.id)} || ' ' || current_setting('${countsSetting}'), updated_at = now(),
      checkpoint = coalesce(signed.text || coalesce('"loaded":' || (signed.loaded + wrote.rows) || ',"unchanged":' || (signed.unchanged - wrote.rows)
        || ',"deleted":' || (signed.deleted + took.rows) || '}}}', ''), old.checkpoint)
    from json_to_recordset(${textSql(JSON.stringify(rows))}::json) as signed(object text, fence bigint, text text,
        loaded bigint, unchanged bigint, deleted bigint, "loadedAt" int[], "deletedAt" int[]),
      lateral (${sumSql('signed."loadedAt"')}) wrote, lateral (${sumSql('signed."deletedAt"')}) took
    where old.object = signed.object and old.fence = signed.fence`
}

/** Of the counts that the statements left, those at these places together. */
function sumSql(places: string): string {
  const written = `string_to_array(rtrim(current_setting('${countsSetting}')), ' ')`
  return `select coalesce(sum((${written})[place]::bigint), 0) as rows from unnest(${places}) place`
}

function signedText(checkpoint: string | CountedText | undefined): Readonly<Record<string, unknown>> {
  if (checkpoint === undefined || typeof checkpoint === 'string') return { text: checkpoint }
  const { beginning, counts, loadedAt, deletedAt } = checkpoint
  return { text: beginning, ...counts, loadedAt, deletedAt }
}
