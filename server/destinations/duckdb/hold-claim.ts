import type { DuckDBConnection } from '@duckdb/node-api'
import type { RejectedRecord } from '../../engine/destination.ts'
import { RunFailure } from '../../engine/failures.ts'
import { quoteTable } from './quote-name.ts'
import { readRows } from './read-rows.ts'

/** Refuses where a newer run holds one of the tables. `fences`: object → fence. */
export async function holdClaim(
  connection: DuckDBConnection,
  namespace: string,
  fences: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = await readRows(
    connection,
    `select object, fence from ${quoteTable(namespace, '_penstock_checkpoints')}`,
  )
  const held = rows.filter((row) => Number(row['fence']) === fences.get(String(row['object'])))
  if (held.length !== fences.size) throw new RunFailure('fenced', 'A newer run has opened the tables since.')
}

/** `checkpoints`: their texts, by object. */
export async function moveCheckpoints(
  connection: DuckDBConnection,
  namespace: string,
  checkpoints: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [object, text] of checkpoints) {
    await connection.run(
      `update ${quoteTable(namespace, '_penstock_checkpoints')} set checkpoint = $1, updated_at = now() where object = $2`,
      [text, object],
    )
  }
}

/** Keeps records that cannot land. */
export async function keepRejected(
  connection: DuckDBConnection,
  namespace: string,
  run: string,
  rejected: readonly RejectedRecord[],
): Promise<void> {
  const table = quoteTable(namespace, '_penstock_rejected')
  for (const { object, key, reason } of rejected) {
    const values = [run, object, plain(key), plain(reason)]
    await connection.run(`insert into ${table} (run, object, key, reason) values ($1, $2, $3, $4)`, values)
  }
}

/** A poisonous record has a poisonous key, and that must land. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
