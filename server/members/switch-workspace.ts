import { DomainError } from '../domain-error.ts'
import { findRole } from '../store/member-rows.ts'
import { setSessionWorkspace } from '../store/person-rows.ts'
import type { KnownCaller } from './caller.ts'

/** Takes the caller's session to another workspace of theirs. Throws `NOT_FOUND` for one they are no member of, whether it exists or not. */
export async function switchWorkspace(
  { identity, services }: KnownCaller,
  { workspaceId }: { readonly workspaceId: string },
): Promise<void> {
  const { sessionId } = identity
  if (sessionId === undefined)
    throw new DomainError('FORBIDDEN', 'An API key works in its own workspace only.')
  await services.database.asSystem(async (tx) => {
    if ((await findRole(tx, workspaceId, identity.userId)) === undefined)
      throw new DomainError('NOT_FOUND', 'You are in no such workspace.')
    await setSessionWorkspace(tx, sessionId, workspaceId)
  })
}
