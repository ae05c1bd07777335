import { DomainError } from '../domain-error.ts'
import { sendMail } from '../egress/send-mail.ts'
import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { takeAttempt } from '../store/attempt-rows.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { listMemberships } from '../store/member-rows.ts'
import { countPasswordLinks, insertPasswordLink } from '../store/password-link-rows.ts'
import { findPersonByEmail } from '../store/person-rows.ts'
import { addressKey } from './address-key.ts'
import type { Caller } from './caller.ts'
import { hashToken, newToken } from './one-time-token.ts'

/** How long a link works, and how many of one person may do so at once: nobody's mailbox is filled by others. */
const lifetimeMs = 30 * 60_000
const mostLinks = 3
/** So often one address may ask, for whomever, in this time. */
const windowMs = 10 * 60_000
const mostAsked = 10

/**
 * Sends a link to set a new password to an address, where it is somebody's. The answer is the same, and comes as soon, where it is nobody's.
 * Throws `UNAVAILABLE` where the operator set no mail server, and `TOO_MANY` for who asks too often.
 */
export async function requestPassword(caller: Caller, { email }: { readonly email: string }): Promise<void> {
  const { services, request } = caller
  if (!services.env.smtp)
    throw new DomainError(
      'UNAVAILABLE',
      'This installation sends no mail. Ask whoever runs it for a new password.',
    )
  const key = `password:${addressKey(request.ip ?? '')}`
  const { allowed } = await services.database.asSystem((tx) =>
    takeAttempt(tx, { key, most: mostAsked, windowMs, now: services.clock.now() }),
  )
  if (!allowed) throw new DomainError('TOO_MANY', 'Too many attempts. Wait ten minutes, then try again.')
  // Nobody waits for it: how long an answer takes must not tell whether an address is somebody's.
  void sendLink(caller, email).catch((error) => services.log.warn('mail.failed', errorFields(error)))
}

async function sendLink({ services, request }: Caller, email: string): Promise<void> {
  const token = newToken()
  const now = new Date(services.clock.now())
  const person = await services.database.asSystem(async (tx) => {
    const found = await findPersonByEmail(tx, email)
    if (!found || (await countPasswordLinks(tx, found.id, now)) >= mostLinks) return undefined
    const expiresAt = new Date(now.getTime() + lifetimeMs)
    await insertPasswordLink(tx, { tokenHash: hashToken(token), userId: found.id, expiresAt }, now)
    const subject = { type: 'person', id: found.id, name: found.email }
    const { ip, requestId } = request
    for (const { id: workspaceId } of await listMemberships(tx, found.id))
      await recordAudit(
        tx,
        { workspaceId, userId: null, label: 'Nobody signed in', via: 'session', ip, requestId },
        { action: 'password.request', subject },
      )
    return found
  })
  if (person) await mail(services, person.email, token)
}

/** The token stands after the #, which browsers send to nobody: no proxy logs it. */
async function mail({ env }: Services, to: string, token: string): Promise<void> {
  if (!env.smtp) return
  const link = `${env.publicUrl}/new-password#${token}`
  const text = `Somebody, hopefully you, asked for a new password for ${to} at ${env.publicUrl}.\n\nThis link works once, for half an hour:\n${link}\n\nIf it was not you, do nothing: your password stays as it is.\n`
  await sendMail(env.smtp, { to, subject: 'A new password for Penstock', text })
}
