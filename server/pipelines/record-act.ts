import type { Actor } from '../actor.ts'
import { recordAudit } from '../store/audit-rows.ts'
import type { AuditEntry } from '../store/audit-rows.ts'
import type { Tx } from '../store/database.ts'
import { announceChange } from '../store/event-rows.ts'

/** Writes down who did what, and tells whoever watches the workspace that its list of pipelines has changed: when the transaction ends. */
export async function recordAct(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await recordAudit(tx, actor, entry)
  await announceChange(tx, { workspaceId: actor.workspaceId })
}
