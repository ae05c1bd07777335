import { and, eq, inArray, like, lt, lte, or, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { rateLimit } from './tables/auth.ts'

/**
 * In the sign-in library's table of attempts. Ours are told by this word, and say when they end where the library's say when the last one
 * was: the library forgets what is more than a minute past, so ours outlive that only by lying ahead.
 */
const ours = 'penstock:'

/** How often something may be tried, and in which time, in milliseconds. */
export interface Limit {
  readonly key: string
  readonly most: number
  readonly windowMs: number
  readonly now: number
}

/** Whether it may be tried, how often it was since the window began, this time included, and when the window ends. */
export interface Attempt {
  readonly allowed: boolean
  readonly count: number
  readonly endsAt: number
}

/** Counts an attempt, before it is known how it goes: of any number that come at once, to whatever process, `most` are allowed. */
export async function takeAttempt(tx: Tx, { key, most, windowMs, now }: Limit): Promise<Attempt> {
  await forgetOver(tx, now)
  const id = ours + key
  const [taken] = await tx
    .insert(rateLimit)
    .values({ id, key: id, count: 1, lastRequest: now + windowMs })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: { count: sql`${rateLimit.count} + 1` },
      setWhere: lt(rateLimit.count, most),
    })
    .returning({ count: rateLimit.count, endsAt: rateLimit.lastRequest })
  if (taken) return { allowed: true, ...taken }
  return { allowed: false, count: most, endsAt: (await findEnd(tx, key)) ?? now }
}

/** Counts an attempt no longer: it was not what is limited. */
export async function giveBackAttempt(tx: Tx, key: string): Promise<void> {
  await tx
    .update(rateLimit)
    .set({ count: sql`greatest(${rateLimit.count} - 1, 0)` })
    .where(eq(rateLimit.key, ours + key))
}

/** Forgets what was counted under a key, and under all that begin with it and a slash. */
export async function forgetAttempts(tx: Tx, key: string): Promise<void> {
  await tx.delete(rateLimit).where(or(eq(rateLimit.key, ours + key), like(rateLimit.key, `${ours}${key}/%`)))
}

/** Remembers that something was so, until a moment. */
export async function putMark(tx: Tx, key: string, until: number): Promise<void> {
  const id = ours + key
  await tx
    .insert(rateLimit)
    .values({ id, key: id, count: 1, lastRequest: until })
    .onConflictDoUpdate({ target: rateLimit.key, set: { lastRequest: until } })
}

/** Whether something is remembered. */
export async function hasMark(tx: Tx, key: string, now: number): Promise<boolean> {
  return ((await findEnd(tx, key)) ?? now) > now
}

async function findEnd(tx: Tx, key: string): Promise<number | undefined> {
  const [row] = await tx
    .select({ endsAt: rateLimit.lastRequest })
    .from(rateLimit)
    .where(eq(rateLimit.key, ours + key))
  return row?.endsAt
}

/** Leaves alone what another process is at: two that clear up at once must not wait for each other. */
async function forgetOver(tx: Tx, now: number): Promise<void> {
  const over = tx
    .select({ id: rateLimit.id })
    .from(rateLimit)
    .where(and(like(rateLimit.key, `${ours}%`), lte(rateLimit.lastRequest, now)))
    .for('update', { skipLocked: true })
  await tx.delete(rateLimit).where(inArray(rateLimit.id, over))
}
