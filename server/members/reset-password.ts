import { DomainError } from '../domain-error.ts'
import { sendMail } from '../egress/send-mail.ts'
import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listMemberships } from '../store/member-rows.ts'
import { dropPasswordLinks, findPasswordLink, takePasswordLink } from '../store/password-link-rows.ts'
import { endSessions, findPerson, updatePassword } from '../store/person-rows.ts'
import type { Person } from '../store/person-rows.ts'
import type { Caller } from './caller.ts'
import { digestPassword } from './digest-password.ts'
import { startAnew } from './limit-guesses.ts'
import { hashToken } from './one-time-token.ts'

/** Whether a link would work now. */
export async function checkPasswordLink(services: Services, token: string): Promise<{ valid: boolean }> {
  const now = new Date(services.clock.now())
  const userId = await services.database.asSystem((tx) => findPasswordLink(tx, hashToken(token), now))
  return { valid: userId !== undefined }
}

/**
 * Sets a new password for whoever has the link, once, ends all sessions of the person, and tells them by mail. Their API keys stay: those are
 * programs', and admins see and revoke them. Throws `NOT_FOUND` for a link that was used, or is too old.
 */
export async function resetPassword(
  { services, request }: Caller,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> {
  if (!(await checkPasswordLink(services, token)).valid) throw gone()
  const digest = await digestPassword(password)
  const now = new Date(services.clock.now())
  const person = await services.database.asSystem(async (tx) => {
    const userId = await takePasswordLink(tx, hashToken(token), now)
    const found = userId === undefined ? undefined : await findPerson(tx, userId)
    if (!found) throw gone()
    await updatePassword(tx, found.id, digest)
    await dropPasswordLinks(tx, found.id)
    await endSessions(tx, found.id)
    const { ip, requestId } = request
    await startAnew(tx, { email: found.email, ip }, now.getTime())
    const label = `${found.name} <${found.email}>`
    const subject = { type: 'person', id: found.id, name: found.email }
    for (const { id: workspaceId } of await listMemberships(tx, found.id))
      await recordAudit(
        tx,
        { workspaceId, userId: found.id, label, via: 'session', ip, requestId },
        { action: 'password.reset', subject },
      )
    return found
  })
  void tell(services, person)
}

/** Whoever did not do it themselves should know. Never rejects. */
async function tell({ env, log }: Services, { email }: Person): Promise<void> {
  if (!env.smtp) return
  const text = `The password of ${email} at ${env.publicUrl} was set anew with a link that was sent to this address, and all sessions were ended.\n\nIf it was not you, ask for a new link on the sign-in page, and tell your admin.\n`
  await sendMail(env.smtp, { to: email, subject: 'Your password for Penstock is a new one', text }).catch(
    (error: unknown) => log.warn('mail.failed', errorFields(error)),
  )
}

function gone(): DomainError {
  return new DomainError(
    'NOT_FOUND',
    'This link was used, or is too old. Ask for a new one on the sign-in page.',
  )
}
