import { splitPath } from '@penstock/schemas/split-path.ts'
import type { Field, RecordSchema } from '@penstock/schemas/generated/record.ts'

/** A field found in a record schema: `open` where the schema leaves the inside undescribed, so anything may be there. */
export type FoundField = Field | 'open' | undefined

/** The field at a dotted path below `start`; a step into a list is an index. The empty path is `start` itself. */
export function findField(start: Field | RecordSchema, path: string): FoundField {
  let field: FoundField = start
  for (const step of splitPath(path)) {
    if (field === undefined || field === 'open') return field
    field = stepInto(field, step)
  }
  return field
}

/** Whether a found field can be of the type; what is not described can be anything. */
export function mayBe(field: Field | 'open', type: string): boolean {
  return field === 'open' || typesOf(field).includes(type)
}

/** A field's types as a list. */
export function typesOf(field: Field): readonly string[] {
  return typeof field.type === 'string' ? [field.type] : field.type
}

function stepInto(field: Field, step: string): FoundField {
  if (/^\d+$/.test(step) && typesOf(field).includes('array')) return field.items ?? 'open'
  const known = field.properties !== undefined && Object.hasOwn(field.properties, step)
  if (known) return field.properties?.[step]
  if (typeof field.additionalProperties === 'object') return field.additionalProperties
  if (field.additionalProperties === true) return 'open'
  const described = field.properties !== undefined || field.additionalProperties === false
  return typesOf(field).includes('object') && !described ? 'open' : undefined
}
