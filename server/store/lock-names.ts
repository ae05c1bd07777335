import { sql } from './drizzle.ts'
import type { Tx } from './database.ts'

/**
 * Until the transaction ends nobody else of the workspace names one of these: whoever asks after this whether a name is taken sees what the
 * others chose.
 */
export async function lockNames(
  tx: Tx,
  workspaceId: string,
  of: 'connection' | 'OAuth profile' | 'project',
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${of} names ${workspaceId}`}, 0))`)
}
