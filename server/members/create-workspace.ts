import { DomainError } from '../domain-error.ts'
import { findRole } from '../store/member-rows.ts'
import { findFirstWorkspace } from '../store/setup-rows.ts'
import type { KnownCaller } from './caller.ts'
import { planWorkspace, writeWorkspace } from './new-workspace.ts'

/**
 * Makes another workspace, with the caller as its admin. For those who run the installation: the admins of its first workspace.
 * Throws `FORBIDDEN` for others, and for API keys, which belong to one workspace.
 */
export async function createWorkspace(
  { identity, request, services }: KnownCaller,
  input: { readonly name: string },
): Promise<{ id: string }> {
  const person = { id: identity.userId, name: identity.name, email: identity.email }
  const workspace = await planWorkspace(services, input.name)
  await services.database.asSystem(async (tx) => {
    const first = await findFirstWorkspace(tx)
    const role = first === undefined ? undefined : await findRole(tx, first, person.id)
    if (role !== 'admin' || identity.via !== 'session')
      throw new DomainError('FORBIDDEN', 'Only an admin of the first workspace can make another.')
    await writeWorkspace(tx, workspace, { person, via: identity.via, request, services })
  })
  return { id: workspace.id }
}
