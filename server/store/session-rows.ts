import { and, eq, gt, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { session } from './tables/auth.ts'

/** Whether a session is there and has not run out. */
export async function isSessionOpen(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.id, id), gt(session.expiresAt, sql`now()`)))
  return row !== undefined
}
