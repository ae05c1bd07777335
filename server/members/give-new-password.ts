import { randomBytes } from 'node:crypto'
import { systemActor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listMemberships } from '../store/member-rows.ts'
import { dropPasswordLinks } from '../store/password-link-rows.ts'
import { endSessions, findPersonByEmail, updatePassword } from '../store/person-rows.ts'
import { digestPassword } from './digest-password.ts'
import { startAnew } from './limit-guesses.ts'

/**
 * Gives a person a new password, which the answer alone holds, and ends their sessions. For the operator, at the command line: no role in
 * a workspace may do this to somebody who may belong to others. Throws `NOT_FOUND`.
 */
export async function giveNewPassword(services: Services, email: string): Promise<{ password: string }> {
  const password = randomBytes(15).toString('base64url')
  const digest = await digestPassword(password)
  await services.database.asSystem(async (tx) => {
    const person = await findPersonByEmail(tx, email)
    if (!person) throw new DomainError('NOT_FOUND', `Nobody here has the address ${email}.`)
    await updatePassword(tx, person.id, digest)
    await endSessions(tx, person.id)
    await dropPasswordLinks(tx, person.id)
    await startAnew(tx, { email: person.email, ip: undefined }, services.clock.now())
    for (const { id } of await listMemberships(tx, person.id)) {
      const subject = { type: 'member', id: person.id, name: person.name }
      await recordAudit(tx, systemActor(id, services), { action: 'member.newPassword', subject })
    }
  })
  return { password }
}
