import { and, like, lt, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { rateLimit } from './tables/auth.ts'

/** In the sign-in library's table of attempts; ours are told by this word. */
const ours = 'penstock:'

/** Counts an attempt of somebody at something, and gives how many it makes since the window began. Old ones are forgotten. */
export async function countAttempt(
  tx: Tx,
  { key, windowMs, now }: { readonly key: string; readonly windowMs: number; readonly now: number },
): Promise<number> {
  const since = now - windowMs
  await tx.delete(rateLimit).where(and(like(rateLimit.key, `${ours}%`), lt(rateLimit.lastRequest, since)))
  const id = ours + key
  const [row] = await tx
    .insert(rateLimit)
    .values({ id, key: id, count: 1, lastRequest: now })
    .onConflictDoUpdate({ target: rateLimit.key, set: { count: sql`${rateLimit.count} + 1` } })
    .returning({ count: rateLimit.count })
  return row?.count ?? 1
}
