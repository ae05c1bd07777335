import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { listSummaryRows } from '../store/pipeline-summary-rows.ts'
import type { PipelineOrder, PipelineStatus } from './pipeline-status.ts'
import { summarisePipelines } from './summarise-pipelines.ts'
import type { PipelineSummary } from './summarise-pipelines.ts'

export interface PipelineQuery {
  /** Null: those in no project. */
  readonly projectId?: string | null | undefined
  readonly status?: PipelineStatus | undefined
  readonly q?: string | undefined
  readonly order: PipelineOrder
  readonly falling: boolean
  readonly limit: number
  /** As `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A page of the workspace's pipelines, each with how it stands. */
export async function listPipelines(
  actor: Actor,
  { cursor, ...query }: PipelineQuery,
): Promise<{ readonly items: PipelineSummary[]; readonly nextCursor: string | null }> {
  const offset = cursor === undefined ? 0 : offsetOf(cursor)
  const q = query.q?.trim() || undefined
  return await actor.transaction(async (tx) => {
    const rows = await listSummaryRows(tx, actor.workspaceId, {
      ...query,
      q,
      offset,
      limit: query.limit + 1,
    })
    const page = rows.slice(0, query.limit)
    return {
      items: await summarisePipelines(tx, actor.workspaceId, page, actor.services.clock.now()),
      nextCursor: rows.length > page.length ? String(offset + page.length) : null,
    }
  })
}

function offsetOf(cursor: string): number {
  if (/^\d{1,7}$/.test(cursor)) return Number(cursor)
  throw new DomainError('INVALID', 'This is no cursor of this list. Start from its beginning.')
}
