import type { Actor, Role } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findRole, lockAdmins, updateRole } from '../store/member-rows.ts'

/** Gives a member another role, from the next call on. Throws `NOT_FOUND`, and `CONFLICT` where the last admin would go. */
export async function setRole(
  actor: Actor,
  { userId, role }: { readonly userId: string; readonly role: Role },
): Promise<void> {
  await actor.transaction(async (tx) => {
    const admins = await lockAdmins(tx, actor.workspaceId)
    const before = await findRole(tx, actor.workspaceId, userId)
    if (before === undefined) throw new DomainError('NOT_FOUND', 'There is no such member.')
    if (before === role) return
    if (before === 'admin' && admins === 1) throw lastAdmin()
    await updateRole(tx, actor.workspaceId, { userId, role })
    await recordAudit(tx, actor, {
      action: 'member.setRole',
      subject: { type: 'member', id: userId },
      before: { role: before },
      after: { role },
    })
  })
}

/** A workspace without an admin could never get one again. */
export function lastAdmin(): DomainError {
  return new DomainError('CONFLICT', 'This is the last admin. Make somebody else an admin first.')
}
