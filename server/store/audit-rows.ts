import { and, desc, eq, gte, ilike, lt, or } from './drizzle.ts'
import type { Actor } from '../actor.ts'
import type { Tx } from './database.ts'
import { auditLog } from './tables/audit.ts'

export interface AuditEntry {
  /** noun.verb: `connection.disconnect`. */
  readonly action: string
  readonly subject?: { readonly type: string; readonly id: string; readonly name?: string | undefined }
  /** What changed, as it was and as it is. No secret, no value of a record. */
  readonly before?: unknown
  readonly after?: unknown
  readonly outcome?: 'done' | 'denied'
}

/** Who acts, as far as it is written down. */
export type AuditActor = Pick<Actor, 'workspaceId' | 'userId' | 'label' | 'via' | 'ip' | 'requestId'>

/** Writes who did what, in the transaction of the act: both stand, or neither. */
export async function recordAudit(tx: Tx, actor: AuditActor, entry: AuditEntry): Promise<void> {
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

/** How often something was done to a subject since a moment. */
export async function countActs(
  tx: Tx,
  workspaceId: string,
  { action, subjectId, since }: { readonly action: string; readonly subjectId: string; readonly since: Date },
): Promise<number> {
  return await tx.$count(
    auditLog,
    and(
      eq(auditLog.workspaceId, workspaceId),
      gte(auditLog.at, since),
      eq(auditLog.action, action),
      eq(auditLog.subjectId, subjectId),
    ),
  )
}

/** What was done last to a subject since a moment, and by whom. */
export async function findLastAct(
  tx: Tx,
  workspaceId: string,
  { subjectId, since }: { readonly subjectId: string; readonly since: Date },
): Promise<Pick<AuditRow, 'action' | 'userId'> | undefined> {
  const [row] = await tx
    .select({ action: auditLog.action, userId: auditLog.userId })
    .from(auditLog)
    .where(
      and(eq(auditLog.workspaceId, workspaceId), gte(auditLog.at, since), eq(auditLog.subjectId, subjectId)),
    )
    .orderBy(desc(auditLog.id))
    .limit(1)
  return row
}

export type AuditRow = typeof auditLog.$inferSelect

export interface AuditFilter {
  /** Part of the actor, the action or the subject's name, in any case. */
  readonly q?: string | undefined
  readonly actor?: string | undefined
  /** A whole action, or the noun that actions begin with. */
  readonly action?: string | undefined
  readonly outcome?: 'done' | 'denied' | undefined
  readonly from?: Date | undefined
  /** Before this moment. */
  readonly to?: Date | undefined
  /** Only rows written before this one. */
  readonly before?: number | undefined
}

/** The newest rows that a filter names, `limit` at most. */
export async function listAuditRows(
  tx: Tx,
  workspaceId: string,
  { limit, ...filter }: AuditFilter & { readonly limit: number },
): Promise<readonly AuditRow[]> {
  const { q, actor, action, outcome, from, to, before } = filter
  return await tx
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.workspaceId, workspaceId),
        q === undefined
          ? undefined
          : or(
              ilike(auditLog.actor, part(q)),
              ilike(auditLog.action, part(q)),
              ilike(auditLog.subjectName, part(q)),
            ),
        actor === undefined ? undefined : ilike(auditLog.actor, part(actor)),
        action === undefined
          ? undefined
          : or(eq(auditLog.action, action), ilike(auditLog.action, `${escaped(action)}.%`)),
        outcome === undefined ? undefined : eq(auditLog.outcome, outcome),
        from === undefined ? undefined : gte(auditLog.at, from),
        to === undefined ? undefined : lt(auditLog.at, to),
        before === undefined ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit)
}

function part(text: string): string {
  return `%${escaped(text)}%`
}

/** What a pattern would read as a sign stands for itself. */
function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
