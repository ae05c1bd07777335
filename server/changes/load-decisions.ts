import type { Decisions, FieldDecision } from '../engine/plan-table.ts'
import { listDecisions } from '../store/change-rows.ts'
import type { DecidedField } from '../store/change-rows.ts'
import type { Tx } from '../store/database.ts'

/** What was decided about the fields that runs of a pipeline found, for its next run: by object and field; of several decisions the last. */
export async function loadDecisions(tx: Tx, workspaceId: string, pipelineId: string): Promise<Decisions> {
  const rows = await listDecisions(tx, workspaceId, pipelineId)
  return rows.reduce<Decisions>((decisions, row) => withDecision(decisions, row), new Map())
}

/** Decisions with one more, which goes before what was decided about the same field earlier. */
export function withDecision(decisions: Decisions, row: DecidedField): Decisions {
  const { object, field } = row
  const fields = decisions.get(object)
  const next = { ...fields?.get(field), ...asFieldDecision(row) }
  return new Map([...decisions, [object, new Map([...(fields ?? []), [field, next]])]])
}

/** That a value's new type may land says nothing of how it is protected. */
function asFieldDecision({ kind, decision, continues }: DecidedField): FieldDecision {
  if (decision === 'continue') return continues === null ? {} : { continues }
  if (kind === 'type_changed' && decision === 'replicate') return { widen: true }
  return { protection: decision }
}
