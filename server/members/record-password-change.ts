import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { AuditActor } from '../store/audit-rows.ts'
import { listMemberships } from '../store/member-rows.ts'
import { findPersonByEmail } from '../store/person-rows.ts'

/** Writes down, in each workspace of the person, that they changed their password while signed in: the sign-in library did so a moment ago. */
export async function recordPasswordChange(
  { database }: Services,
  email: string,
  { ip, requestId }: Pick<AuditActor, 'ip' | 'requestId'>,
): Promise<void> {
  await database.asSystem(async (tx) => {
    const person = await findPersonByEmail(tx, email)
    if (!person) return
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
