import { and, eq, gt, like, lt } from './drizzle.ts'
import type { Tx } from './database.ts'
import { user, verification } from './tables/auth.ts'

/** In the sign-in library's table of one-time values; ours are told by this word. */
const ours = 'password:'

/** A link to set a new password, by the digest of its token. */
export interface PasswordLink {
  readonly tokenHash: string
  readonly userId: string
  readonly expiresAt: Date
}

/** Writes a link, and forgets all that ran out. */
export async function insertPasswordLink(
  tx: Tx,
  { tokenHash, userId, expiresAt }: PasswordLink,
  now: Date,
): Promise<void> {
  await tx
    .delete(verification)
    .where(and(like(verification.identifier, `${ours}%`), lt(verification.expiresAt, now)))
  const id = ours + tokenHash
  await tx.insert(verification).values({ id, identifier: id, value: userId, expiresAt, updatedAt: now })
}

/** Whose link it is, while it works; undefined: it does not. */
export async function findPasswordLink(tx: Tx, tokenHash: string, now: Date): Promise<string | undefined> {
  const [row] = await tx
    .select({ userId: verification.value })
    .from(verification)
    .where(works(tokenHash, now))
  return row?.userId
}

/** Uses a link up: of two who try at once one gets the person's id. */
export async function takePasswordLink(tx: Tx, tokenHash: string, now: Date): Promise<string | undefined> {
  const [row] = await tx
    .delete(verification)
    .where(works(tokenHash, now))
    .returning({ userId: verification.value })
  return row?.userId
}

/** How many links of a person still work. Nobody else writes one for them before the transaction ends. */
export async function countPasswordLinks(tx: Tx, userId: string, now: Date): Promise<number> {
  await tx.select({ id: user.id }).from(user).where(eq(user.id, userId)).for('update')
  return await tx.$count(
    verification,
    and(
      like(verification.identifier, `${ours}%`),
      eq(verification.value, userId),
      gt(verification.expiresAt, now),
    ),
  )
}

/** Takes all links of a person back. */
export async function dropPasswordLinks(tx: Tx, userId: string): Promise<void> {
  await tx
    .delete(verification)
    .where(and(like(verification.identifier, `${ours}%`), eq(verification.value, userId)))
}

function works(tokenHash: string, now: Date) {
  return and(eq(verification.identifier, ours + tokenHash), gt(verification.expiresAt, now))
}
