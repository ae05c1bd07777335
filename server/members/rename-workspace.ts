import type { Actor } from '../actor.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findWorkspaceName, updateWorkspaceName } from '../store/workspace-rows.ts'

/** Gives the actor's workspace another name. */
export async function renameWorkspace(actor: Actor, { name }: { readonly name: string }): Promise<void> {
  const id = actor.workspaceId
  // The role that serves people may not write to the sign-in library's tables; the row is the actor's own all the same.
  await actor.services.database.asSystem(async (tx) => {
    const before = await findWorkspaceName(tx, id)
    await updateWorkspaceName(tx, id, name)
    await recordAudit(tx, actor, {
      action: 'workspace.rename',
      subject: { type: 'workspace', id, name },
      before: { name: before },
      after: { name },
    })
  })
}
