import { typeNames } from '../engine/plan-run.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { planPipeline } from '../pipelines/plan-pipeline.ts'
import { listChangeRows } from '../store/change-rows.ts'
import type { Decision } from '../store/tables/pipelines.ts'
import { withDecision } from './load-decisions.ts'

/**
 * The statements that the next run would send to the destination for an object, were a change of it decided so. None where the table needs no
 * change. Throws as `planPipeline` does, and `NOT_FOUND` where the change is none of this workspace.
 */
export async function planChange(
  actor: Actor,
  input: {
    readonly id: string
    readonly decision: Decision
    readonly continues?: string | undefined
  },
): Promise<{ readonly statements: readonly string[] }> {
  const { id, decision, continues = null } = input
  const [change] = await actor.transaction((tx) =>
    listChangeRows(tx, actor.workspaceId, { ids: [id], limit: 1 }),
  )
  if (!change) throw new DomainError('NOT_FOUND', 'This schema change is not in this workspace.')
  const { pipelineId, object, field, kind } = change
  const exampleType = typeNames.find((name) => name === change.exampleType)
  const plan = await planPipeline(
    actor,
    { id: pipelineId },
    {
      decide: (decisions) => withDecision(decisions, { object, field, kind, decision, continues }),
      expected: kind === 'removed' || !exampleType ? [] : [{ object, field, exampleType }],
    },
  )
  const own = plan.statements.filter((statement) => statement.object === object)
  return { statements: own.map(({ sql }) => sql) }
}
