import { roles } from '../actor.ts'
import type { Identity, Role } from '../actor.ts'
import type { Services } from '../services.ts'
import { findRole } from '../store/member-rows.ts'

/**
 * Who sends these headers: by API key (`x-api-key`, or `Authorization: Bearer`), else by session cookie. Read from the database at every
 * request, so that whoever was removed or given another role is refused at the next call. Undefined: nobody.
 */
export async function identify(services: Services, headers: Headers): Promise<Identity | undefined> {
  const key = headers.get('x-api-key') ?? /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  return key ? await identifyKey(services, key) : await identifySession(services, headers)
}

async function identifySession(services: Services, headers: Headers): Promise<Identity | undefined> {
  const found = await services.auth.api.getSession({ headers })
  if (!found) return undefined
  const { user, session } = found
  const workspaceId = session.activeOrganizationId ?? undefined
  const identity = {
    userId: user.id,
    name: user.name,
    email: user.email,
    via: 'session',
    sessionId: session.id,
  } as const
  return { ...identity, ...(await membership(services, workspaceId, user.id)) }
}

/** A key acts for the person who made it, in one workspace, with at most the role it was given. */
async function identifyKey(services: Services, key: string): Promise<Identity | undefined> {
  const { valid, key: found } = await services.auth.api.verifyApiKey({ body: { key } })
  if (!valid || !found) return undefined
  const { workspaceId, role, label } = readMetadata(found.metadata)
  const member = await membership(services, workspaceId, found.referenceId)
  if (!member.member) return undefined
  const lesser = roles.indexOf(role) < roles.indexOf(member.member.role) ? role : member.member.role
  return {
    userId: found.referenceId,
    name: `API key ${found.name ?? found.start ?? ''}`.trim(),
    email: label,
    via: 'api_key',
    member: { ...member.member, role: lesser },
  }
}

async function membership(
  services: Services,
  workspaceId: string | undefined,
  userId: string,
): Promise<Pick<Identity, 'member'>> {
  if (workspaceId === undefined) return {}
  const role = await services.database.asSystem((tx) => findRole(tx, workspaceId, userId))
  return role === undefined ? {} : { member: { workspaceId, role } }
}

function readMetadata(metadata: unknown): { workspaceId: string | undefined; role: Role; label: string } {
  const stored: Record<string, unknown> =
    typeof metadata === 'object' && metadata !== null ? { ...metadata } : {}
  const text = (name: string) => (typeof stored[name] === 'string' ? stored[name] : undefined)
  return {
    workspaceId: text('workspaceId'),
    role: roles.find((name) => name === stored['role']) ?? 'viewer',
    label: text('email') ?? '',
  }
}
