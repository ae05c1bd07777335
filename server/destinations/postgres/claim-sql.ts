import type { Checkpoint } from '@penstock/schemas/generated/checkpoint.ts'
import { textSql } from './fill-in.ts'
import { quoteTable } from './quote-name.ts'

/** The claim of a transaction: the tables with their fences. */
export interface ClaimHold {
  readonly namespace: string
  /** Object → fence. */
  readonly fences: ReadonlyMap<string, string>
  readonly id: string
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
 * stand there for a client that never hears the answer.
 */
export function signCountedSql(hold: ClaimHold, checkpoints: ReadonlyMap<string, Checkpoint>): string {
  return `update ${quoteTable(hold.namespace, '_penstock_checkpoints')} as old
    set last_commit = ${textSql(hold.id)} || ' ' || current_setting('${countsSetting}'), checkpoint = coalesce(signed.checkpoint, old.checkpoint), updated_at = now()
    from json_to_recordset(${textSql(signatures(hold, checkpoints))}::json) as signed(object text, fence bigint, checkpoint text)
    where old.object = signed.object and old.fence = signed.fence`
}

/** What `signSql` and its like read: each table with its fence and its new checkpoint, as JSON. */
export function signatures(
  { fences }: Pick<ClaimHold, 'fences'>,
  checkpoints: ReadonlyMap<string, Checkpoint>,
): string {
  return JSON.stringify(
    [...fences].map(([object, fence]) => {
      const checkpoint = checkpoints.get(object)
      return { object, fence, checkpoint: checkpoint ? JSON.stringify(checkpoint) : null }
    }),
  )
}
