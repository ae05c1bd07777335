import type { Services } from './services.ts'
import type { Tx } from './store/database.ts'

/** From little to much: each may do all that the ones before it may. */
export const roles = ['viewer', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who is asking, as the sign-in library and the members table say at this very request. */
export interface Identity {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly via: 'session' | 'api_key'
  /** The session's id; absent with an API key. */
  readonly sessionId?: string
  /** The workspace the session or the key is in, and the role there. Absent: signed in, but a member of none. */
  readonly member?: { readonly workspaceId: string; readonly role: Role }
}

/** What a request tells of itself. */
export interface RequestFacts {
  readonly headers: Headers
  readonly ip: string | undefined
  readonly requestId: string
}

/** A member of a workspace who asks for something: the first argument of every verb. */
export interface Actor {
  readonly userId: string | null
  /** As it stands in the audit log: name and address. */
  readonly label: string
  readonly workspaceId: string
  readonly role: Role
  readonly via: 'session' | 'api_key' | 'system'
  readonly sessionId: string | undefined
  readonly ip: string | undefined
  readonly requestId: string | undefined
  readonly services: Services
  /** One transaction in the actor's own workspace. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** The actor of a request by a member. */
export function actorOf(
  identity: Identity & { readonly member: NonNullable<Identity['member']> },
  request: RequestFacts,
  services: Services,
): Actor {
  const { workspaceId, role } = identity.member
  return {
    userId: identity.userId,
    label: `${identity.name} <${identity.email}>`,
    workspaceId,
    role,
    via: identity.via,
    sessionId: identity.sessionId,
    ip: request.ip,
    requestId: request.requestId,
    services,
    transaction: (work) => services.database.inWorkspace(workspaceId, work),
  }
}

/** Penstock itself, at work in a workspace: by schedule, after a crash, or finishing what a person began. */
export function systemActor(workspaceId: string, services: Services): Actor {
  return {
    userId: null,
    label: 'Penstock',
    workspaceId,
    role: 'admin',
    via: 'system',
    sessionId: undefined,
    ip: undefined,
    requestId: undefined,
    services,
    transaction: (work) => services.database.inWorkspace(workspaceId, work),
  }
}
