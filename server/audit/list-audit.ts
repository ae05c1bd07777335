import type { Actor } from '../actor.ts'
import { recordAudit, listAuditRows } from '../store/audit-rows.ts'
import type { AuditFilter, AuditRow } from '../store/audit-rows.ts'
import { writeCsv } from '../write-csv.ts'

/** One line of the audit log: who did what, or tried to. */
export interface AuditItem {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly via: 'session' | 'api_key' | 'system'
  readonly action: string
  readonly outcome: 'done' | 'denied'
  /** What it was done to, in words; null: nothing in particular. */
  readonly subject: string | null
  readonly subjectType: string | null
  readonly subjectId: string | null
  /** What changed, as it was and as it is. */
  readonly detail: { readonly before: unknown; readonly after: unknown } | null
  readonly ip: string | null
  readonly requestId: string | null
}

/** Which lines: moments are ISO 8601. */
export interface AuditQuery extends Pick<AuditFilter, 'q' | 'actor' | 'action' | 'outcome'> {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface AuditPage {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The newest lines first, page by page. */
export async function listAudit(
  actor: Actor,
  { limit, cursor, ...query }: AuditQuery & AuditPage,
): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : Number(cursor)
  const filter = { ...filterOf(query), before, limit: limit + 1 }
  const rows = await actor.transaction((tx) => listAuditRows(tx, actor.workspaceId, filter))
  const items = rows.slice(0, limit).map(describe)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

const longest = 50_000

/** The newest 50,000 lines at most, as CSV that is safe to open in a spreadsheet. The log says that it was exported. */
export async function exportAudit(actor: Actor, query: AuditQuery): Promise<{ csv: string }> {
  const rows = await actor.transaction(async (tx) => {
    const found = await listAuditRows(tx, actor.workspaceId, { ...filterOf(query), limit: longest })
    await recordAudit(tx, actor, { action: 'audit.export', after: { lines: found.length } })
    return found
  })
  const header = [
    'at',
    'actor',
    'via',
    'action',
    'outcome',
    'subject',
    'subject_type',
    'subject_id',
    'before',
    'after',
    'ip',
    'request_id',
  ]
  const lines = rows.map((row) => [
    row.at.toISOString(),
    row.actor,
    row.via,
    row.action,
    row.outcome,
    row.subjectName,
    row.subjectType,
    row.subjectId,
    row.before === null ? null : JSON.stringify(row.before),
    row.after === null ? null : JSON.stringify(row.after),
    row.ip,
    row.requestId,
  ])
  return { csv: writeCsv(header, lines) }
}

function filterOf({ from, to, ...rest }: AuditQuery): AuditFilter {
  return {
    ...rest,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  }
}

function describe(row: AuditRow): AuditItem {
  const { before, after } = row
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    actor: row.actor,
    via: row.via,
    action: row.action,
    outcome: row.outcome,
    subject: row.subjectName ?? row.subjectId,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    detail: before === null && after === null ? null : { before, after },
    ip: row.ip,
    requestId: row.requestId,
  }
}
