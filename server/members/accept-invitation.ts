import { actorOf } from '../actor.ts'
import type { Role } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Services } from '../services.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import { endInvitation, findOpenInvitation } from '../store/invitation-rows.ts'
import { insertMember } from '../store/member-rows.ts'
import { findPersonByEmail, insertPerson, setSessionWorkspace } from '../store/person-rows.ts'
import type { Person } from '../store/person-rows.ts'
import type { Caller } from './caller.ts'
import { digestPassword } from './digest-password.ts'
import { hashToken } from './one-time-token.ts'

export interface InvitationView {
  readonly workspaceName: string
  readonly email: string
  readonly role: Role
  /** The address has an account: its owner signs in to accept, and needs no new password. */
  readonly hasAccount: boolean
}

/** What a link invites to. Throws `NOT_FOUND` for one that was used, taken back, or is too old. */
export async function lookAtInvitation(services: Services, token: string): Promise<InvitationView> {
  return await services.database.asSystem(async (tx) => {
    const { workspaceName, email, role } = await openInvitation(tx, services, token)
    return { workspaceName, email, role, hasAccount: (await findPersonByEmail(tx, email)) !== undefined }
  })
}

export interface Acceptance {
  readonly token: string
  readonly name?: string | undefined
  readonly password?: string | undefined
}

/**
 * Makes the invited person a member, once. An address without an account gets one, with this name and password. Whoever has an account
 * must be signed in to it: the link alone opens nobody's account. Throws `NOT_FOUND`, `INVALID` and `UNAUTHORIZED`.
 */
export async function acceptInvitation(caller: Caller, input: Acceptance): Promise<void> {
  const { services, identity, request } = caller
  await lookAtInvitation(services, input.token)
  const passwordHash = input.password === undefined ? undefined : await digestPassword(input.password)
  await services.database.asSystem(async (tx) => {
    const { id, workspaceId, email, role } = await openInvitation(tx, services, input.token)
    const person = await personOf(tx, email, { caller, name: input.name, passwordHash })
    if (!(await endInvitation(tx, workspaceId, { id, status: 'accepted' }))) throw gone()
    await insertMember(tx, workspaceId, { userId: person.id, role })
    if (identity?.sessionId !== undefined && identity.userId === person.id)
      await setSessionWorkspace(tx, identity.sessionId, workspaceId)
    const member = {
      userId: person.id,
      name: person.name,
      email,
      via: 'session',
      member: { workspaceId, role },
    } as const
    await recordAudit(tx, actorOf(member, request, services), {
      action: 'invitation.accept',
      subject: { type: 'member', id: person.id, name: person.name },
      after: { role },
    })
  })
}

async function personOf(
  tx: Tx,
  email: string,
  by: {
    readonly caller: Caller
    readonly name: string | undefined
    readonly passwordHash: string | undefined
  },
): Promise<Person> {
  const known = await findPersonByEmail(tx, email)
  const { identity } = by.caller
  if (known && identity?.via === 'session' && identity.userId === known.id) return known
  if (known)
    throw new DomainError(
      'UNAUTHORIZED',
      'This address has an account: sign in to it, then open the link again.',
    )
  if (by.name === undefined || by.passwordHash === undefined)
    throw new DomainError('INVALID', 'A new account needs a name and a password.')
  const person = await insertPerson(tx, { name: by.name, email, passwordHash: by.passwordHash })
  if (!person) throw new DomainError('CONFLICT', 'This address got an account a moment ago. Sign in to it.')
  return person
}

async function openInvitation(tx: Tx, { clock }: Services, token: string) {
  const found = await findOpenInvitation(tx, hashToken(token), new Date(clock.now()))
  if (!found) throw gone()
  return found
}

function gone(): DomainError {
  return new DomainError(
    'NOT_FOUND',
    'This invitation was used, taken back, or is too old. Ask for a new one.',
  )
}
