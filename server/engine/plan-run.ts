import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { chooseObjects } from './choose-objects.ts'
import type { Destination } from './destination.ts'
import type { RunInput } from './execute-run.ts'
import { shapesOf, specOf } from './group-run.ts'
import { planGroups } from './plan-groups.ts'
import { Pseudonymiser } from './protect-value.ts'
import type { Json } from './read-path.ts'

export interface PlanInput extends Pick<
  RunInput,
  'connector' | 'pipeline' | 'hashKey' | 'hashKeyVersion' | 'decisions' | 'only'
> {
  readonly destination: Destination
  /** Fields that the next records will have, with the JSON type of their values: what runs before met. */
  readonly expected?: readonly ExpectedField[]
}

/** A field of an object, and the JSON type of its values. */
export type ExpectedField = Pick<SchemaChange, 'object' | 'field' | 'exampleType'>

/**
 * The statements that a run would begin with, by object, in their order; '' has those for the namespace and the tables of ours. An object
 * whose table is as it should be has none. Fields that no record schema knows get their columns only once a record has them, so of
 * those only the expected ones are here. Nothing is changed, and the source is not asked. Rejects with a `RunFailure` where the run could not open its tables.
 */
export async function planRun(input: PlanInput): Promise<ReadonlyMap<string, readonly string[]>> {
  const { connector, pipeline, destination, hashKey, hashKeyVersion } = input
  const objects = chooseObjects(pipeline, input.only)
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
  const shapes = groups.flatMap(({ tree }) => [...shapesOf(tree).values()])
  for (const shape of shapes)
    for (const { object, field, exampleType } of input.expected ?? [])
      // A record without its key is no row, but the shape has seen its fields.
      if (object === shape.object) shape.shape({ [field]: examples[exampleType] })
  const specs = shapes.map((shape) => specOf(shape, stored))
  const byObject = new Map<string, string[]>(['', ...objects].map((object) => [object, []]))
  for (const { object, sql } of await destination.plan(specs)) byObject.get(object ?? '')?.push(sql)
  return byObject
}

/** A value of each JSON type that says nothing but its type. */
const examples = {
  string: 'a',
  integer: 1,
  number: 0.5,
  boolean: true,
  object: {},
  array: [],
  null: null,
} as const satisfies Readonly<Record<SchemaChange['exampleType'], Json>>

/** The JSON types by name. */
export const typeNames = [
  'string',
  'integer',
  'number',
  'boolean',
  'object',
  'array',
  'null',
] as const satisfies readonly SchemaChange['exampleType'][]
