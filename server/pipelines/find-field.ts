import type { Field, RecordSchema } from '@penstock/schemas/generated/record.ts'

/**
 * What a record schema knows of a dotted path. free: inside an object whose keys are the customer's own, such as custom_attributes.
 * unknown: `parent` is as far as it goes, and `known` what stands there.
 */
export type FoundField =
  | { readonly kind: 'known'; readonly field: Field }
  | { readonly kind: 'omitted'; readonly path: string; readonly why: string }
  | { readonly kind: 'free' }
  | { readonly kind: 'unknown'; readonly parent: string; readonly known: readonly string[] }

/** Looks a path up in a record schema. A list is passed through: the path goes on in each of its elements, without an index. */
export function findField(schema: RecordSchema, path: string): FoundField {
  const steps = path.split('.')
  let field: Field = { type: 'object', properties: schema.properties, additionalProperties: false }
  for (const [index, step] of steps.entries()) {
    field = elementOf(field)
    const next: Field | undefined = ownProperty(field, step)
    if (next) {
      const omitted = next['x-omit']
      if (omitted !== undefined)
        return { kind: 'omitted', path: steps.slice(0, index + 1).join('.'), why: omitted }
      field = next
      continue
    }
    if (isFree(field)) return { kind: 'free' }
    return { kind: 'unknown', parent: steps.slice(0, index).join('.'), known: knownNames(field) }
  }
  return { kind: 'known', field }
}

function elementOf(field: Field): Field {
  let element = field
  while (element.items) element = element.items
  return element
}

function ownProperty({ properties }: Field, name: string): Field | undefined {
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** An object that names no properties, or that allows others beside them. Nothing lies inside a text or a number. */
function isFree({ type, properties, additionalProperties }: Field): boolean {
  const holds = [type].flat().some((one) => one === 'object' || one === 'array')
  if (additionalProperties !== undefined) return holds && additionalProperties !== false
  return holds && properties === undefined
}

function knownNames({ properties }: Field): readonly string[] {
  return Object.entries(properties ?? {})
    .filter(([, field]) => field['x-omit'] === undefined)
    .map(([name]) => name)
}
