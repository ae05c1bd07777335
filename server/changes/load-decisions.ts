import type { Decisions } from '../engine/plan-table.ts'
import { listDecisions } from '../store/change-rows.ts'
import type { Tx } from '../store/database.ts'
import type { Decision } from '../store/tables/pipelines.ts'

/** What was decided about the fields that runs of a pipeline found, for its next run: by object and field; of several decisions the last. */
export async function loadDecisions(tx: Tx, workspaceId: string, pipelineId: string): Promise<Decisions> {
  const decisions = new Map<string, Map<string, Decision>>()
  for (const { object, field, decision } of await listDecisions(tx, workspaceId, pipelineId)) {
    const fields = decisions.get(object) ?? new Map<string, Decision>()
    decisions.set(object, fields.set(field, decision))
  }
  return decisions
}
