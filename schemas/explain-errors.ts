import type { ErrorObject } from 'ajv'
import { chooseBranch } from './choose-branch.ts'
import { compileSchema, type SchemaNode } from './compile-schema.ts'
import { explainKeyword } from './explain-keyword.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** Nobody reads more of one kind, and to look for what each was meant to be takes time. */
const mostExplained = 500

/**
 * Every problem of `value` under `schema`, in the order of their places. Of a choice (oneOf) only the branch that was
 * meant is reported: the one whose constant type is named, else the one whose JSON type or keys fit best. Of very many, the first.
 */
export function explainErrors(
  value: unknown,
  schema: SchemaNode,
  root: SchemaNode,
  at = '',
): readonly SchemaProblem[] {
  const errors = compileSchema(schema, root)(value)
  const choices = outermostChoices(errors)
  const plain = errors.filter((error) => !choices.some((choice) => isInside(error, choice)))
  const problems = plain.slice(0, mostExplained).flatMap((error) => explainKeyword(error, at, root))
  for (const choice of choices) problems.push(...explainChoice(choice, root, at))
  return unique(problems)
}

function explainChoice(choice: ErrorObject, root: SchemaNode, at: string): readonly SchemaProblem[] {
  const pointer = at + choice.instancePath
  const chosen = chooseBranch(choice.data, choice.schema, root, pointer)
  return 'branch' in chosen ? explainErrors(choice.data, chosen.branch, root, pointer) : [chosen.problem]
}

/** The failed choices that are not part of another failed choice. */
function outermostChoices(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter((error) => error.keyword === 'oneOf')
  return choices.filter((one) => !choices.some((other) => one !== other && isDeeper(one, other)))
}

/** A choice's own error comes after those of its branches, so at the same place the last one is the outermost. */
function isDeeper(one: ErrorObject, other: ErrorObject): boolean {
  if (one.instancePath === other.instancePath) return one.schemaPath !== other.schemaPath && holds(other, one)
  return one.instancePath.startsWith(`${other.instancePath}/`)
}

function holds(outer: ErrorObject, inner: ErrorObject): boolean {
  return Array.isArray(outer.schema) && outer.schema.includes(inner.parentSchema)
}

function isInside(error: ErrorObject, choice: ErrorObject): boolean {
  return (
    error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`)
  )
}

function unique(problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.pointer} ${problem.message}`, problem])).values()]
}
