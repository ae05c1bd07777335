import type { Actor } from '../actor.ts'
import type { Tx } from './database.ts'
import { auditLog } from './tables/audit.ts'

export interface AuditEntry {
  /** noun.verb: `connection.disconnect`. */
  readonly action: string
  readonly subject?: { readonly type: string; readonly id: string; readonly name?: string }
  /** What changed, as it was and as it is. No secret, no value of a record. */
  readonly before?: unknown
  readonly after?: unknown
  readonly outcome?: 'done' | 'denied'
}

/** Writes who did what, in the transaction of the act: both stand, or neither. */
export async function recordAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.insert(auditLog).values({
    workspaceId: actor.workspaceId,
    userId: actor.userId,
    actor: actor.label,
    via: actor.via,
    action: entry.action,
    outcome: entry.outcome ?? 'done',
    subjectType: entry.subject?.type ?? null,
    subjectId: entry.subject?.id ?? null,
    subjectName: entry.subject?.name ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    ip: actor.ip ?? null,
    requestId: actor.requestId ?? null,
  })
}
