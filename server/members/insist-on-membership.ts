import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findRole } from '../store/member-rows.ts'
import { isSessionOpen } from '../store/session-rows.ts'
import { identify } from './identify.ts'

/**
 * For what lasts longer than a call. Each call of what it gives back looks again, and throws `UNAUTHORIZED` once the actor is no longer a
 * member of the workspace, the session has ended, or the API key is no longer good.
 */
export function insistOnMembership(actor: Actor, headers: Headers): () => Promise<void> {
  let hadSession = false
  return async () => {
    const { open, there } = await look(actor, headers)
    hadSession ||= open
    if (!there || (hadSession && !open))
      throw new DomainError('UNAUTHORIZED', 'You are signed out, or no longer a member of this workspace.')
  }
}

async function look(
  actor: Actor,
  headers: Headers,
): Promise<{ readonly open: boolean; readonly there: boolean }> {
  const { services, workspaceId, userId, sessionId } = actor
  if (actor.via === 'api_key') {
    const identity = await identify(services, headers)
    return { open: true, there: identity?.member?.workspaceId === workspaceId }
  }
  return await services.database.asSystem(async (tx) => ({
    open: sessionId !== undefined && (await isSessionOpen(tx, sessionId)),
    there: userId !== null && (await findRole(tx, workspaceId, userId)) !== undefined,
  }))
}
