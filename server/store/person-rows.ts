import { randomUUID } from 'node:crypto'
import { and, desc, eq, sql } from './drizzle.ts'
import type { Tx } from './database.ts'
import { account, member, session, user } from './tables/auth.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** The person with this address (compared in lower case, as it is stored); undefined: nobody. */
export async function findPersonByEmail(tx: Tx, email: string): Promise<Person | undefined> {
  const [row] = await tx
    .select({ id: user.id, name: user.name, email: user.email })
    .from(user)
    .where(eq(user.email, email.toLowerCase()))
  return row
}

/** The person of an id; undefined: nobody. */
export async function findPerson(tx: Tx, id: string): Promise<Person | undefined> {
  const [row] = await tx
    .select({ id: user.id, name: user.name, email: user.email })
    .from(user)
    .where(eq(user.id, id))
  return row
}

/**
 * Writes a person and the digest of a password as the sign-in library reads them. Answers undefined, and writes nothing, where the
 * address is taken, also by somebody who came a moment sooner.
 */
export async function insertPerson(
  tx: Tx,
  { name, email, passwordHash }: Omit<Person, 'id'> & { readonly passwordHash: string },
): Promise<Person | undefined> {
  const now = new Date()
  const [row] = await tx
    .insert(user)
    .values({ id: randomUUID(), name, email: email.toLowerCase(), emailVerified: false, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: user.id, name: user.name, email: user.email })
  if (!row) return undefined
  await tx.insert(account).values({
    id: randomUUID(),
    accountId: row.id,
    providerId: 'credential',
    userId: row.id,
    password: passwordHash,
    updatedAt: now,
  })
  return row
}

/** Where a person was last, or, at the first sign-in, belongs longest. Undefined: in no workspace. */
export async function findHomeWorkspace(tx: Tx, userId: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: member.organizationId })
    .from(member)
    .leftJoin(
      session,
      and(eq(session.userId, member.userId), eq(session.activeOrganizationId, member.organizationId)),
    )
    .where(eq(member.userId, userId))
    .orderBy(sql`${session.updatedAt} desc nulls last`, member.createdAt, desc(member.id))
    .limit(1)
  return row?.id
}

/** Makes a workspace the one that a session is in. */
export async function setSessionWorkspace(tx: Tx, sessionId: string, workspaceId: string): Promise<void> {
  await tx
    .update(session)
    .set({ activeOrganizationId: workspaceId, updatedAt: new Date() })
    .where(eq(session.id, sessionId))
}

/** Puts the digest of another password in place of the one a person has. */
export async function updatePassword(tx: Tx, userId: string, digest: string): Promise<void> {
  await tx
    .update(account)
    .set({ password: digest, updatedAt: new Date() })
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')))
}

/** Signs a person out everywhere. */
export async function endSessions(tx: Tx, userId: string): Promise<void> {
  await tx.delete(session).where(eq(session.userId, userId))
}
