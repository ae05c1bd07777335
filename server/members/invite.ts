import type { Actor, Role } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { sendMail } from '../egress/send-mail.ts'
import type { Mail } from '../egress/send-mail.ts'
import { errorFields } from '../log.ts'
import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { cancelInvitationsTo, insertInvitation } from '../store/invitation-rows.ts'
import { listMembers } from '../store/member-rows.ts'
import { findWorkspaceName } from '../store/workspace-rows.ts'
import { hashToken, newToken } from './one-time-token.ts'

const lifetimeMs = 7 * 24 * 3_600_000

/** A link that makes whoever has it a member, and whether it was sent by mail, too. */
export interface InvitationLink {
  readonly link: string
  readonly mailed: boolean
}

/**
 * Invites a person by e-mail address. The link works once, for a week, and is shown this once; where the operator set a mail server it
 * is sent to the address, too. An earlier invitation to the address no longer works. Throws `CONFLICT` for a member.
 */
export async function invite(
  actor: Actor,
  input: { readonly email: string; readonly role: Role },
): Promise<InvitationLink> {
  const { workspaceId, services } = actor
  const inviterId = actor.userId
  if (inviterId === null) throw new DomainError('FORBIDDEN', 'Only a person can invite.')
  const email = input.email.toLowerCase()
  const token = newToken()
  const id = hashToken(token)
  const expiresAt = new Date(services.clock.now() + lifetimeMs)
  // The role that serves people may not write to the sign-in library's tables.
  const workspaceName = await services.database.asSystem(async (tx) => {
    const members = await listMembers(tx, workspaceId)
    if (members.some((member) => member.email === email))
      throw new DomainError('CONFLICT', 'Somebody with this address is a member already.')
    await cancelInvitationsTo(tx, workspaceId, email)
    await insertInvitation(tx, { id, workspaceId, email, role: input.role, expiresAt, inviterId })
    const subject = { type: 'invitation', id, name: email }
    await recordAudit(tx, actor, { action: 'invitation.create', subject, after: { email, role: input.role } })
    return (await findWorkspaceName(tx, workspaceId)) ?? ''
  })
  const link = `${services.env.publicUrl}/invitation?token=${token}`
  const text = `${actor.label} invites you to the workspace ${workspaceName} of Penstock, in the role ${input.role}.\n\nThis link works once, for a week:\n${link}\n`
  const mailed = await mail(services, { to: email, subject: `Join ${workspaceName} in Penstock`, text })
  return { link, mailed }
}

/** A mail that does not go out stops nothing: the link is in the answer, too. */
async function mail({ env, log }: Services, letter: Mail): Promise<boolean> {
  if (!env.smtp) return false
  try {
    await sendMail(env.smtp, letter)
    return true
  } catch (error) {
    log.warn('mail.failed', errorFields(error))
    return false
  }
}
