import type { Actor } from '../actor.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { lockConnection, updateConnection } from '../store/connection-rows.ts'
import type { UsedCredential } from './open-run.ts'

/** Says of a connection that its credential was refused, unless it was given another one meanwhile, or is known for it. */
export async function noteRefusedCredential(
  actor: Actor,
  { connectionId, credentialVersion }: UsedCredential,
  reason: string,
): Promise<void> {
  await actor.transaction(async (tx) => {
    const row = await lockConnection(tx, actor.workspaceId, connectionId)
    if (!row || row.credentialVersion !== credentialVersion) return
    if (row.state !== 'healthy' && row.state !== 'unchecked') return
    await updateConnection(tx, actor.workspaceId, connectionId, {
      state: 'needs_reauthorisation',
      stateReason: reason,
    })
    await recordAudit(tx, actor, {
      action: 'connection.refused',
      subject: { type: 'connection', id: connectionId, name: row.name },
      before: { state: row.state },
      after: { state: 'needs_reauthorisation' },
    })
  })
}
