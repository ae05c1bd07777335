import { createRequire } from 'node:module'
import type * as AjvModule from 'ajv'
import type { Ajv, ErrorObject } from 'ajv'

/** A JSON Schema, as far as the explanations of its errors look into it. */
export interface SchemaNode {
  readonly title?: string
  readonly description?: string
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode | undefined>>
  readonly oneOf?: readonly SchemaNode[]
  readonly definitions?: Readonly<Record<string, SchemaNode | undefined>>
}

/** All errors of a value at once; empty when it is valid. */
export type Validate = (value: unknown) => readonly ErrorObject[]

/** Keywords of our own: they steer the generated types or speak to people, and validate nothing. */
export const ownKeywords = ['tsType']

let loaded: Ajv | undefined

/** Loaded when first needed: most documents are valid, and for those that every command reads there are compiled validators. */
function compiler(): Ajv {
  if (loaded) return loaded
  const module: typeof AjvModule = createRequire(import.meta.url)('ajv')
  loaded = new module.Ajv({
    strict: true,
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    validateSchema: false,
    // A process compiles each schema once and validates a few documents: compiling fast is worth more than validating fast.
    inlineRefs: false,
    code: { optimize: false },
  })
  for (const keyword of ownKeywords) loaded.addKeyword(keyword)
  return loaded
}

const compiled = new WeakMap<SchemaNode, Validate>()

/** The validator of `schema`, whose references are looked up in `root`. Compiled when first asked for, once. */
export function compileSchema(schema: SchemaNode, root: SchemaNode): Validate {
  const known = compiled.get(schema)
  if (known) return known
  const check = compiler().compile(schema === root ? schema : { ...schema, definitions: root.definitions })
  const validate: Validate = (value) => (check(value) ? [] : (check.errors ?? []))
  compiled.set(schema, validate)
  return validate
}

/** The schema a reference stands for; itself where it is none. */
export function followReference(schema: SchemaNode, root: SchemaNode): SchemaNode {
  const name = schema.$ref?.replace('#/definitions/', '')
  const target = name === undefined ? undefined : root.definitions?.[name]
  return target ? followReference(target, root) : schema
}
