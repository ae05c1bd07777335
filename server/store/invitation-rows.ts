import { and, asc, eq, gt } from './drizzle.ts'
import type { Role } from '../actor.ts'
import type { Tx } from './database.ts'
import { roleNamed } from './member-rows.ts'
import { invitation, organization, user } from './tables/auth.ts'

export interface InvitationRow {
  /** The digest of the token in the link. */
  readonly id: string
  readonly workspaceId: string
  readonly email: string
  readonly role: Role
  readonly expiresAt: Date
}

/** The invitations that can still be accepted, the oldest first. */
export async function listInvitations(
  tx: Tx,
  workspaceId: string,
  now: Date,
): Promise<readonly (InvitationRow & { readonly invitedBy: string })[]> {
  const rows = await tx
    .select({ row: invitation, invitedBy: user.name })
    .from(invitation)
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .where(and(eq(invitation.organizationId, workspaceId), isOpen(now)))
    .orderBy(asc(invitation.createdAt))
  return rows.map(({ row, invitedBy }) => ({ ...asRow(row), invitedBy }))
}

/** The invitation of a token's digest, in whatever workspace, if it can still be accepted: the link knows no more than the token. */
export async function findOpenInvitation(
  tx: Tx,
  id: string,
  now: Date,
): Promise<(InvitationRow & { readonly workspaceName: string }) | undefined> {
  const [found] = await tx
    .select({ row: invitation, workspaceName: organization.name })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .where(and(eq(invitation.id, id), isOpen(now)))
  return found && { ...asRow(found.row), workspaceName: found.workspaceName }
}

export async function insertInvitation(
  tx: Tx,
  row: InvitationRow & { readonly inviterId: string },
): Promise<void> {
  await tx.insert(invitation).values({
    id: row.id,
    organizationId: row.workspaceId,
    email: row.email,
    role: row.role,
    expiresAt: row.expiresAt,
    inviterId: row.inviterId,
  })
}

/** Takes back what waits for an address: only the newest link works. */
export async function cancelInvitationsTo(tx: Tx, workspaceId: string, email: string): Promise<void> {
  await tx
    .update(invitation)
    .set({ status: 'canceled' })
    .where(
      and(
        eq(invitation.organizationId, workspaceId),
        eq(invitation.email, email),
        eq(invitation.status, 'pending'),
      ),
    )
}

/** Takes back what waits of a person who invited others. Answers how many invitations that were. */
export async function cancelInvitationsBy(tx: Tx, workspaceId: string, inviterId: string): Promise<number> {
  const rows = await tx
    .update(invitation)
    .set({ status: 'canceled' })
    .where(
      and(
        eq(invitation.organizationId, workspaceId),
        eq(invitation.inviterId, inviterId),
        eq(invitation.status, 'pending'),
      ),
    )
    .returning({ id: invitation.id })
  return rows.length
}

/** Ends a waiting invitation, once for all: undefined where it was ended already, or never was. */
export async function endInvitation(
  tx: Tx,
  workspaceId: string,
  { id, status }: { readonly id: string; readonly status: 'accepted' | 'canceled' },
): Promise<InvitationRow | undefined> {
  const [row] = await tx
    .update(invitation)
    .set({ status })
    .where(
      and(
        eq(invitation.organizationId, workspaceId),
        eq(invitation.id, id),
        eq(invitation.status, 'pending'),
      ),
    )
    .returning()
  return row && asRow(row)
}

function isOpen(now: Date) {
  return and(eq(invitation.status, 'pending'), gt(invitation.expiresAt, now))
}

function asRow(row: typeof invitation.$inferSelect): InvitationRow {
  return {
    id: row.id,
    workspaceId: row.organizationId,
    email: row.email,
    role: roleNamed(row.role ?? ''),
    expiresAt: row.expiresAt,
  }
}
