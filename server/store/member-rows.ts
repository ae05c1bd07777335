import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { roles } from '../actor.ts'
import type { Role } from '../actor.ts'
import type { Tx } from './database.ts'
import { member, organization, user } from './tables/auth.ts'
import { installation } from './tables/workspaces.ts'

export interface Membership {
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** The workspaces a person belongs to, by name. */
export async function listMemberships(tx: Tx, userId: string): Promise<readonly Membership[]> {
  const rows = await tx
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.name))
  return rows.map((row) => ({ ...row, role: roleNamed(row.role) }))
}

/** A person's role in a workspace at this moment; undefined: not a member. */
export async function findRole(tx: Tx, workspaceId: string, userId: string): Promise<Role | undefined> {
  const [row] = await tx
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, workspaceId), eq(member.userId, userId)))
  return row && roleNamed(row.role)
}

/** Whether the first admin is still to be made. */
export async function isSetupNeeded(tx: Tx): Promise<boolean> {
  const [person] = await tx
    .select({ one: sql`1` })
    .from(user)
    .limit(1)
  return person === undefined
}

/** The digest of the one-time setup token; undefined: none was made, or it was used. */
export async function findSetupToken(tx: Tx): Promise<string | undefined> {
  const [row] = await tx
    .select({ hash: installation.setupTokenHash })
    .from(installation)
    .where(isNull(installation.setupUsedAt))
  return row?.hash ?? undefined
}

/** A role that the library stored and we do not know gives the least. */
function roleNamed(text: string): Role {
  return roles.find((name) => name === text) ?? 'viewer'
}
