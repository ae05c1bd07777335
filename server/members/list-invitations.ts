import type { Actor, Role } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { endInvitation, listInvitations as readInvitations } from '../store/invitation-rows.ts'

export interface Invitation {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly expiresAt: string
  readonly invitedBy: string
}

/** The invitations that can still be accepted, the oldest first. */
export async function listInvitations(actor: Actor): Promise<{ items: Invitation[] }> {
  const now = new Date(actor.services.clock.now())
  const rows = await actor.transaction((tx) => readInvitations(tx, actor.workspaceId, now))
  return { items: rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })) }
}

/** Takes an invitation back: its link no longer works. Throws `NOT_FOUND` where it was accepted or taken back already. */
export async function revokeInvitation(actor: Actor, { id }: { readonly id: string }): Promise<void> {
  await actor.transaction(async (tx) => {
    const ended = await endInvitation(tx, actor.workspaceId, { id, status: 'canceled' })
    if (!ended) throw new DomainError('NOT_FOUND', 'There is no such invitation.')
    const subject = { type: 'invitation', id, name: ended.email }
    await recordAudit(tx, actor, { action: 'invitation.revoke', subject })
  })
}
