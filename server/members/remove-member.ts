import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { deleteKeysOf } from '../store/api-key-rows.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { cancelInvitationsBy } from '../store/invitation-rows.ts'
import { deleteMember, findRole, lockAdmins } from '../store/member-rows.ts'
import { lastAdmin } from './set-role.ts'

/**
 * Takes a person out of the workspace, with the API keys they made in it and the invitations of theirs that wait. Their next call is refused;
 * their account, and what they made, stay. Throws `NOT_FOUND`, and `CONFLICT` for the last admin.
 */
export async function removeMember(actor: Actor, { userId }: { readonly userId: string }): Promise<void> {
  const { workspaceId } = actor
  // API keys are out of reach for the role that serves people.
  await actor.services.database.asSystem(async (tx) => {
    const admins = await lockAdmins(tx, workspaceId)
    const role = await findRole(tx, workspaceId, userId)
    if (role === undefined) throw new DomainError('NOT_FOUND', 'There is no such member.')
    if (role === 'admin' && admins === 1) throw lastAdmin()
    await deleteKeysOf(tx, workspaceId, userId)
    const invitations = await cancelInvitationsBy(tx, workspaceId, userId)
    await deleteMember(tx, workspaceId, userId)
    await recordAudit(tx, actor, {
      action: 'member.remove',
      subject: { type: 'member', id: userId },
      before: { role, ...(invitations > 0 ? { invitations } : {}) },
    })
  })
}
