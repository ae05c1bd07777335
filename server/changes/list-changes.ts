import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { listChangeRows } from '../store/change-rows.ts'
import type { ChangeRow } from '../store/change-rows.ts'
import { explainEffect } from './explain-effect.ts'
import { judgeSeverity } from './judge-severity.ts'
import type { Severity } from './judge-severity.ts'

/** An entry of the inbox. */
export interface ListedChange extends Omit<
  ChangeRow,
  'policy' | 'own' | 'vanished' | 'continuedBy' | 'firstSeen' | 'decidedAt'
> {
  readonly policy: 'auto_sync' | 'block'
  readonly firstSeen: string
  readonly decidedAt: string | null
  readonly severity: Severity
  /** Fields whose column it may go on with, if it is their new name: those of the object that vanished. Empty where nothing is to be chosen. */
  readonly mayContinue: readonly string[]
  /** What the next run will do: one sentence. */
  readonly effect: string
}

export interface ChangeQuery {
  readonly pipelineId?: string | undefined
  /** true: only those without a decision; false: only those with one. */
  readonly open?: boolean | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of the schema changes that runs found, newest first. */
export async function listChanges(
  actor: Actor,
  { cursor, limit, ...query }: ChangeQuery,
): Promise<{ readonly items: ListedChange[]; readonly nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await actor.transaction((tx) =>
    listChangeRows(tx, actor.workspaceId, { ...query, before, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(describeChange),
    nextCursor: rows.length > limit && last ? `${last.firstSeen.getTime()}_${last.id}` : null,
  }
}

/** A row as the API tells it. */
export function describeChange({ own, vanished, continuedBy, ...row }: ChangeRow): ListedChange {
  return {
    ...row,
    policy: row.policy ?? 'auto_sync',
    firstSeen: row.firstSeen.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    severity: judgeSeverity({ ...row, own, continuedBy }),
    mayContinue: row.kind === 'added' && own === null ? [...vanished] : [],
    effect: explainEffect({ ...row, own, continuedBy }),
  }
}

function readCursor(cursor: string): { readonly firstSeen: Date; readonly id: string } {
  const [, ms, id] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (ms === undefined || id === undefined)
    throw new DomainError('INVALID', 'This is no cursor of this list. Start from its beginning.')
  return { firstSeen: new Date(Number(ms)), id }
}
