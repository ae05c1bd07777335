import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { deleteConnection, listConnectionUses } from '../store/connection-rows.ts'
import { requireChangeable } from './require-connection.ts'

/**
 * Removes a connection that no pipeline names, with its secrets. What was landed through it stays where it is. Throws `CONFLICT` while a
 * pipeline names it (`details.usedBy`) or its data is being deleted.
 */
export async function removeConnection(
  actor: Actor,
  { id }: { readonly id: string },
): Promise<{ id: string }> {
  await actor.transaction(async (tx) => {
    const row = await requireChangeable(tx, actor, id)
    const usedBy = await listConnectionUses(tx, actor.workspaceId, id)
    if (usedBy.length > 0) {
      const names = usedBy.map(({ name }) => `“${name}”`).join(', ')
      throw new DomainError(
        'CONFLICT',
        `“${row.name}” is used by ${names}. Give those another connection, or delete them, first.`,
        { details: { usedBy: usedBy.map(({ pipelineId, name }) => ({ pipelineId, name })) } },
      )
    }
    await deleteConnection(tx, actor.workspaceId, id)
    await recordAudit(tx, actor, {
      action: 'connection.remove',
      subject: { type: 'connection', id, name: row.name },
      before: { connector: row.connector, kind: row.kind },
    })
  })
  return { id }
}
