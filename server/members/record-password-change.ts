import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { AuditActor } from '../store/audit-rows.ts'
import { listMemberships } from '../store/member-rows.ts'
import { dropPasswordLinks } from '../store/password-link-rows.ts'
import { findPersonByEmail } from '../store/person-rows.ts'

/**
 * A person changed their password while signed in: the sign-in library did so a moment ago. Writes it down in each of their workspaces, and drops the
 * links by which it could still be set anew, which whoever reads their mail may have asked for.
 */
export async function recordPasswordChange(
  { database }: Services,
  email: string,
  { ip, requestId }: Pick<AuditActor, 'ip' | 'requestId'>,
): Promise<void> {
  await database.asSystem(async (tx) => {
    const person = await findPersonByEmail(tx, email)
    if (!person) return
    await dropPasswordLinks(tx, person.id)
    const subject = { type: 'person', id: person.id, name: person.email }
    const label = `${person.name} <${person.email}>`
    for (const { id: workspaceId } of await listMemberships(tx, person.id))
      await recordAudit(
        tx,
        { workspaceId, userId: person.id, label, via: 'session', ip, requestId },
        { action: 'password.change', subject },
      )
  })
}
