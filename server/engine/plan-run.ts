import type { Destination } from './destination.ts'
import type { RunInput } from './execute-run.ts'
import { shapesOf, specOf } from './group-run.ts'
import { planGroups } from './plan-groups.ts'
import { Pseudonymiser } from './protect-value.ts'

export interface PlanInput extends Pick<
  RunInput,
  'connector' | 'pipeline' | 'hashKey' | 'hashKeyVersion' | 'decisions' | 'only'
> {
  readonly destination: Destination
}

/**
 * The statements that a run would begin with, by object, in their order; '' has those for the namespace and the tables of ours. An object
 * whose table is as it should be has none. Fields that no record schema knows get their columns only once a record has them, so those are
 * not here. Nothing is changed, and the source is not asked. Rejects with a `RunFailure` where the run could not open its tables.
 */
export async function planRun(input: PlanInput): Promise<ReadonlyMap<string, readonly string[]>> {
  const { connector, pipeline, destination, hashKey, hashKeyVersion } = input
  const objects = Object.keys(pipeline.objects).filter((object) => input.only?.includes(object) ?? true)
  const stored = await destination.describe(objects)
  const groups = planGroups({
    connector,
    pipeline,
    objects,
    stored,
    pseudonymiser: new Pseudonymiser(hashKey, hashKeyVersion),
    decisions: input.decisions,
    now: new Date().toISOString(),
  })
  const specs = groups.flatMap(({ tree }) =>
    [...shapesOf(tree).values()].map((shape) => specOf(shape, stored)),
  )
  const byObject = new Map<string, string[]>(['', ...objects].map((object) => [object, []]))
  for (const { object, sql } of await destination.plan(specs)) byObject.get(object ?? '')?.push(sql)
  return byObject
}
