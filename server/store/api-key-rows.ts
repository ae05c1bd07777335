import { randomUUID } from 'node:crypto'
import { and, desc, eq, lt, or, isNull, sql } from './drizzle.ts'
import type { Role } from '../actor.ts'
import type { Reader, Tx } from './database.ts'
import { roleNamed } from './member-rows.ts'
import { apikey, member, user } from './tables/auth.ts'

/** These rows are out of reach for the role that serves people: call inside `asSystem`. */
export interface ApiKeyRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** How the key begins, for people to tell keys apart. */
  readonly hint: string
  readonly createdBy: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly expiresAt: Date | null
}

/** Who a key acts for, as both stand now. */
export interface KeyHolder {
  readonly keyId: string
  readonly keyName: string
  readonly keyRole: Role
  /** Whether it is time for `touchKey`. */
  readonly toBeTouched: boolean
  readonly userId: string
  readonly email: string
  readonly workspaceId: string
  readonly memberRole: Role
}

const workspaceOf = sql<string>`(${apikey.metadata}::jsonb ->> 'workspaceId')`
const roleOf = sql<string>`(${apikey.metadata}::jsonb ->> 'role')`

/** Who sends a key of this digest: undefined for a key that is unknown, revoked or too old, and where its maker is no member any more. */
export async function findKeyHolder(
  reader: Reader,
  digest: string,
  now: Date,
): Promise<KeyHolder | undefined> {
  const [row] = await reader
    .select({
      keyId: apikey.id,
      keyName: apikey.name,
      keyRole: roleOf,
      lastUsedAt: apikey.lastRequest,
      userId: user.id,
      email: user.email,
      workspaceId: member.organizationId,
      memberRole: member.role,
      expiresAt: apikey.expiresAt,
    })
    .from(apikey)
    .innerJoin(user, eq(user.id, apikey.referenceId))
    .innerJoin(member, and(eq(member.userId, user.id), eq(member.organizationId, workspaceOf)))
    .where(and(eq(apikey.key, digest), eq(apikey.enabled, true)))
  if (!row || (row.expiresAt !== null && row.expiresAt <= now)) return undefined
  const { keyName, keyRole, memberRole, lastUsedAt, ...holder } = row
  return {
    ...holder,
    keyName: keyName ?? '',
    keyRole: roleNamed(keyRole),
    memberRole: roleNamed(memberRole),
    toBeTouched: lastUsedAt === null || lastUsedAt < minuteBefore(now),
  }
}

/** A key that is there and was refused, whyever. */
export async function findRefusedKey(
  tx: Tx,
  digest: string,
): Promise<{ readonly id: string; readonly name: string; readonly workspaceId: string } | undefined> {
  const [row] = await tx
    .select({ id: apikey.id, name: apikey.name, workspaceId: workspaceOf })
    .from(apikey)
    .where(eq(apikey.key, digest))
  return row && { ...row, name: row.name ?? '' }
}

/** Notes that a key was used, at most once a minute: a call that only reads should not write. */
export async function touchKey(tx: Tx, keyId: string, now: Date): Promise<void> {
  const then = minuteBefore(now)
  await tx
    .update(apikey)
    .set({ lastRequest: now })
    .where(and(eq(apikey.id, keyId), or(isNull(apikey.lastRequest), lt(apikey.lastRequest, then))))
}

function minuteBefore(now: Date): Date {
  return new Date(now.getTime() - 60_000)
}

/** The keys of a workspace, the newest first. */
export async function listKeys(tx: Tx, workspaceId: string): Promise<readonly ApiKeyRow[]> {
  const rows = await tx
    .select({ key: apikey, role: roleOf, createdBy: user.name })
    .from(apikey)
    .innerJoin(user, eq(user.id, apikey.referenceId))
    .where(eq(workspaceOf, workspaceId))
    .orderBy(desc(apikey.createdAt), apikey.id)
  return rows.map(({ key, role, createdBy }) => ({
    id: key.id,
    name: key.name ?? '',
    role: roleNamed(role),
    hint: key.start ?? '',
    createdBy,
    createdAt: key.createdAt,
    lastUsedAt: key.lastRequest,
    expiresAt: key.expiresAt,
  }))
}

export interface NewKey {
  readonly digest: string
  readonly name: string
  readonly hint: string
  readonly userId: string
  readonly role: Role
  readonly expiresAt: Date | null
}

/** Answers the new row's id. */
export async function insertKey(tx: Tx, workspaceId: string, key: NewKey): Promise<string> {
  const id = randomUUID()
  const now = new Date()
  await tx.insert(apikey).values({
    id,
    name: key.name,
    start: key.hint,
    referenceId: key.userId,
    key: key.digest,
    rateLimitEnabled: false,
    expiresAt: key.expiresAt,
    createdAt: now,
    updatedAt: now,
    metadata: JSON.stringify({ workspaceId, role: key.role }),
  })
  return id
}

/** Revokes a key. Answers what it was called; undefined where the workspace has none of this id. */
export async function deleteKey(tx: Tx, workspaceId: string, id: string): Promise<string | undefined> {
  const [row] = await tx
    .delete(apikey)
    .where(and(eq(apikey.id, id), eq(workspaceOf, workspaceId)))
    .returning({ name: apikey.name })
  return row && (row.name ?? '')
}

/** Revokes all keys that a person made in a workspace. */
export async function deleteKeysOf(tx: Tx, workspaceId: string, userId: string): Promise<void> {
  await tx.delete(apikey).where(and(eq(apikey.referenceId, userId), eq(workspaceOf, workspaceId)))
}
