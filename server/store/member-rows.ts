import { randomUUID } from 'node:crypto'
import { and, asc, eq, sql } from './drizzle.ts'
import { byName } from './by-name.ts'
import { roles } from '../actor.ts'
import type { Role } from '../actor.ts'
import type { Reader, Tx } from './database.ts'
import { member, organization, user } from './tables/auth.ts'

export interface Membership {
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** The workspaces a person belongs to, by name. */
export async function listMemberships(reader: Reader, userId: string): Promise<readonly Membership[]> {
  const rows = await reader
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(byName(organization.name))
  return rows.map((row) => ({ ...row, role: roleNamed(row.role) }))
}

/** A person's role in a workspace at this moment; undefined: not a member. */
export async function findRole(
  reader: Reader,
  workspaceId: string,
  userId: string,
): Promise<Role | undefined> {
  const [row] = await reader
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
  return row && roleNamed(row.role)
}

/** Whether the first admin is still to be made. */
export async function isSetupNeeded(reader: Reader): Promise<boolean> {
  const [person] = await reader
    .select({ one: sql`1` })
    .from(user)
    .limit(1)
  return person === undefined
}

export interface MemberRow {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly joinedAt: Date
}

/** The members of a workspace, by name. */
export async function listMembers(tx: Tx, workspaceId: string): Promise<readonly MemberRow[]> {
  const rows = await tx
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      joinedAt: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, workspaceId))
    .orderBy(byName(user.name), asc(user.id))
  return rows.map((row) => ({ ...row, role: roleNamed(row.role) }))
}

/** Makes a person a member; somebody who is one already stays as they are. */
export async function insertMember(
  tx: Tx,
  workspaceId: string,
  { userId, role }: { readonly userId: string; readonly role: Role },
): Promise<void> {
  await tx
    .insert(member)
    .values({ id: randomUUID(), organizationId: workspaceId, userId, role, createdAt: new Date() })
    .onConflictDoNothing()
}

/** How many admins a workspace has, and none of them changes until the transaction ends: two who leave at once see each other. */
export async function lockAdmins(tx: Tx, workspaceId: string): Promise<number> {
  const rows = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organizationId, workspaceId), eq(member.role, 'admin')))
    .orderBy(asc(member.id))
    .for('update')
  return rows.length
}

export async function updateRole(
  tx: Tx,
  workspaceId: string,
  { userId, role }: { readonly userId: string; readonly role: Role },
): Promise<void> {
  await tx
    .update(member)
    .set({ role })
    .where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
}

export async function deleteMember(tx: Tx, workspaceId: string, userId: string): Promise<void> {
  await tx.delete(member).where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
}

/** A role that the library stored and we do not know gives the least. */
export function roleNamed(text: string): Role {
  return roles.find((name) => name === text) ?? 'viewer'
}
