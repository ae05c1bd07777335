import { roles } from '../actor.ts'
import type { Identity, RequestFacts } from '../actor.ts'
import { answerTogether } from '../answer-together.ts'
import type { Services } from '../services.ts'
import { findKeyHolder, touchKey } from '../store/api-key-rows.ts'
import { findRole } from '../store/member-rows.ts'
import { hashToken } from './one-time-token.ts'
import { recordRefusedKey } from './record-refusal.ts'

const together = answerTogether<Identity | undefined>()

/**
 * Who sends these headers: by API key (`x-api-key`, or `Authorization: Bearer`), else by session cookie. Read from the database at every
 * request, so that whoever was removed or given another role is refused at the next call. Undefined: nobody.
 */
export async function identify(
  services: Services,
  headers: Headers,
  from: Partial<Pick<RequestFacts, 'ip' | 'requestId'>> = {},
): Promise<Identity | undefined> {
  const key = headers.get('x-api-key') ?? /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const cookie = headers.get('cookie')
  if (!key && !cookie) return undefined
  if (!key) return await together(services, `cookie ${cookie}`, () => identifySession(services, headers))
  const identity = await together(services, `key ${key}`, () => identifyKey(services, key))
  if (!identity) await recordRefusedKey(services, hashToken(key), { ip: from.ip, requestId: from.requestId })
  return identity
}

async function identifySession(services: Services, headers: Headers): Promise<Identity | undefined> {
  const found = await services.auth.api.getSession({ headers })
  if (!found) return undefined
  const { user, session } = found
  const identity = {
    userId: user.id,
    name: user.name,
    email: user.email,
    via: 'session',
    sessionId: session.id,
  } as const
  const workspaceId = session.activeOrganizationId
  if (!workspaceId) return identity
  const role = await findRole(services.database.orm, workspaceId, user.id)
  return role === undefined ? identity : { ...identity, member: { workspaceId, role } }
}

/** A key acts for the person who made it, in one workspace, with the lesser of the role it was given and the one that person has now. */
async function identifyKey({ database, clock }: Services, key: string): Promise<Identity | undefined> {
  const now = new Date(clock.now())
  const holder = await findKeyHolder(database.orm, hashToken(key), now)
  if (!holder) return undefined
  const { keyId, userId, email, keyName, keyRole, memberRole, workspaceId } = holder
  if (holder.toBeTouched) await database.asSystem((tx) => touchKey(tx, keyId, now))
  const role = roles.indexOf(keyRole) < roles.indexOf(memberRole) ? keyRole : memberRole
  return { userId, name: `API key ${keyName}`, email, via: 'api_key', member: { workspaceId, role } }
}
