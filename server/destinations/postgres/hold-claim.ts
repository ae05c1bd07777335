import type { RejectedRecord } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import type { ClaimHold } from './claim-sql.ts'
import { quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

/** What a transaction stands on: the tables of one claim with their fences, and an id of its own. */
export interface Hold extends ClaimHold {
  readonly run: string
  /** Stays the same when the transaction is tried again. */
  readonly id: string
}

/**
 * Locks the claim's rows, in the order that all transactions follow, and refuses where a newer run holds them. Answers what was signed
 * beside its id when this very transaction was committed before: the connection was lost before the answer came.
 */
export async function holdClaim(
  session: PostgresSession,
  hold: Hold,
): Promise<'held' | { readonly landed: string }> {
  const { rows } = await session.query(
    `select object, fence::text as fence, last_commit from ${quoteTable(hold.namespace, '_penstock_checkpoints')}
     where object in (select json_array_elements_text($1::text::json)) order by object for update`,
    [JSON.stringify([...hold.fences.keys()])],
  )
  const mine = rows.filter((row) => row['fence'] === hold.fences.get(String(row['object'])))
  if (mine.length !== hold.fences.size) throw fenced()
  const signed = mine.map((row) => String(row['last_commit']))
  const landed = signed.every((signature) => signature.split(' ')[0] === hold.id)
  return landed ? { landed: (signed[0] ?? '').slice(hold.id.length).trim() } : 'held'
}

/** Signs the claim's rows with the transaction's id and moves the checkpoints, given as texts by object, all under their fences. */
export async function signClaim(
  session: PostgresSession,
  hold: Hold,
  checkpoints: ReadonlyMap<string, string>,
): Promise<void> {
  const signed = [...hold.fences].map(([object, fence]) => ({
    object,
    fence,
    checkpoint: checkpoints.get(object),
  }))
  const { count } = await session.query(
    `update ${quoteTable(hold.namespace, '_penstock_checkpoints')} as old
     set last_commit = $1, checkpoint = coalesce(signed.checkpoint, old.checkpoint), updated_at = now()
     from json_to_recordset($2::text::json) as signed(object text, fence bigint, checkpoint text)
     where old.object = signed.object and old.fence = signed.fence`,
    [hold.id, JSON.stringify(signed)],
  )
  if (count !== hold.fences.size) throw fenced()
}

/** Keeps records that cannot land. */
export async function keepRejected(
  session: PostgresSession,
  { namespace, run }: Hold,
  rejected: readonly RejectedRecord[],
): Promise<void> {
  if (rejected.length === 0) return
  const text = JSON.stringify(
    rejected.map(({ object, key, reason }) => ({ object, key: plain(key), reason: plain(reason) })),
  )
  await session.query(
    `insert into ${quoteTable(namespace, '_penstock_rejected')} (run, object, key, reason)
     select $1, object, key, reason from json_to_recordset($2::text::json) as rejected(object text, key text, reason text)`,
    [run, text],
  )
}

function fenced(): RunFailure {
  return new RunFailure('fenced', 'A newer run has opened the tables since.')
}

/** A poisonous record has a poisonous key, and that must land. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
