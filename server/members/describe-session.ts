import type { Identity, Role } from '../actor.ts'
import type { Services } from '../services.ts'
import { isSetupNeeded, listMemberships } from '../store/member-rows.ts'
import type { Membership } from '../store/member-rows.ts'
import { version } from '../version.ts'

export interface SessionDescription {
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly workspace: { readonly id: string; readonly name: string } | null
  readonly role: Role | null
  readonly workspaces: Membership[]
  readonly setupNeeded: boolean
  readonly version: string
  /** Whether this installation serves the sandbox workspace. */
  readonly sandboxOffered: boolean
  /** Whether it sends mail, so that whoever forgot their password can ask for a link. */
  readonly mailOffered: boolean
}

/** Who is asking, for a client that just opened: nobody is an answer, too. */
export async function describeSession(context: {
  readonly identity: Identity | undefined
  readonly services: Services
}): Promise<SessionDescription> {
  const { identity, services } = context
  const { orm } = services.database
  const workspaces = identity ? [...(await listMemberships(orm, identity.userId))] : []
  const current = workspaces.find(({ id }) => id === identity?.member?.workspaceId)
  return {
    user: identity ? { id: identity.userId, name: identity.name, email: identity.email } : null,
    workspace: current ? { id: current.id, name: current.name } : null,
    role: identity?.member?.role ?? null,
    workspaces,
    setupNeeded: identity ? false : await isSetupNeeded(orm),
    version,
    sandboxOffered: services.env.sandboxUrl !== undefined,
    mailOffered: services.env.smtp !== undefined,
  }
}
